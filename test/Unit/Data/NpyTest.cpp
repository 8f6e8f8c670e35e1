//===- NpyTest.cpp --------------------------------------------------------===//

#include "gradc/Data/Npy.h"
#include "TestFiles.h"

using namespace llvm;

namespace gradc::data {

// What numpy 1.24 writes for np.save("x.npy", np.array([[1, 2, 3]], "<f4")).
TEST(Npy, WritesWhatNumpyWrites) {
  std::string header = formatNpyHeader(Array(ElementType::F32, {1, 3}));
  EXPECT_EQ(header.substr(0, 10), "\x93NUMPY" + bytes({1, 0, 0x76, 0}));
  EXPECT_EQ(header.substr(10, 60),
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), } ");
  EXPECT_EQ(header.size(), 128u);
  EXPECT_EQ(header.back(), '\n');
  EXPECT_NE(formatNpyHeader(Array(ElementType::F64, {3})).find("(3,)"),
            std::string::npos);
  EXPECT_NE(formatNpyHeader(Array(ElementType::U8, {})).find("()"),
            std::string::npos);
}

TEST(Npy, RoundTrip) {
  TestFolder folder;
  Array arrays[] = {
      makeArray<float>(ElementType::F32, {2, 2}, {0.1f, -0.0f, 1e-45f, 3e38f}),
      makeArray<double>(ElementType::F64, {1, 2, 1}, {0.1, 1e300}),
      makeArray<uint8_t>(ElementType::U8, {3}, {0, 128, 255}),
      makeArray<int32_t>(ElementType::I32, {2}, {-1, 1 << 30}),
      makeArray<int64_t>(ElementType::I64, {1}, {INT64_MIN}),
      makeArray<double>(ElementType::F64, {}, {2.5}),
      Array(ElementType::F32, {0, 3})};
  for (const Array &array : arrays) {
    ASSERT_EQ(messageOf(writeNpy(folder.path("x"), array)), "no error");
    Expected<Array> back = readNpy(folder.path("x"));
    ASSERT_TRUE(bool(back)) << messageOf(std::move(back));
    EXPECT_EQ(back->type, array.type);
    EXPECT_EQ(back->shape, array.shape);
    EXPECT_EQ(back->bytes, array.bytes);
  }
}

// Version 2, entries in another order, double quotes, no last comma; one
// dimension is in C order as well as in Fortran's.
TEST(Npy, ReadsOtherSpellings) {
  TestFolder folder;
  std::string text =
      "{\"shape\":(2,),\"fortran_order\":True,\"descr\":\"|u1\"}";
  std::string content = "\x93NUMPY" + bytes({2, 0, int(text.size()), 0, 0, 0}) +
                        text + bytes({5, 6});
  Expected<Array> array = readNpy(folder.write("x", content));
  ASSERT_TRUE(bool(array)) << messageOf(std::move(array));
  EXPECT_EQ(array->as<uint8_t>(), (ArrayRef<uint8_t>{5, 6}));
}

} // namespace gradc::data
