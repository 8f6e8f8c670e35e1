//===- FileError.h - What is wrong with a file, and where -------*- C++ -*-===//
//
// The only error of this library: one line `FILE: TEXT (PLACE)`. Places inside
// array files (items, rows, columns) count from 0, as numpy does; bytes too.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_DATA_FILEERROR_H
#define GRADC_DATA_FILEERROR_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <string>

namespace gradc::data {

/// An error that a reader or writer returns. The caller prefixes `error:`.
class FileError : public llvm::ErrorInfo<FileError> {
public:
  enum class Kind {
    Data,        ///< a data file, or the data themselves, cannot be used
    MissingData, ///< no data file of that name in any of the places looked at
    Weights,     ///< a weight file cannot be used
    Resource,    ///< out of disk, memory or the like; a failed write
  };

  FileError(Kind kind, std::string message)
      : kind(kind), text(std::move(message)) {}

  Kind getKind() const { return kind; }
  /// The exit code of the tool: 4 for data, 5 for weights, 7 for resources.
  int getExitCode() const;
  /// One line, without a line end.
  std::string message() const override { return text; }

  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override;
  static char ID;

private:
  Kind kind;
  std::string text;
};

/// `FILE: TEXT (PLACE)`, or without the brackets where `place` is empty.
llvm::Error makeError(FileError::Kind kind, llvm::StringRef file,
                      const llvm::Twine &text, const llvm::Twine &place = "");

/// What a file holds, in quotes, fit for one line of a message: control bytes
/// are escaped and a long text is cut.
std::string quote(llvm::StringRef text);

/// Fails with `Resource` where `bytes` more memory cannot be had, so that a
/// reader can say so instead of being killed later.
llvm::Error checkMemory(llvm::StringRef file, uint64_t bytes);

} // namespace gradc::data

#endif // GRADC_DATA_FILEERROR_H
