//===- JsonLog.cpp - A training as lines of JSON --------------------------===//

#include "gradc/Driver/JsonLog.h"
#include "gradc/Data/FileError.h"

#include <cerrno>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <system_error>
#include <unistd.h>

using namespace llvm;
using nlohmann::ordered_json;

namespace gradc {

static Error makeFileError(StringRef path, int number) {
  return data::makeError(data::FileError::Kind::Resource, path,
                         std::generic_category().message(number));
}

Expected<std::unique_ptr<JsonLog>> JsonLog::open(StringRef path) {
  int descriptor = 1;
  if (path != "-")
    descriptor = ::open(path.str().c_str(),
                        O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return makeFileError(path, errno);
  return std::unique_ptr<JsonLog>(new JsonLog(path.str(), descriptor));
}

JsonLog::~JsonLog() {
  if (descriptor != 1)
    close(descriptor);
}

Error JsonLog::takeError() {
  return failure
             ? makeFileError(path == "-" ? "standard output" : path, failure)
             : Error::success();
}

void JsonLog::write(const ordered_json &event) {
  // Bytes that are no UTF-8, as in a file name, must not end the program.
  std::string line =
      event.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + '\n';
  StringRef rest = line;
  while (!rest.empty() && failure == 0) {
    ssize_t written = ::write(descriptor, rest.data(), rest.size());
    if (written >= 0)
      rest = rest.drop_front(written);
    else if (errno != EINTR && errno != EAGAIN)
      failure = errno;
  }
}

void addReports(ordered_json &object, ArrayRef<Report> reports,
                StringRef prefix) {
  ordered_json probes = ordered_json::object();
  for (const Report &report : reports) {
    bool isProbe =
        report.name.contains('/') && !report.name.starts_with("clip_factor/");
    ordered_json &place = isProbe ? probes : object;
    place[(prefix + report.name).str()] = report.value;
  }
  if (!probes.empty())
    object["probes"] = std::move(probes);
}

void JsonLog::write(const StepRecord &record) {
  ordered_json event = {{"event", "step"},
                        {"step", record.step},
                        {"epoch", record.epoch},
                        {"samples", record.samples},
                        {"rate", record.rate}};
  addReports(event, record.reports);
  write(event);
}

void JsonLog::write(const EpochRecord &record) {
  ordered_json event = {{"event", "epoch"},
                        {"epoch", record.epoch},
                        {"step", record.lastStep},
                        {"seconds", record.seconds}};
  addReports(event, record.train);
  addReports(event, record.validation, "val_");
  write(event);
}

} // namespace gradc
