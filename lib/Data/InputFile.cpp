//===- InputFile.cpp - Reading a data file from front to back -------------===//

#include "gradc/Data/InputFile.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <sys/mman.h>
#include <zlib.h>

using namespace llvm;

namespace gradc::data {

// No byte of deflate stands for more than this: 258 bytes in two bits.
static constexpr uint64_t kMostPerByte = 1032;
static constexpr size_t kChunk = 1 << 18;

struct InputFile::Inflater {
  z_stream stream = {};
  std::vector<char> buffer = std::vector<char>(kChunk);
  bool atEnd = false; ///< of the last member, its checksum compared

  ~Inflater() { inflateEnd(&stream); }
};

uint64_t readBigEndian(const char *bytes, unsigned size) {
  uint64_t value = 0;
  for (unsigned i = 0; i < size; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

/// The system's reason for an error, as `strerror` has it.
static std::string reason(Error error) {
  return errorToErrorCode(std::move(error)).message();
}

InputFile::InputFile(StringRef path, FileError::Kind kind)
    : path(path), kind(kind) {}

InputFile::~InputFile() {
  if (isOpen)
    sys::fs::closeFile(file);
}

Expected<std::unique_ptr<InputFile>>
InputFile::open(StringRef path, FileError::Kind kind, Compression compression) {
  std::unique_ptr<InputFile> input(new InputFile(path, kind));
  sys::fs::file_status status;
  if (std::error_code code = sys::fs::status(path, status))
    return input->error(code.message());
  // Opening a pipe could wait for ever.
  if (!sys::fs::is_regular_file(status))
    return input->error(sys::fs::is_directory(status)
                            ? "is a directory, not a file"
                            : "is not a regular file");
  input->fileSize = status.getSize();
  Expected<sys::fs::file_t> file = sys::fs::openNativeFileForRead(path);
  if (!file)
    return input->error(reason(file.takeError()));
  input->file = *file;
  input->isOpen = true;

  if (compression == Compression::Never)
    return input;
  char magic[2];
  Expected<size_t> size = input->readPlain(magic, 2);
  if (!size)
    return size.takeError();
  input->peeked.assign(magic, magic + *size);
  if (*size < 2 || magic[0] != '\x1f' || magic[1] != '\x8b')
    return input;
  input->inflater = std::make_unique<Inflater>();
  // 16: a gzip header and trailer, whose checksum zlib compares.
  if (inflateInit2(&input->inflater->stream, 16 + MAX_WBITS) != Z_OK)
    return makeError(FileError::Kind::Resource, path,
                     "cannot get memory to inflate it");
  return input;
}

uint64_t InputFile::getMostRemaining() const {
  uint64_t most =
      inflater ? SaturatingMultiply(fileSize, kMostPerByte) : fileSize;
  return most > offset ? most - offset : 0;
}

Expected<size_t> InputFile::readPlain(char *buffer, size_t size) {
  size_t done = std::min(size, peeked.size());
  std::copy_n(peeked.begin(), done, buffer);
  peeked.erase(peeked.begin(), peeked.begin() + done);
  while (done < size) {
    // Some systems refuse to read more than 2 GiB at once.
    size_t part = std::min<size_t>(size - done, 1 << 30);
    Expected<size_t> count =
        sys::fs::readNativeFile(file, {buffer + done, part});
    if (!count)
      return error(reason(count.takeError()));
    if (*count == 0)
      break;
    done += *count;
  }
  return done;
}

/// Gives zlib the next bytes of the file; an end here is a truncated file.
Error InputFile::refill() {
  z_stream &stream = inflater->stream;
  Expected<size_t> size =
      readPlain(inflater->buffer.data(), inflater->buffer.size());
  if (!size)
    return size.takeError();
  if (*size == 0)
    return error("gzip data end before their checksum: the file is truncated",
                 "byte " + Twine(fileSize));
  stream.next_in = reinterpret_cast<Bytef *>(inflater->buffer.data());
  stream.avail_in = *size;
  return Error::success();
}

/// After the end of a gzip member: begins the next one, or finds the end.
Error InputFile::nextMember() {
  z_stream &stream = inflater->stream;
  if (stream.avail_in == 0) {
    Expected<size_t> size =
        readPlain(inflater->buffer.data(), inflater->buffer.size());
    if (!size)
      return size.takeError();
    stream.next_in = reinterpret_cast<Bytef *>(inflater->buffer.data());
    stream.avail_in = *size;
  }
  if (stream.avail_in == 0) {
    inflater->atEnd = true;
    return Error::success();
  }
  if (*stream.next_in != 0x1f)
    return error("bytes that are not gzip follow the gzip data");
  inflateReset(&stream);
  return Error::success();
}

Expected<size_t> InputFile::readGzip(char *buffer, size_t size) {
  z_stream &stream = inflater->stream;
  size_t done = 0;
  while (done < size && !inflater->atEnd) {
    if (stream.avail_in == 0)
      if (Error failure = refill())
        return failure;
    size_t part = std::min<size_t>(size - done, 1 << 30);
    stream.next_out = reinterpret_cast<Bytef *>(buffer + done);
    stream.avail_out = part;
    int status = inflate(&stream, Z_NO_FLUSH);
    done += part - stream.avail_out;
    if (status == Z_STREAM_END) {
      if (Error failure = nextMember())
        return failure;
    } else if (status == Z_MEM_ERROR) {
      return makeError(FileError::Kind::Resource, path,
                       "cannot get memory to inflate it");
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return error(Twine("damaged gzip data: ") +
                       (stream.msg ? stream.msg : "they need a dictionary"),
                   "byte " + Twine(offset + done) + " of the inflated data");
    }
  }
  return done;
}

Expected<size_t> InputFile::read(char *buffer, size_t size) {
  Expected<size_t> count =
      inflater ? readGzip(buffer, size) : readPlain(buffer, size);
  if (count)
    offset += *count;
  return count;
}

Error InputFile::readHeader(char *buffer, size_t size, StringRef what) {
  uint64_t start = offset;
  Expected<size_t> count = read(buffer, size);
  if (!count)
    return count.takeError();
  if (*count == size)
    return Error::success();
  if (start == 0 && *count == 0)
    return error("is empty");
  return error("ends within " + what, "byte " + Twine(offset));
}

/// Memory that is filled for the first time costs most of the time of reading a
/// plain file, and so does a page that a shuffled order jumps to: large pages
/// make both cheaper, where the system has them.
static void useLargePages(char *memory, uint64_t size) {
  const uint64_t page = uint64_t(2) << 20;
  auto address = reinterpret_cast<uintptr_t>(memory);
  uint64_t first = alignTo(address, page) - address;
  if (first + page <= size)
    (void)::madvise(memory + first, alignDown(size - first, page),
                    MADV_HUGEPAGE);
}

Error InputFile::readElements(std::vector<char> &bytes, uint64_t size,
                              uint64_t itemSize) {
  auto truncated = [&](const Twine &found, uint64_t count) {
    return error("ends after " + found + Twine(count) + " of " + Twine(size) +
                     " bytes of data",
                 "item " + Twine(count / std::max<uint64_t>(itemSize, 1)));
  };
  // Known before a byte is asked for: a header cannot cost memory.
  if (uint64_t most = getMostRemaining(); size > most)
    return truncated(inflater ? "at most " : "", most);
  if (Error failure = checkMemory(path, size))
    return failure;
  uint64_t start = bytes.size();
  bytes.reserve(start + size);
  useLargePages(bytes.data(), start + size);
  for (uint64_t done = 0; done < size;) {
    size_t part = std::min<uint64_t>(size - done, kChunk);
    bytes.resize(start + done + part);
    Expected<size_t> count = read(bytes.data() + start + done, part);
    if (!count)
      return count.takeError();
    done += *count;
    if (*count < part)
      return truncated("", done);
  }
  return Error::success();
}

Error InputFile::finish() {
  uint64_t end = offset;
  char extra;
  Expected<size_t> count = read(&extra, 1);
  if (!count)
    return count.takeError();
  if (*count)
    return error("holds more bytes than its header says", "byte " + Twine(end));
  return Error::success();
}

} // namespace gradc::data
