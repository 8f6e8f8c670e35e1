//===- Npy.cpp - numpy's .npy files ---------------------------------------===//
//
// A magic text, a version, the length of the header, the header as the text of
// a Python dictionary, the elements. The dictionary is parsed, never evaluated.
//
//===----------------------------------------------------------------------===//

#include "gradc/Data/Npy.h"
#include "gradc/Data/InputFile.h"
#include "gradc/Data/OutputFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include <optional>

using namespace llvm;

namespace gradc::data {

static constexpr char kMagic[] = "\x93NUMPY";
// numpy itself reads no longer header without being asked to.
static constexpr uint32_t kLongestHeader = 10000;

namespace {
/// The three entries of the dictionary.
struct NpyHeader {
  std::optional<std::string> descr;
  std::optional<bool> isFortran;
  std::optional<SmallVector<int64_t>> shape;
};

/// Reads the text of the dictionary. Each function takes what it reads off the
/// front; false where something else stands there, described in `problem`.
class HeaderParser {
public:
  explicit HeaderParser(StringRef text) : text(text), rest(text) {}

  bool parse(NpyHeader &header);
  std::string problem;
  /// How far the text was understood.
  size_t getPosition() const { return text.size() - rest.size(); }

private:
  bool fail(const Twine &what) {
    problem = what.str();
    return false;
  }
  bool take(StringRef token) {
    rest = rest.ltrim();
    return rest.consume_front(token);
  }
  bool parseString(std::string &value);
  bool parseEntry(NpyHeader &header);
  bool parseShape(NpyHeader &header);

