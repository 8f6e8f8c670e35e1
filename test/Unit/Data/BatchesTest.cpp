//===- BatchesTest.cpp ----------------------------------------------------===//

#include "gradc/Data/Batches.h"
#include "TestFiles.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace gradc::data {

static std::vector<int64_t> list(const SampleSet &set) {
  std::vector<int64_t> result;
  for (int64_t i = 0; i < set.size(); ++i)
    result.push_back(set[i]);
  return result;
}

TEST(Split, TakesTheLastSamples) {
  Split split = cantFail(splitSamples(100, 0.2, 10, false, 0));
  EXPECT_EQ(split.train.size(), 70);
  EXPECT_EQ(split.validation.size(), 20);
  EXPECT_EQ(split.test.size(), 10);
  EXPECT_EQ(split.train[0], 0);
  EXPECT_EQ(split.validation[0], 70);
  EXPECT_EQ(split.test[9], 99);
  EXPECT_TRUE(cantFail(splitSamples(5, 0, 0, false, 0)).test.empty());
  // 0.29 * 100 is a little below 29.
  EXPECT_EQ(cantFail(splitSamples(100, 0.29, 0, false, 0)).validation.size(),
            29);
}

TEST(Split, DrawsThem) {
  Split split = cantFail(splitSamples(100, 0.2, 10, true, 1));
  std::vector<int64_t> all;
  for (const SampleSet *part : {&split.train, &split.validation, &split.test}) {
    std::vector<int64_t> samples = list(*part);
    EXPECT_TRUE(is_sorted(samples));
    all.insert(all.end(), samples.begin(), samples.end());
  }
  EXPECT_EQ(split.test.size(), 10);
  EXPECT_NE(split.test[0], 90);
  llvm::sort(all);
  for (int64_t i = 0; i < 100; ++i)
    EXPECT_EQ(all[i], i);
  EXPECT_EQ(list(cantFail(splitSamples(100, 0.2, 10, true, 1)).test),
            list(split.test));
  EXPECT_NE(list(cantFail(splitSamples(100, 0.2, 10, true, 2)).test),
            list(split.test));
}

TEST(Split, RefusesInWords) {
  EXPECT_EQ(messageOf(splitSamples(100, 50, 0.5, false, 0)),
            "4: split: validation=50 and test=0.5 of 100 samples leave nothing "
            "to train on");
  EXPECT_EQ(messageOf(splitSamples(100, 1e300, 0, false, 0)),
            "4: split: validation=1e+300 and test=0 of 100 samples leave "
            "nothing to train on");
  EXPECT_EQ(messageOf(splitSamples(100, 0, 1.5, false, 0)),
            "4: split: test=1.5 is neither a share below 1 nor a whole count");
  EXPECT_EQ(messageOf(splitSamples(100, -1, 0, false, 0)),
            "4: split: validation=-1 is neither a share nor a count");
  EXPECT_EQ(messageOf(splitSamples(10, 0.01, 0, false, 0)),
            "4: split: validation=0.01 of 10 samples is less than one");
}

TEST(EpochOrder, IsAPermutationOfSeedAndEpoch) {
  std::vector<int64_t> order = epochOrder(1000, 1, 3, true);
  std::vector<int64_t> sorted = order;
  llvm::sort(sorted);
  EXPECT_EQ(sorted, epochOrder(1000, 1, 3, false));
  EXPECT_NE(sorted, order);
  EXPECT_EQ(epochOrder(1000, 1, 3, true), order);
  EXPECT_NE(epochOrder(1000, 1, 4, true), order);
  EXPECT_NE(epochOrder(1000, 2, 3, true), order);
  EXPECT_TRUE(epochOrder(0, 1, 1, true).empty());
}

// Written down, so that a later version cannot change it unseen: resumed runs
// depend on it.
TEST(EpochOrder, StaysAsItIs) {
  EXPECT_EQ(epochOrder(10, 1, 1, true),
            (std::vector<int64_t>{4, 2, 7, 8, 5, 6, 1, 0, 3, 9}));
}

