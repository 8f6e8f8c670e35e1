//===- SafetensorsHeader.cpp - The JSON of a .safetensors file ------------===//

#include "SafetensorsHeader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include <nlohmann/json.hpp>
#include <optional>

using namespace llvm;
using nlohmann::json;

namespace gradc::data {

// Bounds the memory that a header can cost beyond its own text.
static constexpr size_t kMostTensors = 20'000;
static constexpr size_t kMostDimensions = 16;

namespace {
/// Follows the parser from event to event and keeps the entries, not a tree: so
/// memory is bounded and a name that stands twice is seen. Every handler
/// returns false to stop, with `problem` set.
class HeaderReader : public nlohmann::json_sax<json> {
public:
  HeaderReader(std::vector<TensorEntry> &entries, TensorMetadata &metadata)
      : entries(entries), metadata(metadata) {}

  std::string problem;
  /// Where the text is not JSON.
  std::optional<size_t> position;

  bool null() override { return unexpected("null"); }
  bool boolean(bool) override { return unexpected("a truth value"); }
  bool number_integer(number_integer_t) override {
    return unexpected("a negative number");
  }
  bool number_float(number_float_t, const string_t &) override {
    return unexpected("a number that is not whole");
  }
  bool binary(binary_t &) override { return unexpected("binary data"); }
  bool number_unsigned(number_unsigned_t value) override;
  bool string(string_t &value) override;
  bool start_object(std::size_t) override;
  bool end_object() override;
  bool start_array(std::size_t) override;
  bool end_array() override;
  bool key(string_t &value) override;
  bool parse_error(std::size_t at, const std::string &,
                   const nlohmann::detail::exception &) override {
    position = at ? at - 1 : 0;
    return fail("its header is not JSON");
  }

private:
  enum class Level { Outside, File, Tensor, Metadata, Array };

  bool fail(const Twine &text) {
    problem = text.str();
    return false;
  }
  bool failTensor(const Twine &text) {
    return fail("tensor " + quote(entries.back().name) + " " + text);
  }
  bool unexpected(StringRef what);
  bool keyOfTensor(StringRef name);
  bool finishTensor();

