//===- Points.cpp - Drawn points: uniform, spirals, circle, blobs ---------===//

#include "DrawnSamples.h"
#include <cmath>

using namespace llvm;

namespace gradc::data {

static constexpr SourceOption kClassesOption = {
    "classes", 2, 2, 100, true, "how many classes"};

/// Draws points with classes. `draw` fills one point of a label.
static Expected<DataSet>
drawPoints(StringRef word, const SourceRequest &request, int64_t features,
           int64_t classes,
           function_ref<void(Random &, int64_t, MutableArrayRef<float>)> draw) {
  auto drawOne = [&](Random &random, MutableArrayRef<float> point,
                     MutableArrayRef<int32_t> label) {
    label[0] = random.below(classes);
    draw(random, label[0], point);
  };
  return drawClasses(word, request, {features}, classes, drawOne);
}

static Expected<DataSet> loadUniform(const SourceRequest &request) {
  int64_t features = request.options.lookup("features");
  int64_t width = request.options.lookup("targets");
  auto draw = [](Random &random, MutableArrayRef<float> inputs,
                 MutableArrayRef<float> targets) {
    for (float &value : inputs)
      value = random.uniform();
    for (float &value : targets)
      value = random.uniform();
  };
  Expected<DataSet> data =
      drawNumbers("uniform", request, {features}, width, draw);
  if (data)
    data->description += ": noise, no model beats a mean squared error of 1/12";
  return data;
}

SourceKind getUniformSource() {
  static constexpr SourceOption options[] = {
      {"features", 10, 1, 100'000, true, "numbers of an input"},
      {"targets", 1, 1, 100'000, true, "numbers of a target"},
      makeCountOption(100),
      kSeedOption};
  return {"uniform",
          "inputs and independent targets, evenly spread in [0, 1): noise",
          0,
          options,
          true,
          loadUniform};
}

static Expected<DataSet> loadSpirals(const SourceRequest &request) {
  int64_t classes = request.options.lookup("classes");
  double noise = request.options.lookup("noise");
  double turns = request.options.lookup("turns");
  return drawPoints(
      "spirals", request, 2, classes,
      [&](Random &random, int64_t label, MutableArrayRef<float> point) {
        double radius = random.uniform();
        double angle = kTurn * (turns * radius + double(label) / classes);
        point[0] = radius * std::cos(angle) + noise * random.normal();
        point[1] = radius * std::sin(angle) + noise * random.normal();
      });
}

SourceKind getSpiralsSource() {
  static constexpr SourceOption options[] = {
      kClassesOption,
      {"noise", 0.02, 0, 10, false, "deviation of the points from their arm"},
      {"turns", 1.5, 0, 100, false, "how often an arm winds about the middle"},
      makeCountOption(1000),
      kSeedOption};
  return {"spirals",
          "points on spirals that wind about each other, one a "
          "class",
          0,
          options,
          true,
          loadSpirals};
}

static Expected<DataSet> loadCircle(const SourceRequest &request) {
  double noise = request.options.lookup("noise");
  return drawPoints(
      "circle", request, 2, 2,
      [&](Random &random, int64_t label, MutableArrayRef<float> point) {
        // Class 0 inside half the radius, class 1 in a ring beyond a gap.
        double low = label ? 0.7 : 0, high = label ? 1.0 : 0.5;
        double x, y, squared;
        do {
          x = random.uniform(-1, 1);
          y = random.uniform(-1, 1);
          squared = x * x + y * y;
        } while (squared < low * low || squared > high * high);
        point[0] = x + noise * random.normal();
        point[1] = y + noise * random.normal();
      });
}

SourceKind getCircleSource() {
  static constexpr SourceOption options[] = {
      {"noise", 0.05, 0, 10, false, "deviation added to the points"},
      makeCountOption(1000),
      kSeedOption};
  return {"circle", "points in a disc and in the ring around it, two classes",
          0,        options,
          true,     loadCircle};
}

/// The middle of a blob: on a circle in the first two features, at corners in
/// the others. It does not depend on the seed, so sets of two seeds are two
/// samples of one thing: train on one, test on the other.
static double getBlobCentre(int64_t label, int64_t classes, int64_t feature,
                            int64_t features) {
  if (features == 1)
    return 2.0 * label / (classes - 1) - 1;
  if (feature == 0)
    return std::cos(kTurn * label / classes);
  if (feature == 1)
    return std::sin(kTurn * label / classes);
  Random random(label, "blob centres", feature);
  return random.word() & 1 ? 1 : -1;
}

static Expected<DataSet> loadBlobs(const SourceRequest &request) {
  int64_t classes = request.options.lookup("classes");
  int64_t features = request.options.lookup("features");
  double spread = request.options.lookup("spread");
  std::vector<double> centres;
  for (int64_t label = 0; label < classes; ++label)
    for (int64_t feature = 0; feature < features; ++feature)
      centres.push_back(getBlobCentre(label, classes, feature, features));
  return drawPoints(
      "blobs", request, features, classes,
      [&](Random &random, int64_t label, MutableArrayRef<float> point) {
        const double *centre = &centres[label * features];
        for (int64_t feature = 0; feature < features; ++feature)
          point[feature] = centre[feature] + spread * random.normal();
      });
}

SourceKind getBlobsSource() {
  static constexpr SourceOption options[] = {
      {"classes", 3, 2, 1000, true, "how many classes"},
      {"features", 2, 1, 10'000, true, "numbers of a point"},
      {"spread", 0.3, 0, 1000, false, "deviation of a class from its middle"},
      makeCountOption(1000),
      kSeedOption};
  return {"blobs", "points about one middle for each class, nearly normal",
          0,       options,
          true,    loadBlobs};
}

} // namespace gradc::data
