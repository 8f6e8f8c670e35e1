//===- JsonLog.h - A training as lines of JSON ------------------*- C++ -*-===//

#ifndef GRADC_DRIVER_JSONLOG_H
#define GRADC_DRIVER_JSONLOG_H

#include "gradc/Execution/Trainer.h"
#include <nlohmann/json_fwd.hpp>

namespace gradc {

/// One JSON object an event, each a complete line. Numbers have all their
/// digits; what is not finite is null.
class JsonLog {
public:
  /// Opens the file, which is emptied; `-` is standard output.
  static llvm::Expected<std::unique_ptr<JsonLog>> open(llvm::StringRef path);
  ~JsonLog();

  void write(const nlohmann::ordered_json &event);
  void write(const StepRecord &record);
  void write(const EpochRecord &record);

  bool hasFailed() const { return failure != 0; }
  /// What could not be written: FileError, `Resource`.
  llvm::Error takeError();

private:
  JsonLog(std::string path, int descriptor)
      : path(std::move(path)), descriptor(descriptor) {}

  std::string path;
  int descriptor;
  int failure = 0;
};

/// Adds reports of the network and of its parts to an object, each name after
/// `prefix`; probes stand under `probes`.
void addReports(nlohmann::ordered_json &object, llvm::ArrayRef<Report> reports,
                llvm::StringRef prefix = "");

} // namespace gradc

#endif // GRADC_DRIVER_JSONLOG_H