  StringRef text, rest;
};
} // namespace

bool HeaderParser::parseString(std::string &value) {
  rest = rest.ltrim();
  if (!rest.starts_with("'") && !rest.starts_with("\""))
    return false;
  size_t end = rest.find(rest[0], 1);
  if (end == StringRef::npos)
    return false;
  value = rest.slice(1, end).str();
  rest = rest.drop_front(end + 1);
  return true;
}

bool HeaderParser::parseShape(NpyHeader &header) {
  if (header.shape)
    return fail("gives 'shape' twice");
  if (!take("("))
    return fail("has a 'shape' that is not a tuple");
  header.shape.emplace();
  while (!take(")")) {
    int64_t dimension;
    rest = rest.ltrim();
    StringRef after = rest;
    if (after.consumeInteger(10, dimension) || dimension < 0)
      return fail("has a 'shape' with a dimension that is no whole number");
    rest = after;
    header.shape->push_back(dimension);
    if (!take(",") && !rest.ltrim().starts_with(")"))
      return fail("has a 'shape' without its closing bracket");
  }
  return true;
}

bool HeaderParser::parseEntry(NpyHeader &header) {
  std::string key, value;
  if (!parseString(key) || !take(":"))
    return fail("is not the text of a dictionary");
  if (key == "shape")
    return parseShape(header);
  if (key == "descr") {
    if (header.descr)
      return fail("gives 'descr' twice");
    if (take("["))
      return fail("describes records (a structured type); only plain numbers "
                  "can be read");
    if (!parseString(value))
      return fail("has a 'descr' that is no text");
    header.descr = value;
    return true;
  }
  if (key != "fortran_order")
    return fail("has the unknown entry " + quote(key));
  if (header.isFortran)
    return fail("gives 'fortran_order' twice");
  header.isFortran = take("True");
  if (!*header.isFortran && !take("False"))
    return fail("has a 'fortran_order' that is neither True nor False");
  return true;
}

bool HeaderParser::parse(NpyHeader &header) {
  if (!take("{"))
    return fail("is not the text of a dictionary");
  while (!take("}")) {
    if (!parseEntry(header))
      return false;
    if (!take(",") && !rest.ltrim().starts_with("}"))
      return fail("is not the text of a dictionary");
  }
  if (!rest.trim().empty())
    return fail("goes on after its dictionary");
  if (!header.descr || !header.isFortran || !header.shape)
    return fail(Twine("has no '") +
                (!header.descr       ? "descr"
                 : !header.isFortran ? "fortran_order"
                                     : "shape") +
                "'");
  return true;
}

/// The element type of numpy's name for it.
static std::optional<ElementType> findType(StringRef descr) {
  return StringSwitch<std::optional<ElementType>>(descr)
      .Cases({"|u1", "<u1", "u1"}, ElementType::U8)
      .Cases({"<i4", "i4"}, ElementType::I32)
      .Cases({"<i8", "i8"}, ElementType::I64)
      .Cases({"<f4", "f4"}, ElementType::F32)
      .Cases({"<f8", "f8"}, ElementType::F64)
      .Default(std::nullopt);
}

/// Why a type is not read.
static std::string explainType(StringRef descr) {
  if (descr.starts_with(">"))
    return "is big-endian (" + quote(descr) +
           "); convert it: x.astype(x.dtype.newbyteorder('<'))";
  StringRef kind = descr.ltrim("|<=");
  if (kind.starts_with("O"))
    return "holds Python objects, which are never unpickled; save numbers";
  if (kind.starts_with("b"))
    return "holds truth values (" + quote(descr) +
           "); convert them: x.astype('u1')";
  return "has elements of type " + quote(descr) +
         "; f4, f8, u1, i4 and i8 can be read";
}

/// The text of the header, after the magic, the version and the length.
static Expected<std::string> readHeaderText(InputFile &input) {
  char bytes[12];
  if (Error error = input.readHeader(bytes, 8, "its header"))
    return error;
  if (StringRef(bytes, 6) != StringRef(kMagic, 6))
    return input.error(StringRef(bytes, 4) == "PK\x03\x04"
                           ? "is a .npz archive, not .npy"
                           : "is not a .npy file",
                       "byte 0");
  unsigned version = static_cast<unsigned char>(bytes[6]);
  if (version < 1 || version > 2 || bytes[7] != 0)
    return input.error(
        "has the .npy version " + Twine(version) + "." +
            Twine(unsigned(static_cast<unsigned char>(bytes[7]))) +
            "; 1.0 and 2.0 can be read",
        "byte 6");
  unsigned size = version == 1 ? 2 : 4;
  if (Error error = input.readHeader(bytes, size, "its header"))
    return error;
  uint32_t length = version == 1 ? support::endian::read16le(bytes)
                                 : support::endian::read32le(bytes);
  if (length > kLongestHeader)
    return input.error("has a header of " + Twine(length) +
                           " bytes; no array needs more than " +
                           Twine(kLongestHeader),
                       "byte 8");
  std::string text(length, ' ');
  if (Error error = input.readHeader(text.data(), length, "its header"))
    return error;
  return text;
}

/// An array without its elements, as the header describes it.
static Expected<Array> readHeader(InputFile &input) {
  Expected<std::string> text = readHeaderText(input);
  if (!text)
    return text.takeError();
  NpyHeader header;
  HeaderParser parser(*text);
  uint64_t textStart = input.getOffset() - text->size();
  if (!parser.parse(header))
    return input.error("its header " + parser.problem,
                       "byte " + Twine(textStart + parser.getPosition()));
  std::string place = ("byte " + Twine(textStart)).str();
  std::optional<ElementType> type = findType(*header.descr);
  if (!type)
    return input.error(explainType(*header.descr), place);
  if (*header.isFortran && header.shape->size() > 1)
    return input.error("is in Fortran order; save it in C order: "
                       "np.ascontiguousarray(x)",
                       place);
  if (!countElements(*header.shape, getElementSize(*type)))
    return input.error("has more elements than can be counted: " +
                           formatShape(*header.shape),
                       place);
  Array array;
  array.type = *type;
  array.shape = *header.shape;
  return array;
}

Expected<Array> readNpy(StringRef path) {
  Expected<std::unique_ptr<InputFile>> file = InputFile::open(
      path, FileError::Kind::Data, InputFile::Compression::Never);
  if (!file)
    return file.takeError();
  InputFile &input = **file;
  Expected<Array> array = readHeader(input);
  if (!array)
    return array;
  int64_t size = getElementSize(array->type);
  if (Error error = input.readElements(
          array->bytes, *countElements(array->shape, size) * size,
          array->getRowWidth() * size))
    return error;
  if (Error error = input.finish())
    return error;
  return array;
}

std::string formatNpyHeader(const Array &array) {
  std::string shape;
  for (int64_t dimension : array.shape)
    shape += std::to_string(dimension) + ", ";
  // As numpy writes it: `(3,)`, but `(3, 4)`.
  StringRef dimensions = StringRef(shape).drop_back(shape.empty() ? 0 : 1);
  if (array.shape.size() > 1)
    dimensions = dimensions.drop_back();
  static constexpr const char *descrs[] = {"|u1", "<i4", "<i8", "<f4", "<f8"};
  std::string text =
      (Twine("{'descr': '") + descrs[static_cast<int>(array.type)] +
       "', 'fortran_order': False, 'shape': (" + dimensions + "), }")
          .str();
  // The elements begin at a multiple of 64.
  text.append(63 - (10 + text.size()) % 64, ' ');
  text += '\n';
  std::string header(kMagic, 6);
  header += {'\x01', '\x00', char(text.size() & 255), char(text.size() >> 8)};
  return header + text;
}

Error writeNpy(StringRef path, const Array &array) {
  std::string header = formatNpyHeader(array);
  return writeFile(path, {ArrayRef(header.data(), header.size()), array.bytes});
}

} // namespace gradc::data