/// Gathers samples 1 and 0 of an array and compares every value with
/// (x * scale - mean) / deviation, in double and rounded once.
template <typename Stored, typename T>
static void checkGather(ElementType type, std::initializer_list<Stored> values,
                        Transform transform) {
  DataSet data;
  data.count = 2;
  data.inputs = makeArray(type, {2, int64_t(values.size() / 2)}, values);
  data.targets = makeArray<uint8_t>(ElementType::U8, {2}, {0, 1});
  BatchReader reader(data, SampleSet{0, 2, {}}, transform);
  std::vector<T> batch(values.size());
  reader.gather({1, 0}, batch.data(), sizeof(T) == 8, nullptr,
                TargetForm::ClassIndex, 2);
  ArrayRef<Stored> stored = data.inputs.as<Stored>();
  for (size_t i = 0; i < batch.size(); ++i) {
    double x = double(stored[(i + stored.size() / 2) % stored.size()]);
    EXPECT_EQ(batch[i], static_cast<T>((x * transform.scale - transform.mean) /
                                       transform.deviation));
  }
}

TEST(Gather, IsExactForEveryType) {
  for (Transform transform : {Transform{}, Transform{1 / 255.0, 0, 1},
                              Transform{1 / 255.0, 0.1307, 0.3081}}) {
    std::initializer_list<uint8_t> pixels = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 254, 255, 9, 99, 100, 101, 102, 103, 128};
    checkGather<uint8_t, float>(ElementType::U8, pixels, transform);
    checkGather<uint8_t, double>(ElementType::U8, pixels, transform);
    checkGather<int32_t, float>(ElementType::I32, {-7, 1 << 30}, transform);
    checkGather<int32_t, double>(ElementType::I32, {-7, 1 << 30}, transform);
    checkGather<int64_t, float>(ElementType::I64, {-7, 16777217}, transform);
    checkGather<int64_t, double>(ElementType::I64, {-7, 16777217}, transform);
    checkGather<float, float>(ElementType::F32, {0.1f, -3.5f, 1e-40f, 1e30f},
                              transform);
    checkGather<float, double>(ElementType::F32, {0.1f, -3.5f}, transform);
    checkGather<double, float>(ElementType::F64, {0.1, 1e-300}, transform);
    checkGather<double, double>(ElementType::F64, {0.1, 1e-300}, transform);
  }
}

TEST(Gather, GivesTargetsInEveryForm) {
  DataSet data;
  data.count = 3;
  data.targetsAreClasses = true;
  data.inputs = Array(ElementType::U8, {3, 1});
  data.targets = makeArray<int64_t>(ElementType::I64, {3}, {2, 0, 1});
  BatchReader reader(data, SampleSet{0, 0, {2, 0}}, {});
  int32_t indices[2];
  reader.gather({0, 1}, nullptr, false, indices, TargetForm::ClassIndex, 3);
  EXPECT_EQ(ArrayRef(indices), (ArrayRef<int32_t>{1, 2}));
  float oneHot[6];
  reader.gather({0, 1}, nullptr, false, oneHot, TargetForm::OneHot, 3);
  EXPECT_EQ(ArrayRef(oneHot), (ArrayRef<float>{0, 1, 0, 0, 0, 1}));
  double real[2];
  reader.gather({1, 0}, nullptr, true, real, TargetForm::Real, 1);
  EXPECT_EQ(ArrayRef(real), (ArrayRef<double>{2, 1}));

  data.targets =
      makeArray<float>(ElementType::F32, {3, 2}, {0.5f, 1, 2, 3, 4, 0.1f});
  float numbers[4];
  reader.gather({0, 1}, nullptr, false, numbers, TargetForm::Real, 2);
  EXPECT_EQ(ArrayRef(numbers), (ArrayRef<float>{4, 0.1f, 0.5f, 1}));
}

TEST(BatchReader, TakesTheFirstSamples) {
  DataSet data;
  data.inputs = Array(ElementType::U8, {10, 3});
  data.targets = Array(ElementType::I32, {10});
  data.count = 10;
  for (auto [index, byte] : enumerate(data.inputs.as<uint8_t>()))
    byte = index / 3;
  BatchReader range(data, SampleSet{2, 9, {}}, Transform());
  BatchReader drawn(data, SampleSet{0, 0, {1, 4, 8}}, Transform());
  EXPECT_EQ(range.first(3).size(), 3);
  EXPECT_EQ(range.first(100).size(), 7);
  EXPECT_EQ(drawn.first(2).size(), 2);
  EXPECT_EQ(drawn.first(100).size(), 3);
  EXPECT_EQ(drawn.first(0).size(), 0);
  float row[3];
  // What was asked for early is what it is.
  drawn.first(2).prefetch({1});
  drawn.first(2).gather({1}, row, false, nullptr, TargetForm::Real, 1);
  EXPECT_EQ(row[2], 4);
  range.first(3).gather({2}, row, false, nullptr, TargetForm::Real, 1);
  EXPECT_EQ(row[0], 4);
}

} // namespace gradc::data
