//===- InputFile.h - Reading a data file from front to back -----*- C++ -*-===//

#ifndef GRADC_DATA_INPUTFILE_H
#define GRADC_DATA_INPUTFILE_H

#include "gradc/Data/FileError.h"
#include "llvm/Support/FileSystem.h"
#include <memory>
#include <vector>

namespace gradc::data {

/// A file read in order, inflated on the way where it is gzip. It is read, not
/// mapped: a file that shrinks meanwhile gives an error, not a signal.
class InputFile {
public:
  enum class Compression { Never, MayBeGzip };

  /// Opens a regular file. All errors of the file will be of `kind`, or of
  /// `Resource`.
  static llvm::Expected<std::unique_ptr<InputFile>>
  open(llvm::StringRef path, FileError::Kind kind, Compression compression);
  ~InputFile();

  llvm::StringRef getPath() const { return path; }
  /// Bytes given out so far (inflated ones, where it is gzip).
  uint64_t getOffset() const { return offset; }
  /// The most bytes that can still come: what the file has, or what as many
  /// bytes of gzip can at best stand for.
  uint64_t getMostRemaining() const;

  /// Reads up to `size` bytes; fewer only at the end of the file.
  llvm::Expected<size_t> read(char *buffer, size_t size);
  /// Reads `size` bytes of header; `what` it is, for the error.
  llvm::Error readHeader(char *buffer, size_t size, llvm::StringRef what);
  /// Appends `size` bytes of elements to `bytes`. Memory grows with what the
  /// file really holds. Where it ends early, the error names the item of
  /// `itemSize` bytes that is missing first.
  llvm::Error readElements(std::vector<char> &bytes, uint64_t size,
                           uint64_t itemSize);
  /// Fails where bytes are left. For gzip this also checks the checksum.
  llvm::Error finish();

  /// An error of this file, of its kind.
  llvm::Error error(const llvm::Twine &text,
                    const llvm::Twine &place = "") const {
    return makeError(kind, path, text, place);
  }

private:
  struct Inflater; ///< the state of zlib; absent for a plain file

  InputFile(llvm::StringRef path, FileError::Kind kind);
  llvm::Expected<size_t> readPlain(char *buffer, size_t size);
  llvm::Expected<size_t> readGzip(char *buffer, size_t size);
  llvm::Error refill();
  llvm::Error nextMember();

  std::string path;
  FileError::Kind kind;
  llvm::sys::fs::file_t file;
  bool isOpen = false;
  uint64_t fileSize = 0;
  uint64_t offset = 0;
  std::vector<char> peeked; ///< bytes read to tell gzip, not given out yet
  std::unique_ptr<Inflater> inflater;
};

/// The unsigned number in `size` bytes, the highest byte first.
uint64_t readBigEndian(const char *bytes, unsigned size);

} // namespace gradc::data

#endif // GRADC_DATA_INPUTFILE_H
