//===- TestFiles.h - Files that a test writes and reads ---------*- C++ -*-===//

#ifndef GRADC_TEST_UNIT_DATA_TESTFILES_H
#define GRADC_TEST_UNIT_DATA_TESTFILES_H

#include "gradc/Data/Array.h"
#include "gradc/Data/FileError.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <string>

namespace gradc::data {

/// A folder that goes with the test.
class TestFolder {
public:
  TestFolder() { llvm::sys::fs::createUniqueDirectory("gradc-data", folder); }
  ~TestFolder() { llvm::sys::fs::remove_directories(folder); }

  std::string path(llvm::StringRef name) const {
    llvm::SmallString<128> result = folder;
    llvm::sys::path::append(result, name);
    return result.str().str();
  }
  std::string getPath() const { return folder.str().str(); }

  /// Writes a file and returns its path.
  std::string write(llvm::StringRef name, llvm::StringRef bytes) const {
    std::error_code error;
    llvm::raw_fd_ostream(path(name), error) << bytes;
    EXPECT_FALSE(error);
    return path(name);
  }

private:
  llvm::SmallString<128> folder;
};

/// The message of an error, with its exit code in front: `4: FILE: TEXT`.
inline std::string messageOf(llvm::Error error) {
  std::string text = "no error";
  llvm::handleAllErrors(std::move(error), [&](const FileError &failure) {
    text = std::to_string(failure.getExitCode()) + ": " + failure.message();
  });
  return text;
}
template <typename T> std::string messageOf(llvm::Expected<T> value) {
  return messageOf(value.takeError());
}

/// Bytes given as numbers.
inline std::string bytes(std::initializer_list<int> values) {
  return std::string(values.begin(), values.end());
}

/// A file that must be refused, and the message without its name.
struct BadFile {
  const char *name;
  std::string content;
  const char *message;
};

/// Writes each file and expects its reader's message, with the exit code.
template <typename Reader>
void expectRefused(int exitCode, Reader read, llvm::ArrayRef<BadFile> files) {
  TestFolder folder;
  for (const BadFile &file : files)
    EXPECT_EQ(messageOf(read(folder.write(file.name, file.content))),
              std::to_string(exitCode) + ": " + folder.path(file.name) + ": " +
                  file.message);
}

template <typename T>
Array makeArray(ElementType type, llvm::ArrayRef<int64_t> shape,
                std::initializer_list<T> values) {
  Array array(type, shape);
  EXPECT_EQ(array.as<T>().size(), values.size());
  std::copy(values.begin(), values.end(), array.as<T>().begin());
  return array;
}

} // namespace gradc::data

#endif // GRADC_TEST_UNIT_DATA_TESTFILES_H
