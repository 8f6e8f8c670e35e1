//===- DataSetTest.cpp ----------------------------------------------------===//

#include "gradc/Data/DataSet.h"
#include "TestFiles.h"
#include <cmath>

using namespace llvm;

namespace gradc::data {

static Array floats(ArrayRef<int64_t> shape,
                    std::initializer_list<float> values) {
  return makeArray<float>(ElementType::F32, shape, values);
}
static Array labels(std::initializer_list<int64_t> values) {
  return makeArray<int64_t>(ElementType::I64, {int64_t(values.size())}, values);
}
static Expected<DataSet> make(Array inputs, Array targets) {
  return makeDataSet(std::move(inputs), "x", std::move(targets), "y", "test");
}

TEST(DataSet, ClassesComeFromIntegers) {
  Expected<DataSet> data =
      make(floats({3, 2}, {1, 2, 3, 4, 5, 6}), labels({0, 4, 2}));
  ASSERT_TRUE(bool(data)) << messageOf(std::move(data));
  EXPECT_TRUE(data->targetsAreClasses);
  EXPECT_EQ(data->classes, 5);
  EXPECT_EQ(data->count, 3);
  EXPECT_EQ(data->getInputWidth(), 2);
}

TEST(DataSet, NumbersComeFromFloats) {
  for (Array targets : {floats({2}, {1, 2}), floats({2, 1}, {1, 2})}) {
    Expected<DataSet> data = make(floats({2, 1}, {1, 2}), std::move(targets));
    ASSERT_TRUE(bool(data)) << messageOf(std::move(data));
    EXPECT_FALSE(data->targetsAreClasses);
    EXPECT_EQ(data->getTargetWidth(), 1);
  }
}

TEST(DataSet, RefusesWhatDoesNotFit) {
  Array two = floats({2, 2}, {1, 2, 3, 4});
  EXPECT_EQ(messageOf(make(two, labels({1, 2, 3}))),
            "4: x: has 2 samples, but y has 3 targets");
  EXPECT_EQ(messageOf(make(two, labels({1, -2}))),
            "4: y: negative label -2 (item 1)");
  EXPECT_EQ(messageOf(make(two, labels({1, int64_t(1) << 60}))),
            "4: y: label 1152921504606846976 is beyond 1000000 classes (item "
            "1)");
  EXPECT_EQ(messageOf(make(Array(ElementType::F32, {0, 2}), labels({}))),
            "4: x: has no samples: its shape is [0, 2]");
  // The two files exchanged, as happens with images and labels.
  EXPECT_EQ(messageOf(make(labels({1, 2}), Array(ElementType::U8, {2, 3, 3}))),
            "4: y: targets of type u8 and shape [2, 3, 3]; one integer label a "
            "sample or real numbers [count, width] are wanted; are inputs and "
            "targets exchanged?");
}

TEST(DataSet, RefusesWhatIsNoNumber) {
  EXPECT_EQ(messageOf(make(floats({2, 2}, {1, 2, 3, NAN}), labels({0, 1}))),
            "4: x: NaN (row 1, column 1)");
  EXPECT_EQ(
      messageOf(make(floats({2, 2}, {1, 2, -INFINITY, 4}), labels({0, 1}))),
      "4: x: -Inf (row 1, column 0)");
  EXPECT_EQ(messageOf(make(floats({2}, {1, 2}), floats({2}, {1, INFINITY}))),
            "4: y: Inf (row 1, column 0)");
  EXPECT_EQ(
      messageOf(make(makeArray<double>(ElementType::F64, {1, 2}, {1.0, -1e39}),
                     labels({0}))),
      "4: x: a number beyond float32 (row 0, column 1)");
  // Far into a large array the place is still right.
  Array large(ElementType::F64, {100, 100});
  large.as<double>()[5017] = NAN;
  EXPECT_EQ(messageOf(make(large, Array(ElementType::U8, {100}))),
            "4: x: NaN (row 50, column 17)");
}

TEST(DataSet, ChecksTargetsAgainstTheNet) {
  DataSet classes = cantFail(make(floats({2}, {1, 2}), labels({3, 7})));
  EXPECT_EQ(messageOf(checkTargets(classes, TargetForm::OneHot, 8)),
            "no error");
  EXPECT_EQ(messageOf(checkTargets(classes, TargetForm::ClassIndex, 7)),
            "4: y: label 7 is out of range: the net tells 7 classes apart "
            "(item 1)");
  EXPECT_EQ(messageOf(checkTargets(classes, TargetForm::Real, 1)), "no error");
  EXPECT_EQ(messageOf(checkTargets(classes, TargetForm::Real, 2)),
            "4: y: a label is one value; the net gives 2");
  DataSet real = cantFail(make(floats({2}, {1, 2}), floats({2}, {3, 7})));
  EXPECT_EQ(messageOf(checkTargets(real, TargetForm::Real, 1)), "no error");
  EXPECT_EQ(messageOf(checkTargets(real, TargetForm::Real, 3)),
            "4: y: a target has 1 values; the net gives 3");
  EXPECT_EQ(messageOf(checkTargets(real, TargetForm::OneHot, 1)),
            "4: y: holds real targets where class labels are wanted");
}

} // namespace gradc::data
