//===- EvaluateTest.cpp ---------------------------------------------------===//

#include "TestProgram.h"

using namespace llvm;

namespace gradc {

static constexpr int kBatch = 4;

/// Sums over the first `number` rows; the others must hold samples too.
static void sumRows(void *, void *, const void *inputs, const void *targets,
                    int64_t number, double, int64_t, double *reports, void *) {
  auto *x = static_cast<const double *>(inputs);
  auto *y = static_cast<const double *>(targets);
  reports[0] = reports[1] = 0;
  for (int i = 0; i < number; ++i) {
    reports[0] += x[i];
    reports[1] += y[i];
  }
  for (int i = number; i < kBatch; ++i)
    EXPECT_EQ(x[i], x[number - 1]);
}

/// Rows of [x, -x].
static void mirror(void *, void *, const void *inputs, const void *, int64_t,
                   double, int64_t, double *, void *outputs) {
  auto *x = static_cast<const double *>(inputs);
  auto *y = static_cast<double *>(outputs);
  for (int i = 0; i < kBatch; ++i) {
    y[2 * i] = x[i];
    y[2 * i + 1] = -x[i];
  }
}

static std::unique_ptr<Model> makeModel() {
  return TestProgram(kBatch, /*isF64=*/true)
      .function("evaluate", sumRows, {"loss", "target"})
      .function("predict", mirror, {})
      .output("output", {kBatch, 2})
      .load();
}

TEST(Evaluate, IsTheMeanOverAllSamples) {
  std::unique_ptr<Model> model = makeModel(); // the names live in it
  data::DataSet data = countingData(10);
  data::BatchReader reader(data, {0, 10, {}}, {});
  std::vector<Report> means = evaluate(*model, reader);
  ASSERT_EQ(means.size(), 2u);
  EXPECT_EQ(get(means, "loss"), 4.5);
  EXPECT_EQ(get(means, "target"), 45);
  data::BatchReader one(data, {7, 8, {}}, {});
  EXPECT_EQ(get(evaluate(*model, one), "loss"), 7);
  data::BatchReader none(data, {}, {});
  EXPECT_TRUE(evaluate(*model, none).empty());
}

TEST(Predict, GivesOneRowASample) {
  data::DataSet data = countingData(10);
  data::BatchReader reader(data, {1, 10, {}}, {});
  data::Array rows = predict(*makeModel(), reader);
  EXPECT_EQ(rows.type, data::ElementType::F64);
  EXPECT_EQ(rows.shape, SmallVector<int64_t>({9, 2}));
  EXPECT_EQ(rows.getElement(0), 1);
  EXPECT_EQ(rows.getElement(16), 9);
  EXPECT_EQ(rows.getElement(17), -9);
}

TEST(Targets, TakeTheFormOfTheProgram) {
  data::DataSet real = countingData(3), classes = real;
  classes.targetsAreClasses = true;
  Program program;
  program.targetShape = {4, 1};
  EXPECT_EQ(getTargetLayout(program, real).form, data::TargetForm::Real);
  EXPECT_EQ(getTargetLayout(program, classes).form, data::TargetForm::Real);
  program.targetShape = {4, 5, 2};
  EXPECT_EQ(getTargetLayout(program, classes).form, data::TargetForm::OneHot);
  EXPECT_EQ(getTargetLayout(program, classes).width, 10);
  program.targetShape = {4};
  program.targetIsClass = true;
  program.classes = 7;
  EXPECT_EQ(getTargetLayout(program, classes).form,
            data::TargetForm::ClassIndex);
  EXPECT_EQ(getTargetLayout(program, classes).width, 7);
}

} // namespace gradc
