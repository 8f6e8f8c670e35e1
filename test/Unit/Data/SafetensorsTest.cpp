//===- SafetensorsTest.cpp ------------------------------------------------===//

#include "gradc/Data/Safetensors.h"
#include "TestFiles.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace gradc::data {

TEST(Safetensors, RoundTrip) {
  TestFolder folder;
  std::vector<NamedTensor> tensors = {
      {"fc2.bias", makeArray<float>(ElementType::F32, {2}, {1.5f, -2.5f})},
      {"fc1.weight", makeArray<double>(ElementType::F64, {1, 2}, {0.1, 0.2})},
      {"odd \"name\"\n", makeArray<uint8_t>(ElementType::U8, {3}, {1, 2, 3})},
      {"step", makeArray<int64_t>(ElementType::I64, {}, {7})},
      {"empty", Array(ElementType::I32, {0, 4})}};
  TensorMetadata metadata = {{"format", "pt"}, {"net", "\"x\""}};
  ASSERT_EQ(messageOf(writeSafetensors(folder.path("w"), tensors, metadata)),
            "no error");
  Expected<TensorFile> back = readSafetensors(folder.path("w"));
  ASSERT_TRUE(bool(back)) << messageOf(std::move(back));
  EXPECT_EQ(back->metadata, metadata);
  ASSERT_EQ(back->tensors.size(), tensors.size());
  for (size_t i = 1; i < back->tensors.size(); ++i)
    EXPECT_LT(back->tensors[i - 1].name, back->tensors[i].name);
  for (const NamedTensor &tensor : tensors) {
    const NamedTensor *found = back->find(tensor.name);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->array.type, tensor.array.type);
    EXPECT_EQ(found->array.shape, tensor.array.shape);
    EXPECT_EQ(found->array.bytes, tensor.array.bytes);
  }
  EXPECT_FALSE(back->find("fc3"));
}

// The same tensors give the same bytes, whatever their order; the data begin at
// a multiple of 8.
TEST(Safetensors, WritesTheSameBytes) {
  TestFolder folder;
  NamedTensor a = {"a", makeArray<float>(ElementType::F32, {1}, {1.0f})};
  NamedTensor b = {"b", makeArray<float>(ElementType::F32, {1}, {2.0f})};
  cantFail(writeSafetensors(folder.path("ab"), {a, b}));
  cantFail(writeSafetensors(folder.path("ba"), {b, a}));
  auto ab =
      cantFail(errorOrToExpected(MemoryBuffer::getFile(folder.path("ab"))));
  auto ba =
      cantFail(errorOrToExpected(MemoryBuffer::getFile(folder.path("ba"))));
  EXPECT_EQ(ab->getBuffer(), ba->getBuffer());
  EXPECT_EQ(support::endian::read64le(ab->getBufferStart()) % 8, 0u);
  EXPECT_TRUE(ab->getBuffer().drop_front(8).starts_with(
      R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"));
}

} // namespace gradc::data
