//===- EpochLinesTest.cpp - What an epoch looks like ----------------------===//

#include "gradc/Driver/EpochLines.h"
#include "gradc/Driver/Figures.h"
#include <gtest/gtest.h>
#include <limits>

using namespace gradc;

namespace {
EpochRecord makeRecord() {
  EpochRecord record{3, 50, 501, 750, 1.02, {}, {}};
  record.train = {{"loss", 0.0312}, {"accuracy", 0.9961}, {"clip_factor/0", 1}};
  record.validation = {{"loss", 0.0874}, {"accuracy", 0.978}};
  return record;
}

TEST(EpochLines, InAPipe) {
  EXPECT_EQ(formatEpochHead(3, 50) + formatEpochEnd(makeRecord(), false, true),
            "Epoch 3/50 - 1s 4ms/step - accuracy: 0.9961 - loss: 0.0312 - "
            "val_accuracy: 0.9780 - val_loss: 0.0874");
}

TEST(EpochLines, OnATerminal) {
  EXPECT_EQ(formatEpochEnd(makeRecord(), true, true),
            "250/250 ━━━━━━━━━━━━━━━━━━━━ 1s 4ms/step - accuracy: 0.9961 - "
            "loss: 0.0312 - val_accuracy: 0.9780 - val_loss: 0.0874");
  EXPECT_EQ(formatEpochEnd(makeRecord(), true, false).substr(0, 30),
            "250/250 ==================== 1");
}

TEST(Figures, Counts) {
  EXPECT_EQ(formatCount(0), "0");
  EXPECT_EQ(formatCount(999), "999");
  EXPECT_EQ(formatCount(407050), "407,050");
  EXPECT_EQ(formatCount(-1234567), "-1,234,567");
  EXPECT_EQ(formatCount(-123), "-123");
}

TEST(Figures, MetricsKeepFourDigits) {
  EXPECT_EQ(formatMetric(0.99611), "0.9961");
  EXPECT_EQ(formatMetric(0), "0.0000");
  EXPECT_EQ(formatMetric(3.12e-5), "3.1200e-05");
  EXPECT_EQ(formatMetric(std::numeric_limits<double>::infinity()), "inf");
}

TEST(Figures, Times) {
  EXPECT_EQ(formatStepTime(8.5e-4), "850us/step");
  EXPECT_EQ(formatStepTime(0.0042), "4ms/step");
  EXPECT_EQ(formatStepTime(12), "12s/step");
  EXPECT_EQ(formatDuration(0.4), "0s");
  EXPECT_EQ(formatDuration(187), "3:07");
  EXPECT_EQ(formatDuration(3661), "1:01:01");
  EXPECT_EQ(formatDuration(-5), "0s");
}

TEST(Figures, SparklinesStandOnALogScale) {
  double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(formatSparkline({1e-4, 1e-2, 1}, 10, true), "▁▅█");
  EXPECT_EQ(formatSparkline({1e-4, 1e-2, 1}, 10, false), ".+@");
  EXPECT_EQ(formatSparkline({0, 1, infinity}, 10, false), ".+?");
  EXPECT_EQ(formatSparkline({1, 1.1, 0.9}, 10, false), "+++"); // no hills
  EXPECT_EQ(formatSparkline({}, 10, false), "");
  std::vector<double> many(1000, 1.0);
  EXPECT_EQ(formatSparkline(many, 4, false), "++++");
}

TEST(Figures, BarsAreAsWideAsTheyShould) {
  EXPECT_EQ(formatBar(1, 4, false), "####");
  EXPECT_EQ(formatBar(0.5, 4, false), "##  ");
  EXPECT_EQ(formatBar(0.5 + 1.0 / 32, 4, true), "██▏ ");
  EXPECT_EQ(formatBar(-1, 4, true), "    ");
  EXPECT_EQ(formatBar(7, 4, true), "████");
}
} // namespace
