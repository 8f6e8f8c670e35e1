//===- Digits.cpp - Handwritten digits, drawn by gradc --------------------===//

#include "gradc/Data/Digits.h"
#include "DigitShapes.h"
#include "gradc/Data/Philox.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <array>
#include <cmath>

using namespace llvm;

namespace gradc::data {

namespace {
/// How one writer holds the paper and the pen: the same for all points of a
/// digit. Lengths are in pixels.
class Hand {
public:
  explicit Hand(Random &random);
  PenPoint place(PenPoint point) const;
  double penRadius, ink;

private:
  // The wobble is a smooth field, so strokes that touch still touch.
  static constexpr int kGrid = 4;
  double wobble[kGrid][kGrid][2];
  double width, height, slant, cosine, sine, shiftX, shiftY;
};

/// Squared distances of the pixels to the strokes, as far as the pen reaches.
class Paper {
public:
  explicit Paper(double reach) : reach(reach) { distances.fill(1e9f); }
  void drawLine(PenPoint from, PenPoint to);
  void drawCurve(ArrayRef<PenPoint> points);
  float getDistance(int pixel) const { return distances[pixel]; }

private:
  double reach;
  std::array<float, kDigitSize * kDigitSize> distances;
};
} // namespace

Hand::Hand(Random &random) {
  for (auto &row : wobble)
    for (auto &offset : row)
      for (double &value : offset)
        value = random.uniform(-0.11, 0.11);
  height = random.uniform(15.5, 20.5);
  width = height * random.uniform(0.75, 1.15);
  slant = random.uniform(-0.38, 0.38);
  // Half the angle's tangent gives sine and cosine by division alone, which is
  // exact everywhere; functions of the platform are not.
  double tangent = random.uniform(-0.13, 0.13);
  cosine = (1 - tangent * tangent) / (1 + tangent * tangent);
  sine = 2 * tangent / (1 + tangent * tangent);
  shiftX = random.uniform(-2.0, 2.0);
  shiftY = random.uniform(-2.0, 2.0);
  penRadius = random.uniform(0.7, 1.7);
  ink = random.uniform(0.7, 1.0);
}

PenPoint Hand::place(PenPoint point) const {
  double column = std::clamp(point.x, 0.0, 1.0) * (kGrid - 1);
  double row = std::clamp(point.y, 0.0, 1.0) * (kGrid - 1);
  int i = std::min(int(row), kGrid - 2), j = std::min(int(column), kGrid - 2);
  double down = row - i, right = column - j;
  double moved[2];
  for (int axis = 0; axis < 2; ++axis) {
    double top =
        wobble[i][j][axis] * (1 - right) + wobble[i][j + 1][axis] * right;
    double bottom = wobble[i + 1][j][axis] * (1 - right) +
                    wobble[i + 1][j + 1][axis] * right;
    moved[axis] = top * (1 - down) + bottom * down;
  }
  double y = (point.y + moved[1] - 0.5) * height;
  double x = (point.x + moved[0] - 0.5) * width - slant * y;
  const double centre = (kDigitSize - 1) / 2.0;
  return {centre + shiftX + cosine * x - sine * y,
          centre + shiftY + sine * x + cosine * y};
}

void Paper::drawLine(PenPoint from, PenPoint to) {
  // Only the pixels that the pen can reach from this line are looked at.
  auto clampPixel = [](double x) {
    return std::clamp(int(std::floor(x)), 0, kDigitSize - 1);
  };
  int left = clampPixel(std::min(from.x, to.x) - reach);
  int right = clampPixel(std::max(from.x, to.x) + reach + 1);
  int top = clampPixel(std::min(from.y, to.y) - reach);
  int bottom = clampPixel(std::max(from.y, to.y) + reach + 1);
  float dx = to.x - from.x, dy = to.y - from.y;
  float scale = 1 / std::max(dx * dx + dy * dy, 1e-6f);
  for (int row = top; row <= bottom; ++row)
    for (int column = left; column <= right; ++column) {
      auto x = float(column - from.x), y = float(row - from.y);
      float along = std::clamp((x * dx + y * dy) * scale, 0.0f, 1.0f);
      x -= along * dx;
      y -= along * dy;
      float &distance = distances[row * kDigitSize + column];
      distance = std::min(distance, x * x + y * y);
    }
}

/// A Catmull-Rom curve through the points of one stroke.
void Paper::drawCurve(ArrayRef<PenPoint> points) {
  const int steps = points.size() > 2 ? 4 : 1;
  for (size_t i = 0; i + 1 < points.size(); ++i) {
    PenPoint b = points[i], c = points[i + 1];
    PenPoint a = i ? points[i - 1] : b;
    PenPoint d = i + 2 < points.size() ? points[i + 2] : c;
    PenPoint last = b;
    for (int step = 1; step <= steps; ++step) {
      double t = double(step) / steps;
      auto along = [t](double a, double b, double c, double d) {
        return b + 0.5 * t *
                       (c - a +
                        t * (2 * a - 5 * b + 4 * c - d +
                             t * (3 * (b - c) + d - a)));
      };
      PenPoint next = {along(a.x, b.x, c.x, d.x), along(a.y, b.y, c.y, d.y)};
      drawLine(last, next);
      last = next;
    }
  }
}

static void drawStrokes(ArrayRef<PenPoint> shape, const Hand &hand,
                        Paper &paper) {
  SmallVector<PenPoint, 16> stroke;
  for (PenPoint point : shape) {
    if (!point.isPenUp()) {
      stroke.push_back(hand.place(point));
      continue;
    }
    paper.drawCurve(stroke);
    stroke.clear();
  }
  paper.drawCurve(stroke);
}

int drawDigit(uint64_t seed, uint64_t index, MutableArrayRef<uint8_t> pixels) {
  Random random(seed, "digits", index);
  int label = random.below(10);
  ArrayRef<ArrayRef<PenPoint>> shapes = getDigitShapes(label);
  ArrayRef<PenPoint> shape = shapes[random.below(shapes.size())];
  Hand hand(random);
  // The edge of a stroke fades over one pixel.
  float reach = hand.penRadius + 0.5;
  Paper paper(reach);
  drawStrokes(shape, hand, paper);
  for (size_t pixel = 0; pixel < pixels.size(); ++pixel) {
    float squared = paper.getDistance(pixel);
    float cover = squared < reach * reach
                      ? std::min(reach - std::sqrt(squared), 1.0f)
                      : 0.0f;
    // Four bytes added are near enough to a normal number: deviation 148.
    uint32_t word = random.word();
    int sum = int(word & 255) + int(word >> 8 & 255) + int(word >> 16 & 255) +
              int(word >> 24) - 510;
    float value = cover * float(hand.ink) * 255 + float(sum) * 0.1f;
    pixels[pixel] = uint8_t(std::clamp(value, 0.0f, 255.0f));
  }
  return label;
}

DataSet drawDigits(uint64_t first, int64_t count, uint64_t seed) {
  DataSet data;
  data.inputs = Array(ElementType::U8, {count, kDigitSize, kDigitSize});
  data.targets = Array(ElementType::U8, {count});
  const int64_t size = kDigitSize * kDigitSize;
  for (int64_t i = 0; i < count; ++i)
    data.targets.as<uint8_t>()[i] = drawDigit(
        seed, first + i, data.inputs.as<uint8_t>().slice(i * size, size));
  data.count = count;
  data.targetsAreClasses = true;
  data.classes = 10;
  data.description =
      "digits, drawn by gradc, seed " + std::to_string(seed) + ": not MNIST";
  data.inputsFile = data.targetsFile = "digits";
  data.defaultScale = 1.0 / 255;
  return data;
}

} // namespace gradc::data
