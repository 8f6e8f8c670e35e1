//===- HealthTest.cpp - Judging the probes of a training ------------------===//

#include "gradc/Driver/HealthTable.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace gradc;

namespace {
using State = LayerHealth::State;

/// A net of as many layers as there are norms, and its watched steps.
struct FakeTraining {
  std::vector<std::string> names; ///< reports do not own theirs
  Program program;
  StepRecord record{0, 1, 32, 0.1, true, {}};

  explicit FakeTraining(size_t layers) {
    program.batch = 32;
    names.reserve(16 * layers + 16);
    for (size_t i = 0; i < layers; ++i)
      for (const char *kind : {".weight", ".bias"})
        program.variables.push_back(
            {layer(i) + kind, "parameter", {2}, 0, false});
  }
  static std::string layer(size_t index) {
    return "dense_" + std::to_string(index + 1);
  }
  void report(std::string name, double value) {
    names.push_back(std::move(name));
    record.reports.push_back({names.back(), value});
  }
  void reportLayer(size_t index, double gradient, double delta) {
    report("gradient_norm/" + layer(index) + ".weight", gradient);
    report("gradient_norm/" + layer(index) + ".bias", 1e6);
    report("delta/" + layer(index), delta);
  }
};

Verdict judge(std::vector<double> gradients, std::vector<double> deltas,
              std::vector<State> *states = nullptr) {
  FakeTraining fake(gradients.size());
  for (size_t i = 0; i < gradients.size(); ++i)
    fake.reportLayer(i, gradients[i], deltas[i]);
  HealthRecord health(fake.program);
  health.add(fake.record);
  Verdict verdict = health.judge();
  if (states)
    for (const LayerHealth &layer : health.getLayers())
      states->push_back(layer.state);
  return verdict;
}

TEST(Health, EqualGradientsAreHealthy) {
  std::vector<State> states;
  EXPECT_EQ(judge({0.31, 0.27, 0.5}, {0.1, 0.2, 0.3}, &states),
            Verdict::Healthy);
  EXPECT_EQ(states, (std::vector<State>{State::Ok, State::Ok, State::Ok}));
}

TEST(Health, SmallSharesAreSlowOrAsleep) {
  std::vector<State> states;
  EXPECT_EQ(judge({1e-5, 3e-3, 1}, {1, 1, 1}, &states), Verdict::Vanishing);
  EXPECT_EQ(states,
            (std::vector<State>{State::Asleep, State::Slow, State::Ok}));
}

TEST(Health, DeltasThatVanishAreSeenBehindBalancedGradients) {
  EXPECT_EQ(judge({1.3, 1.1, 1.2}, {1e-7, 3e-4, 1}), Verdict::Vanishing);
}

TEST(Health, GradientsThatGrowTowardsTheInputExplode) {
  EXPECT_EQ(judge({1, 1e-2, 1e-4}, {1, 1, 1}), Verdict::Exploding);
}

TEST(Health, OneSlowLayerInTheMiddleIsUneven) {
  EXPECT_EQ(judge({1, 5e-3, 1, 1}, {1, 1, 1, 1}), Verdict::Uneven);
}

TEST(Health, NoGradientAtAllHasVanished) {
  std::vector<State> states;
  EXPECT_EQ(judge({0, 0}, {0, 0}, &states), Verdict::Vanishing);
  EXPECT_EQ(states, (std::vector<State>{State::Asleep, State::Asleep}));
}

TEST(Health, NumbersThatAreNotFiniteExplode) {
  double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<State> states;
  EXPECT_EQ(judge({nan, 1}, {1, 1}, &states), Verdict::Exploding);
  EXPECT_EQ(states, (std::vector<State>{State::NonFinite, State::Ok}));
}

TEST(Health, DeadAndSaturatedLayersAreNamed) {
  FakeTraining fake(3);
  for (size_t i = 0; i < 3; ++i)
    fake.reportLayer(i, 1, 1);
  fake.report("dead/dense_1", 0.6);
  fake.report("saturated/dense_1", 0.95);
  fake.report("saturated/dense_2", 0.95);
  HealthRecord health(fake.program);
  health.add(fake.record);
  EXPECT_EQ(health.judge(), Verdict::Healthy);
  EXPECT_EQ(health.getLayers()[0].state, State::Dead);
  EXPECT_EQ(health.getLayers()[1].state, State::Saturated);
  EXPECT_EQ(health.getLayers()[2].state, State::Ok);
}

TEST(Health, OnlyTheLastWatchedEpochCounts) {
  FakeTraining fake(2);
  fake.reportLayer(0, 1e-9, 1e-9);
  fake.reportLayer(1, 1, 1);
  HealthRecord health(fake.program);
  health.add(fake.record);
  EXPECT_EQ(health.judge(), Verdict::Vanishing);
  FakeTraining later(2);
  later.record.epoch = 2;
  later.reportLayer(0, 1, 1);
  later.reportLayer(1, 1, 1);
  health.add(later.record);
  EXPECT_EQ(health.judge(), Verdict::Healthy);
  EXPECT_EQ(health.getLayers()[0].gradientNorms.get().size(), 2u);
}

TEST(Health, GradientsThroughTimeHaveALine) {
  FakeTraining fake(1);
  fake.reportLayer(0, 1, 1);
  for (int step = 0; step < 12; ++step)
    fake.report("through_time/dense_1/" + std::to_string(step),
                step == 11 ? 2.0 : 0.5);
  HealthRecord health(fake.program);
  health.add(fake.record);
  EXPECT_EQ(health.getLayers()[0].throughTime.size(), 12u);
  EXPECT_NE(formatHealthTable(health, TableStyle())
                .find("through 12 steps: dL/dh first/last 0.25"),
            std::string::npos);
}

TEST(Health, NormsThatDoubleStepByStepExplode) {
  HealthRecord health(FakeTraining(1).program);
  for (int step = 0; step < 6; ++step) {
    FakeTraining fake(1);
    fake.report("gradient_norm/dense_1.weight", std::pow(3.0, step));
    health.add(fake.record);
  }
  EXPECT_EQ(health.judge(), Verdict::Exploding);
}

/// Of more than two steps, all but the first are clipped.
static Verdict judgeClipped(const char *clip, int steps) {
  HealthRecord health(FakeTraining(1).program);
  for (int step = 0; step < steps; ++step) {
    FakeTraining fake(1);
    fake.report(clip, step == 0 && steps > 2 ? 1 : 0.5);
    fake.report("gradient_norm/dense_1.weight", 1);
    health.add(fake.record);
  }
  EXPECT_EQ(health.getClippedSteps(), steps > 2 ? steps - 1 : steps);
  return health.judge();
}

TEST(Health, ClippingNearlyEveryStepIsExploding) {
  EXPECT_EQ(judgeClipped("clip_factor/0", 20), Verdict::Exploding);
  EXPECT_EQ(judgeClipped("clip_factor/0", 2), Verdict::Healthy);
}

// A bound of one layer, which may not even learn, says nothing of the net.
TEST(Health, ClippingALayerIsNotExploding) {
  EXPECT_EQ(judgeClipped("clip_factor/dense_1", 20), Verdict::Healthy);
}

TEST(History, StaysShortAndKeepsItsShape) {
  History history;
  for (int i = 0; i < 100000; ++i)
    history.add(i);
  llvm::ArrayRef<double> values = history.get();
  EXPECT_LT(values.size(), 512u);
  EXPECT_LT(values.front(), 1000);
  EXPECT_GT(values.back(), 98000);
  EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
}

TEST(HealthTable, HasALineForEachLayerAndOneForAll) {
  FakeTraining fake(2);
  fake.reportLayer(0, 0.31, 0.1);
  fake.reportLayer(1, 0.27, 0.2);
  fake.report("update_ratio/dense_1.weight", 1.2e-3);
  fake.report("dead/dense_1", 0.41);
  HealthRecord health(fake.program);
  health.add(fake.record);
  EXPECT_EQ(
      formatHealthTable(health, {}),
      "  layer    gradient norm                     delta  update/weight    "
      "dead  saturated  health\n"
      "  dense_1  +           3.1e-01  ########   1.0e-01        1.2e-03    "
      "41 %          -  ok\n"
      "  dense_2  +           2.7e-01  ########   2.0e-01              -       "
      "-          -  ok\n"
      "  all      ratio first/last 1.1, of deltas 0.5   clipped 0 of 1 steps  "
      " healthy\n");
}

TEST(HealthTable, KeepsItsColumnsInUTF8) {
  FakeTraining fake(1);
  fake.reportLayer(0, 1, 1);
  HealthRecord health(fake.program);
  health.add(fake.record);
  std::string text = formatHealthTable(health, {true, false});
  EXPECT_NE(text.find("  dense_1  ▅           1.0e+00  ████████   1.0e+00"),
            std::string::npos)
      << text;
}
} // namespace
