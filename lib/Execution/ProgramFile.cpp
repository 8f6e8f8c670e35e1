//===- ProgramFile.cpp - A program as the bytes of a file -----------------===//
//
//   magic, version | key | program | checksum of all before it
//
//===----------------------------------------------------------------------===//

#include "gradc/Execution/ProgramFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <cstring>

using namespace llvm;

namespace gradc {

/// The last byte is the version of the format: it changes with `transfer`.
static constexpr StringLiteral kMagic = "gradc\r\n\x01";

namespace {
/// Appends values to a text.
struct Writer {
  std::string bytes;

  template <typename T> void number(const T &value) {
    bytes.append(reinterpret_cast<const char *>(&value), sizeof(T));
  }
  void flag(bool value) { number(char(value)); }
  void text(StringRef value) {
    number(uint64_t(value.size()));
    bytes += value;
  }
  template <typename Container, typename Visit>
  void list(const Container &values, Visit visit) {
    number(uint64_t(values.size()));
    for (const auto &value : values)
      visit(value);
  }
};

/// Takes them from it in the same order. After what cannot be, all is empty.
struct Reader {
  StringRef rest;
  bool isBad = false;

  StringRef take(uint64_t size) {
    isBad |= size > rest.size();
    StringRef taken = isBad ? StringRef() : rest.take_front(size);
    rest = rest.drop_front(taken.size());
    return taken;
  }
  template <typename T> void number(T &value) {
    StringRef bytes = take(sizeof(T));
    if (!isBad)
      std::memcpy(&value, bytes.data(), sizeof(T));
  }
  void flag(bool &value) {
    char byte = 0;
    number(byte);
    value = byte != 0;
  }
  uint64_t size() {
    uint64_t size = 0;
    number(size);
    // No value is less than a byte: what claims more asks for no memory.
    isBad |= size > rest.size();
    return isBad ? 0 : size;
  }
  void text(std::string &value) { value = take(size()).str(); }
  template <typename Container, typename Visit>
  void list(Container &values, Visit visit) {
    values.resize(size());
    for (auto &value : values)
      visit(value);
  }
};
} // namespace

// One description for both directions: `T` is constant for the writer. It names
// all members, so that a new one cannot be forgotten.

template <typename Stream, typename T>
static void transferPlace(Stream &stream, T &place) {
  auto &[name, kind, shape, offset, isF64] = place;
  stream.text(name);
  stream.text(kind);
  stream.list(shape, [&](auto &size) { stream.number(size); });
  stream.number(offset);
  stream.flag(isF64);
}

template <typename Stream, typename T>
static void transferFunction(Stream &stream, T &function) {
  auto &[reports, outputs, outputBytes] = function;
  stream.list(reports, [&](auto &name) { stream.text(name); });
  stream.list(outputs, [&](auto &place) { transferPlace(stream, place); });
  stream.number(outputBytes);
}

static void transferFunctions(Writer &stream,
                              const StringMap<ProgramFunction> &functions) {
  stream.number(uint64_t(functions.size()));
  for (const auto &entry : functions) {
    stream.text(entry.getKey());
    transferFunction(stream, entry.getValue());
  }
}

static void transferFunctions(Reader &stream,
                              StringMap<ProgramFunction> &functions) {
  for (uint64_t count = stream.size(); count > 0 && !stream.isBad; --count) {
    std::string name;
    stream.text(name);
    transferFunction(stream, functions[name]);
  }
}

template <typename Stream, typename T>
static void transfer(Stream &stream, T &program) {
  auto &[networkName, isF64, batch, inputShape, inputClasses, targetShape,
         targetIsClass, classes, targetLow, targetHigh, variables, stateBytes,
         arenaBytes, functions, object] = program;
  auto transferSize = [&](auto &size) { stream.number(size); };
  stream.text(networkName);
  stream.flag(isF64);
  stream.number(batch);
  stream.list(inputShape, transferSize);
  stream.number(inputClasses);
  stream.list(targetShape, transferSize);
  stream.flag(targetIsClass);
  stream.number(classes);
  stream.number(targetLow);
  stream.number(targetHigh);
  stream.list(variables, [&](auto &place) { transferPlace(stream, place); });
  stream.number(stateBytes);
  stream.number(arenaBytes);
  transferFunctions(stream, functions);
  stream.text(object);
}

static std::array<uint64_t, 2> getChecksum(StringRef bytes) {
  XXH128_hash_t hash = xxh3_128bits(arrayRefFromStringRef(bytes));
  return {hash.low64, hash.high64};
}

std::string writeProgram(const Program &program, const ProgramKey &key) {
  Writer writer;
  writer.bytes = kMagic;
  writer.number(key);
  transfer(writer, program);
  writer.number(getChecksum(writer.bytes));
  return std::move(writer.bytes);
}

std::optional<Program> readProgram(StringRef bytes, const ProgramKey &key) {
  std::array<uint64_t, 2> checksum;
  if (bytes.size() < sizeof(checksum))
    return std::nullopt;
  Reader end{bytes.take_back(sizeof(checksum))};
  end.number(checksum);
  Reader reader{bytes.drop_back(sizeof(checksum))};
  if (checksum != getChecksum(reader.rest) ||
      reader.take(kMagic.size()) != kMagic)
    return std::nullopt;
  ProgramKey found = {};
  reader.number(found);
  if (found != key)
    return std::nullopt;
  Program program;
  transfer(reader, program);
  if (reader.isBad || !reader.rest.empty())
    return std::nullopt;
  return program;
}

} // namespace gradc
