//===- DigitsTest.cpp -----------------------------------------------------===//

#include "gradc/Data/Digits.h"
#include "TestFiles.h"
#include "gradc/Data/Idx.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace gradc::data {

// Written down: `digits seed=1` is the same data set in every later version and
// on every machine, or the change is seen here.
TEST(Digits, StayAsTheyAre) {
  DataSet data = drawDigits(0, 500, 1);
  EXPECT_EQ(xxh3_64bits(data.inputs.as<uint8_t>()), 17713580504423789048u);
  EXPECT_EQ(xxh3_64bits(data.targets.as<uint8_t>()), 15956207836620729757u);
}

TEST(Digits, DependOnSeedAndIndexAlone) {
  DataSet first = drawDigits(0, 10, 1), later = drawDigits(6, 4, 1),
          other = drawDigits(0, 10, 2);
  ArrayRef<uint8_t> pixels = first.inputs.as<uint8_t>();
  EXPECT_EQ(pixels.drop_front(6 * 784), later.inputs.as<uint8_t>());
  EXPECT_NE(pixels, ArrayRef<uint8_t>(other.inputs.as<uint8_t>()));
}

TEST(Digits, HaveEveryLabelAndInk) {
  DataSet data = drawDigits(0, 1000, 1);
  int counts[10] = {};
  for (uint8_t label : data.targets.as<uint8_t>())
    ++counts[label];
  for (int count : counts)
    EXPECT_NEAR(count, 100, 50);
  for (int64_t i = 0; i < data.count; ++i) {
    int dark = 0;
    for (uint8_t pixel : data.inputs.as<uint8_t>().slice(i * 784, 784))
      dark += pixel > 127;
    EXPECT_GT(dark, 5) << "image " << i;
    EXPECT_LT(dark, 400) << "image " << i;
  }
}

TEST(Digits, AreWrittenUnderTheNamesOfMnist) {
  TestFolder folder;
  std::string path = folder.path("digits");
  ASSERT_EQ(messageOf(writeDigits(path, 20, 5, 1, false)), "no error");
  DataSet all = drawDigits(0, 25, 1);
  Array train = cantFail(readIdx(path + "/train-images-idx3-ubyte"));
  Array test = cantFail(readIdx(path + "/t10k-images-idx3-ubyte"));
  EXPECT_EQ(train.shape, (SmallVector<int64_t>{20, 28, 28}));
  EXPECT_EQ(test.shape, (SmallVector<int64_t>{5, 28, 28}));
  std::vector<char> joined = train.bytes;
  joined.insert(joined.end(), test.bytes.begin(), test.bytes.end());
  EXPECT_EQ(joined, all.inputs.bytes);
  EXPECT_EQ(cantFail(readIdx(path + "/train-labels-idx1-ubyte")).bytes.size(),
            20u);
  auto readme =
      cantFail(errorOrToExpected(MemoryBuffer::getFile(path + "/README")));
  EXPECT_TRUE(readme->getBuffer().starts_with("These are not MNIST."));
  EXPECT_EQ(messageOf(writeDigits(path, 20, 5, 1, false)),
            "7: " + path + "/train-images-idx3-ubyte: exists already");
  EXPECT_EQ(messageOf(writeDigits(path, 20, 5, 1, true)), "no error");
}

} // namespace gradc::data