  std::vector<TensorEntry> &entries;
  TensorMetadata &metadata;
  StringSet<> names;
  Level level = Level::Outside;
  std::string field;           ///< the key whose value comes next
  SmallVector<StringRef> seen; ///< fields of this tensor
  SmallVector<uint64_t, 2> offsets;
};
} // namespace

bool HeaderReader::unexpected(StringRef what) {
  if (level == Level::Tensor || level == Level::Array)
    return failTensor("has " + what + " in " + quote(field));
  if (level == Level::Metadata)
    return fail("its metadata " + quote(field) + " is " + what +
                ", not a text");
  return fail("its header holds " + what + " where an object must stand");
}

bool HeaderReader::key(string_t &value) {
  if (level == Level::Tensor)
    return keyOfTensor(value);
  field = value;
  if (level == Level::Metadata) {
    if (metadata.count(value))
      return fail("its metadata gives " + quote(value) + " twice");
    return metadata.size() < kMostTensors ||
           fail("has more than " + Twine(kMostTensors) + " metadata entries");
  }
  if (!names.insert(value).second)
    return fail("tensor " + quote(value) + " stands twice in the header");
  return names.size() <= kMostTensors + 1 ||
         fail("has more than " + Twine(kMostTensors) + " tensors");
}

bool HeaderReader::keyOfTensor(StringRef name) {
  for (StringRef known : {"dtype", "shape", "data_offsets"}) {
    if (name != known)
      continue;
    if (is_contained(seen, known))
      return failTensor("gives " + quote(name) + " twice");
    seen.push_back(known);
    field = name.str();
    return true;
  }
  return failTensor("has the unknown entry " + quote(name));
}

bool HeaderReader::start_object(std::size_t) {
  if (level == Level::Outside) {
    level = Level::File;
    return true;
  }
  if (level != Level::File)
    return unexpected("an object");
  if (field == "__metadata__") {
    level = Level::Metadata;
    return true;
  }
  level = Level::Tensor;
  entries.emplace_back().name = field;
  seen.clear();
  offsets.clear();
  return true;
}

bool HeaderReader::end_object() {
  bool isTensor = level == Level::Tensor;
  level = level == Level::File ? Level::Outside : Level::File;
  return !isTensor || finishTensor();
}

bool HeaderReader::start_array(std::size_t) {
  if (level != Level::Tensor || field == "dtype")
    return unexpected("a list");
  level = Level::Array;
  return true;
}

bool HeaderReader::end_array() {
  level = Level::Tensor;
  return true;
}

bool HeaderReader::number_unsigned(number_unsigned_t value) {
  if (level != Level::Array)
    return unexpected("a number");
  if (field == "data_offsets") {
    offsets.push_back(value);
    return offsets.size() <= 2 || failTensor("has more than two offsets");
  }
  if (value > INT64_MAX)
    return failTensor("has a dimension beyond all counting");
  entries.back().shape.push_back(value);
  return entries.back().shape.size() <= kMostDimensions ||
         failTensor("has more than " + Twine(kMostDimensions) + " dimensions");
}

bool HeaderReader::string(string_t &value) {
  if (level == Level::Metadata) {
    metadata[field] = value;
    return true;
  }
  if (level != Level::Tensor || field != "dtype")
    return unexpected("a text");
  auto type = StringSwitch<std::optional<ElementType>>(value)
                  .Case("U8", ElementType::U8)
                  .Case("I32", ElementType::I32)
                  .Case("I64", ElementType::I64)
                  .Case("F32", ElementType::F32)
                  .Case("F64", ElementType::F64)
                  .Default(std::nullopt);
  if (!type)
    return failTensor("has elements of type " + quote(value) +
                      "; F32, F64, U8, I32 and I64 can be read");
  entries.back().type = *type;
  return true;
}

bool HeaderReader::finishTensor() {
  TensorEntry &entry = entries.back();
  for (StringRef needed : {"dtype", "shape", "data_offsets"})
    if (!is_contained(seen, needed))
      return failTensor("has no '" + needed + "'");
  if (offsets.size() != 2 || offsets[0] > offsets[1])
    return failTensor("has 'data_offsets' that are no pair [begin, end]");
  entry.begin = offsets[0];
  entry.end = offsets[1];
  int64_t size = getElementSize(entry.type);
  std::optional<int64_t> count = countElements(entry.shape, size);
  if (!count)
    return failTensor("has more elements than can be counted: " +
                      formatShape(entry.shape));
  if (uint64_t(*count) * size != entry.end - entry.begin)
    return failTensor("of shape " + formatShape(entry.shape) + " needs " +
                      Twine(uint64_t(*count) * size) + " bytes, but has " +
                      Twine(entry.end - entry.begin));
  return true;
}

Error parseTensorHeader(const InputFile &input, StringRef text,
                        std::vector<TensorEntry> &entries,
                        TensorMetadata &metadata) {
  // The format wants the brace at once; it may end in blanks.
  if (!text.starts_with("{"))
    return input.error("its header is not a JSON object", "byte 8");
  HeaderReader reader(entries, metadata);
  if (json::sax_parse(text.begin(), text.end(), &reader))
    return Error::success();
  return input.error(reader.problem, reader.position
                                         ? "byte " + Twine(*reader.position + 8)
                                         : Twine("the header"));
}

std::string formatTensorHeader(ArrayRef<const NamedTensor *> tensors,
                               const TensorMetadata &metadata) {
  static constexpr const char *types[] = {"U8", "I32", "I64", "F32", "F64"};
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!metadata.empty())
    header["__metadata__"] = metadata;
  auto &entriesInOrder = header.get_ref<nlohmann::ordered_json::object_t &>();
  uint64_t offset = 0;
  for (const NamedTensor *tensor : tensors) {
    const Array &array = tensor->array;
    uint64_t end = offset + array.bytes.size();
    nlohmann::ordered_json entry;
    entry["dtype"] = types[static_cast<int>(array.type)];
    entry["shape"] =
        std::vector<int64_t>(array.shape.begin(), array.shape.end());
    entry["data_offsets"] = {offset, end};
    // Appended: to look the name up would be a walk over all before it.
    entriesInOrder.emplace_back(tensor->name, std::move(entry));
    offset = end;
  }
  std::string text = header.dump(-1, ' ', /*ensure_ascii=*/false,
                                 json::error_handler_t::replace);
  text.append((8 - text.size() % 8) % 8, ' ');
  return text;
}

} // namespace gradc::data
