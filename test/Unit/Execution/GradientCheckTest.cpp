//===- GradientCheckTest.cpp ----------------------------------------------===//

#include "gradc/Execution/GradientCheck.h"
#include "TestProgram.h"
#include <cmath>
#include <cstring>

using namespace llvm;

namespace gradc {

namespace {
/// A loss that is a sum over its weights.
struct Loss {
  double (*value)(double w);
  double (*slope)(double w);
};
} // namespace

static int64_t weightCount;
static Loss loss;

static void computeLoss(void *state, void *, const void *, const void *,
                        int64_t, double, int64_t, double *reports, void *) {
  auto *w = static_cast<const double *>(state);
  reports[0] = 0;
  for (int64_t i = 0; i < weightCount; ++i)
    reports[0] += loss.value(w[i]);
}

static void computeGradients(void *state, void *, const void *, const void *,
                             int64_t, double, int64_t, double *reports,
                             void *outputs) {
  auto *w = static_cast<const double *>(state);
  auto *gradient = static_cast<double *>(outputs);
  for (int64_t i = 0; i < weightCount; ++i)
    gradient[i] = loss.slope(w[i]);
  computeLoss(state, nullptr, nullptr, nullptr, 1, 0, 0, reports, nullptr);
}

/// Checks the one parameter `w` that holds `weights`.
static TensorCheck check(ArrayRef<double> weights, Loss testedLoss,
                         bool allElements = false) {
  loss = testedLoss;
  weightCount = weights.size();
  std::unique_ptr<Model> model =
      TestProgram(1, /*isF64=*/true)
          .variable("w", "parameter", {weightCount})
          .function("gradients", computeGradients, {"loss"})
          .output("w", {weightCount})
          .function("loss", computeLoss, {"loss"})
          .load();
  void *state = model->getState().data();
  std::memcpy(state, weights.data(), weights.size() * 8);
  GradientCheckOptions options;
  options.allElements = allElements;
  GradientCheckResult result =
      cantFail(checkGradients(*model, nullptr, nullptr, options));
  EXPECT_EQ(std::memcmp(state, weights.data(), weights.size() * 8), 0)
      << "the weights were changed";
  EXPECT_EQ(result.getVerdict(), result.tensors[0].getVerdict());
  return result.tensors[0];
}

static double sigmoid(double w) { return 1 / (1 + std::exp(-w)); }
static double sigmoidSlope(double w) { return sigmoid(w) * sigmoid(-w); }

TEST(GradientCheck, PassesWhatIsRight) {
  TensorCheck result = check({0.3, -0.1, 2.5, -7, 1000.123},
                             {[](double w) { return std::sin(w) + w * w; },
                              [](double w) { return std::cos(w) + 2 * w; }});
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Passed);
  EXPECT_EQ(result.tested, 5);
  EXPECT_LT(result.worst.relativeError, 1e-7);
}

TEST(GradientCheck, NamesTheElementThatIsWrong) {
  TensorCheck result =
      check({0.3, -0.1, 2.5}, {sigmoid, [](double w) {
                                 double factor = w < 0 ? 1 + 3e-6 : 1;
                                 return factor * sigmoidSlope(w);
                               }});
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Failed);
  EXPECT_EQ(result.tested, 3);
  EXPECT_EQ(result.passed, 2);
  EXPECT_EQ(result.worstIndex, 1);
  EXPECT_NEAR(result.worst.relativeError, 3e-6, 1e-7);
  EXPECT_NEAR(result.worst.numeric, sigmoidSlope(-0.1), 1e-9);
}

TEST(GradientCheck, FailsAGradientThatIsNoNumber) {
  TensorCheck result =
      check({0.3}, {sigmoid, [](double) -> double { return std::nan(""); }});
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Failed);
  EXPECT_EQ(result.worstIndex, 0);
}

static double relu(double w) { return w > 0 ? w : 0; }
static double reluSlope(double w) { return w > 0 ? 1 : 0; }

// A kink beside the weight is avoided by shorter steps; one on it, or so near
// that no step is short enough, is skipped.
TEST(GradientCheck, KnowsKinks) {
  TensorCheck result =
      check({1, 1e-2, 3e-3, 1e-4, -1e-4, 1e-9, 0}, {relu, reluSlope});
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Passed);
  EXPECT_EQ(result.kinks, 2);
  EXPECT_EQ(result.passed + result.belowResolution, 5);
  TensorCheck onlyKinks = check({0, 0}, {relu, reluSlope});
  EXPECT_EQ(onlyKinks.kinks, 2);
  EXPECT_EQ(onlyKinks.getVerdict(), CheckVerdict::Untested);
}

// A kink is no excuse for a slope that neither side has.
TEST(GradientCheck, FailsBesideAKink) {
  Loss wrong = {relu, [](double w) { return w > 0 ? 1.01 : 0; }};
  EXPECT_EQ(check({1e-4}, wrong).getVerdict(), CheckVerdict::Failed);
  Loss far = {relu, [](double) { return 5.0; }};
  EXPECT_EQ(check({0}, far).getVerdict(), CheckVerdict::Failed);
}

// Kinks that lie nearer than any step, on both sides of the weight: the slope
// between them is neither that on the left nor that on the right, nor between.
static double clusterAt(double w, double slope) {
  return slope * relu(w + 1e-12) - 3 * slope * relu(w - 1e-12);
}
static double clusterSlope(double w, double slope) {
  return slope * reluSlope(w + 1e-12) - 3 * slope * reluSlope(w - 1e-12);
}

