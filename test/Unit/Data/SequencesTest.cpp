//===- SequencesTest.cpp - Drawn sequences --------------------------------===//

#include "TestFiles.h"
#include "gradc/Data/Source.h"
#include "llvm/Support/xxhash.h"
#include <cmath>

using namespace llvm;

namespace gradc::data {

static Expected<DataSet>
draw(StringRef word,
     std::initializer_list<std::pair<StringRef, double>> options) {
  SourceRequest request;
  for (auto [name, value] : options)
    request.options[name] = value;
  return loadSource(*findSource(word), std::move(request));
}

static SmallVector<int64_t> shape(std::initializer_list<int64_t> sizes) {
  return sizes;
}

// The targets are the last values, one step later; the noise is as large as
// said.
TEST(Sine, TargetsAreTheSequenceMovedByOne) {
  DataSet data =
      cantFail(draw("sine", {{"length", 30}, {"targets", 30}, {"noise", 0}}));
  EXPECT_EQ(data.inputs.shape, shape({1000, 30, 1}));
  EXPECT_EQ(data.targets.shape, shape({1000, 30}));
  ArrayRef<float> x = data.inputs.as<float>(), y = data.targets.as<float>();
  for (int64_t i = 0; i < data.count; ++i)
    EXPECT_EQ(x.slice(30 * i + 1, 29), y.slice(30 * i, 29));
  // x(t - 1) + x(t + 1) = 2 cos(2 pi / period) x(t), with periods of 10 to 40.
  for (int64_t i = 0; i < 30 * data.count; i += 30)
    for (int64_t t = i + 1; t < i + 29; ++t)
      if (std::abs(x[t]) > 0.5) {
        double cosine = (x[t - 1] + x[t + 1]) / (2 * x[t]);
        EXPECT_GT(cosine, std::cos(0.628319) - 1e-5);
        EXPECT_LT(cosine, std::cos(0.157080) + 1e-5);
      }

  DataSet one = cantFail(draw("sine", {{"length", 30}, {"noise", 0}}));
  for (int64_t i = 0; i < one.count; ++i)
    EXPECT_EQ(one.targets.as<float>()[i], y[30 * i + 29]);

  DataSet noisy = cantFail(draw("sine", {{"length", 30}, {"noise", 0.5}}));
  double squares = 0;
  for (float value : noisy.inputs.as<float>())
    squares += value * value;
  EXPECT_NEAR(squares / 30000, 0.5 + 0.25, 0.03);
}

TEST(Adding, TargetIsTheSumOfTheMarked) {
  for (double length : {2., 3., 100.}) {
    DataSet data = cantFail(draw("adding", {{"length", length}}));
    EXPECT_EQ(data.inputs.shape, shape({10000, int64_t(length), 2}));
    EXPECT_EQ(data.targets.shape, shape({10000, 1}));
    double mean = 0, squares = 0;
    for (int64_t i = 0; i < data.count; ++i) {
      ArrayRef<float> x = data.inputs.as<float>().slice(2 * length * i);
      float y = data.targets.as<float>()[i], sum = 0;
      int marks[2] = {};
      for (int64_t step = 0; step < length; ++step) {
        sum += x[2 * step] * x[2 * step + 1];
        marks[step >= std::floor(length / 2)] += x[2 * step + 1];
      }
      EXPECT_EQ(y, sum);
      EXPECT_EQ(marks[0], 1);
      EXPECT_EQ(marks[1], 1);
      mean += y / 10000;
      squares += (y - 1) * (y - 1) / 10000;
    }
    EXPECT_NEAR(mean, 1, 0.02);
    EXPECT_NEAR(squares, 1. / 6, 0.01);
  }
}

// As many cues stand at the end as the place of the symbol in question.
TEST(Copy, AsksForOneSymbol) {
  DataSet data =
      cantFail(draw("copy", {{"length", 9}, {"symbols", 5}, {"words", 4}}));
  EXPECT_EQ(data.inputs.shape, shape({10000, 9, 7}));
  EXPECT_EQ(data.classes, 5);
  int asked[4] = {};
  for (int64_t i = 0; i < data.count; ++i) {
    int symbols[9], cues = 0;
    for (int step = 0; step < 9; ++step) {
      ArrayRef<float> x = data.inputs.as<float>().slice(7 * (9 * i + step), 7);
      EXPECT_EQ(count(x, 1.f), 1);
      EXPECT_EQ(count(x, 0.f), 6);
      symbols[step] = find(x, 1.f) - x.begin();
      EXPECT_EQ(symbols[step] < 5, step < 4);
      EXPECT_TRUE(!cues || symbols[step] == 6);
      cues += symbols[step] == 6;
    }
    ASSERT_TRUE(cues >= 1 && cues <= 4);
    EXPECT_EQ(data.targets.as<int32_t>()[i], symbols[cues - 1]);
    ++asked[cues - 1];
  }
  for (int number : asked)
    EXPECT_NEAR(number, 2500, 200);
}

TEST(Parity, CountsTheOnes) {
  DataSet data = cantFail(draw("parity", {{"length", 7}}));
  EXPECT_EQ(data.inputs.shape, shape({1000, 7, 1}));
  EXPECT_EQ(data.classes, 2);
  int odd = 0;
  for (int64_t i = 0; i < data.count; ++i) {
    int ones = 0;
    for (float bit : data.inputs.as<float>().slice(7 * i, 7)) {
      EXPECT_TRUE(bit == 0 || bit == 1);
      ones += bit;
    }
    EXPECT_EQ(data.targets.as<int32_t>()[i], ones % 2);
    odd += ones % 2;
  }
  EXPECT_NEAR(odd, 500, 80);
}

TEST(Sequences, RefuseLengthsThatAreTooShort) {
  EXPECT_EQ(messageOf(draw("sine", {{"length", 5}, {"targets", 6}})),
            "4: sine: targets=6 is more than length=5: the targets are the "
            "sequence one step later");
  EXPECT_EQ(messageOf(draw("copy", {{"length", 7}, {"words", 4}})),
            "4: copy: length=7 is too short to show words=4 and to ask for "
            "each; at least 8 are needed");
  EXPECT_EQ(messageOf(draw("adding", {{"length", 1}})),
            "4: adding: length=1 is not between 2 and 100000");
}

// Written down: these data sets are the same in every later version and on
// every machine, or the change is seen here. (The sine comes from the
// platform.)
TEST(Sequences, StayAsTheyAre) {
  auto hash = [](StringRef word) {
    return xxh3_64bits(
        cantFail(draw(word, {{"count", 100}})).inputs.as<uint8_t>());
  };
  EXPECT_EQ(hash("adding"), 4810521504495001240u);
  EXPECT_EQ(hash("copy"), 7793072822277826038u);
  EXPECT_EQ(hash("parity"), 17707023344007435588u);
}

} // namespace gradc::data
