//===- IdxTest.cpp --------------------------------------------------------===//

#include "gradc/Data/Idx.h"
#include "IdxFiles.h"

using namespace llvm;

namespace gradc::data {

TEST(Idx, ReadsBytes) {
  TestFolder folder;
  Expected<Array> array = readIdx(folder.write("x", threeBytes));
  ASSERT_TRUE(bool(array));
  EXPECT_EQ(array->type, ElementType::U8);
  EXPECT_EQ(array->shape, (SmallVector<int64_t>{3}));
  EXPECT_EQ(array->as<uint8_t>(), (ArrayRef<uint8_t>{7, 8, 9}));
}

// Short integers are widened with their sign; floats keep their type.
TEST(Idx, ConvertsOtherTypes) {
  TestFolder folder;
  auto read = [&](int type, const std::string &elements, int count) {
    Expected<Array> array = readIdx(
        folder.write("x", bytes({0, 0, type, 1, 0, 0, 0, count}) + elements));
    EXPECT_TRUE(bool(array));
    return std::move(*array);
  };
  EXPECT_EQ(read(0x09, bytes({1, 0xff}), 2).as<int32_t>(),
            (ArrayRef<int32_t>{1, -1}));
  EXPECT_EQ(read(0x0b, bytes({1, 2, 0xff, 0xfe}), 2).as<int32_t>(),
            (ArrayRef<int32_t>{258, -2}));
  EXPECT_EQ(read(0x0c, bytes({1, 2, 3, 4}), 1).as<int32_t>(),
            (ArrayRef<int32_t>{0x01020304}));
  EXPECT_EQ(read(0x0d, bytes({0x3f, 0xc0, 0, 0}), 1).as<float>(),
            (ArrayRef<float>{1.5f}));
  EXPECT_EQ(read(0x0e, bytes({0xbf, 0xf8, 0, 0, 0, 0, 0, 0}), 1).as<double>(),
            (ArrayRef<double>{-1.5}));
}

TEST(Idx, ReadsGzip) {
  TestFolder folder;
  // One member; two members; a header with an extra field, a name and a
  // comment.
  std::string whole = gzip(threeBytes);
  std::string two = gzip(threeBytes.substr(0, 5)) + gzip(threeBytes.substr(5));
  std::string extra = bytes({0x1f, 0x8b, 8, 0x1c, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2,
                             'n', 0, 'c', 0}) +
                      whole.substr(10);
  for (const std::string &content : {whole, two, extra}) {
    Expected<Array> array = readIdx(folder.write("x.gz", content));
    ASSERT_TRUE(bool(array)) << messageOf(std::move(array));
    EXPECT_EQ(array->as<uint8_t>(), (ArrayRef<uint8_t>{7, 8, 9}));
  }
}

TEST(Idx, RoundTrip) {
  TestFolder folder;
  Array arrays[] = {
      makeArray<uint8_t>(ElementType::U8, {2, 3}, {0, 1, 2, 253, 254, 255}),
      makeArray<int32_t>(ElementType::I32, {2}, {-5, 1 << 30}),
      makeArray<float>(ElementType::F32, {1, 1, 2}, {0.1f, -3e38f}),
      makeArray<double>(ElementType::F64, {1}, {0.1})};
  for (const Array &array : arrays) {
    ASSERT_EQ(messageOf(writeIdx(folder.path("x"), array)), "no error");
    Expected<Array> back = readIdx(folder.path("x"));
    ASSERT_TRUE(bool(back)) << messageOf(std::move(back));
    EXPECT_EQ(back->type, array.type);
    EXPECT_EQ(back->shape, array.shape);
    EXPECT_EQ(back->bytes, array.bytes);
  }
}

} // namespace gradc::data