TEST(GradientCheck, KnowsClustersOfKinks) {
  Loss cluster = {[](double w) { return clusterAt(w, 1); },
                  [](double w) { return clusterSlope(w, 1); }};
  TensorCheck result = check({0, 0.5}, cluster);
  EXPECT_EQ(result.kinks, 1);
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Passed);
  Loss wrong = {cluster.value, [](double w) { return clusterSlope(w, 1.001); }};
  EXPECT_EQ(check({0}, wrong).getVerdict(), CheckVerdict::Failed);
  Loss wrongHere = {[](double w) { return std::sin(w); },
                    [](double w) { return w == 0 ? 1.1 : std::cos(w); }};
  EXPECT_EQ(check({0}, wrongHere).getVerdict(), CheckVerdict::Failed);
}

// Beside a loss of 1, a slope of 1e-13 cannot be told from rounding.
TEST(GradientCheck, CountsWhatIsBelowResolution) {
  Loss tiny = {[](double w) { return 1 + 1e-13 * sigmoid(w); },
               [](double w) { return 1e-13 * sigmoidSlope(w); }};
  TensorCheck result = check({0.3, 0.4}, tiny);
  EXPECT_EQ(result.belowResolution, 2);
  EXPECT_EQ(result.tested, 0);
  EXPECT_EQ(result.worstIndex, -1);
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Untested);
}

// Long steps lift a small slope out of the noise.
TEST(GradientCheck, TestsSmallSlopes) {
  Loss small = {[](double w) { return 1 + 1e-6 * sigmoid(w); },
                [](double w) { return 1e-6 * sigmoidSlope(w); }};
  EXPECT_EQ(check({0.3, 0.4}, small).passed, 2);
  // A slope that is not there is seen too.
  Loss lost = {small.value, [](double) { return 0.0; }};
  EXPECT_EQ(check({0.3, 0.4}, lost).getVerdict(), CheckVerdict::Failed);
}

// Of a loss that does not move, 0 is the slope: where nothing is computed from
// the weight, and where only rounding is left of what cancels.
TEST(GradientCheck, VerifiesZeros) {
  Loss flat = {[](double w) { return w > 0 ? std::sin(w) : 0; },
               [](double w) { return w > 0 ? std::cos(w) : 0; }};
  TensorCheck dead = check({-3, 0.4, -0.5}, flat);
  EXPECT_EQ(dead.getVerdict(), CheckVerdict::Passed);
  EXPECT_EQ(dead.tested, 3);
  EXPECT_EQ(dead.zeros, 2);
  Loss cancelling = {[](double w) { return std::sin(w > 2 ? w + 0.3 - w : w); },
                     [](double w) {
                       return w > 2 ? 1e-16 * (std::fmod(w * 1e12, 1) - 0.5)
                                    : std::cos(w);
                     }};
  TensorCheck rounded = check({20.123, 0.4, 35.7}, cancelling);
  EXPECT_EQ(rounded.zeros, 2);
  EXPECT_EQ(rounded.passed, 3);
  EXPECT_EQ(rounded.worstIndex, 1);
  EXPECT_TRUE(rounded.hasSlope());
}

// What is small is not 0, also where the loss does not show it.
TEST(GradientCheck, KnowsZeroFromVanished) {
  Loss vanished = {[](double w) { return 1 + 1e-20 * sigmoid(w); },
                   [](double w) { return 1e-20 * sigmoidSlope(w); }};
  TensorCheck result = check({0.3, 0.4}, vanished);
  EXPECT_EQ(result.zeros, 0);
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Untested);
}

TEST(GradientCheck, DrawsElementsOfALargeTensor) {
  std::vector<double> weights(1000);
  for (size_t i = 0; i < weights.size(); ++i)
    weights[i] = 0.002 * double(i) - 1;
  TensorCheck result = check(weights, {sigmoid, sigmoidSlope});
  EXPECT_EQ(result.drawn, 64);
  EXPECT_EQ(result.passed, 64);
  EXPECT_EQ(result.directionVerdict, CheckVerdict::Passed);
  TensorCheck all = check(weights, {sigmoid, sigmoidSlope}, true);
  EXPECT_EQ(all.passed, 1000);
  EXPECT_EQ(all.directionVerdict, std::nullopt);
}

// One wrong element among many is found along the direction.
TEST(GradientCheck, SeesAllElementsAlongADirection) {
  std::vector<double> weights(10000, 0.5);
  weights[1234] = -2;
  TensorCheck result = check(
      weights, {sigmoid, [](double w) { return w < 0 ? 0 : sigmoidSlope(w); }});
  EXPECT_EQ(result.passed, 64);
  EXPECT_EQ(result.directionVerdict, CheckVerdict::Failed);
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Failed);
}

// A loss that no weight moves has passed nothing.
TEST(GradientCheck, WantsASlope) {
  GradientCheckResult result;
  result.tensors.emplace_back();
  result.tensors[0].tested = result.tensors[0].passed = 3;
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Passed);
  result.tensors[0].zeros = 3;
  EXPECT_EQ(result.tensors[0].getVerdict(), CheckVerdict::Passed);
  EXPECT_EQ(result.getVerdict(), CheckVerdict::Untested);
}

TEST(GradientCheck, WantsALossThatIsFinite) {
  loss.value = [](double) -> double { return INFINITY; };
  loss.slope = [](double) { return 0.0; };
  weightCount = 1;
  std::unique_ptr<Model> model =
      TestProgram(1, /*isF64=*/true)
          .variable("w", "parameter", {1})
          .function("gradients", computeGradients, {"loss"})
          .output("w", {1})
          .function("loss", computeLoss, {"loss"})
          .load();
  EXPECT_EQ(messageOf(checkGradients(*model, nullptr, nullptr, {})),
            "the loss is not finite, so there is nothing to compare gradients "
            "with");
}

} // namespace gradc
