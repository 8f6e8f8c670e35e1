//===- TrainerTest.cpp ----------------------------------------------------===//

#include "TestProgram.h"
#include <cmath>

using namespace llvm;

namespace gradc {

/// One weight, to which a step adds the rate. The loss is the mean of the
/// inputs; a target must be ten times its input.
template <int Batch>
static void step(void *state, void *, const void *inputs, const void *targets,
                 int64_t number, double rate, int64_t seed, double *reports,
                 void *) {
  auto *x = static_cast<const float *>(inputs);
  auto *y = static_cast<const float *>(targets);
  double sum = 0, matches = 0;
  for (int i = 0; i < Batch; ++i) {
    sum += x[i];
    matches += y[i] == 10 * x[i];
  }
  *static_cast<float *>(state) += float(rate);
  reports[0] = sum / Batch;
  reports[1] = matches / Batch;
  reports[2] = double(seed) + double(number); // a probe of one layer
}

template <int Batch>
static std::unique_ptr<Model> makeModel(StringRef variable = "w") {
  std::vector<std::string> reports = {"loss", "accuracy", "w/gradient"};
  return TestProgram(Batch, /*isF64=*/false)
      .variable(variable, "parameter", {1})
      .function("train_step", step<Batch>, reports)
      .function("train_step_watched", step<Batch>, reports)
      .load();
}

namespace {
struct Trainer : testing::Test {
  Trainer() : data(countingData(10)) {
    use(0, 10);
    plan.shuffle = false;
    plan.seed = 1000;
    plan.rate = [](int64_t step) { return step == 1 ? 0.5 : 0.25; };
    observer.onStep = [this](const StepRecord &record) {
      steps.push_back(record);
    };
    observer.onEpoch = [this](const EpochRecord &record) {
      epochs.push_back(record);
    };
  }
  CompileForBatch compile = [this](int64_t batch) {
    ++compiled;
    EXPECT_EQ(batch, 2);
    return Expected<std::unique_ptr<Model>>(makeModel<2>());
  };
  void use(int64_t first, int64_t last) {
    reader.emplace(data, data::SampleSet{first, last, {}}, data::Transform());
  }
  Expected<TrainingResult> run() {
    return trainModel(*model, compile, *reader, validation, plan, observer,
                      &stop);
  }

  data::DataSet data;
  std::optional<data::BatchReader> reader;
  const data::BatchReader *validation = nullptr;
  std::unique_ptr<Model> model = makeModel<4>();
  TrainingPlan plan;
  TrainingObserver observer;
  volatile bool stop = false;
  int compiled = 0;
  std::vector<StepRecord> steps;
  std::vector<EpochRecord> epochs;
};
} // namespace

// Ten samples in batches of four: the last batch of an epoch has two.
TEST_F(Trainer, TrainsOnEverySample) {
  plan.epochs = 2;
  TrainingResult result = cantFail(run());
  EXPECT_EQ(result.end, TrainingEnd::Done);
  EXPECT_EQ(result.steps, 6);
  ASSERT_EQ(steps.size(), 6u);
  EXPECT_EQ(compiled, 1);
  EXPECT_EQ(get(steps[0].reports, "loss"), 1.5);
  EXPECT_EQ(get(steps[2].reports, "loss"), 8.5);
  EXPECT_EQ(steps[2].samples, 2);
  EXPECT_EQ(steps[3].step, 4);
  EXPECT_EQ(steps[3].epoch, 2);
  EXPECT_EQ(get(steps[3].reports, "w/gradient"), 1004);
  ASSERT_EQ(epochs.size(), 2u);
  // Weighted by samples, not by steps; probes have no mean.
  EXPECT_EQ(get(epochs[0].train, "loss"), 4.5);
  EXPECT_EQ(get(epochs[0].train, "accuracy"), 1);
  EXPECT_EQ(epochs[0].train.size(), 2u);
  EXPECT_EQ(epochs[1].epochs, 2);
  EXPECT_EQ(epochs[1].firstStep, 4);
  EXPECT_EQ(epochs[1].lastStep, 6);
  // Both programs worked on one weight: 0.5 + 5 * 0.25.
  EXPECT_EQ(*static_cast<float *>(model->getState().data()), 1.75f);
}

TEST_F(Trainer, ShufflesByTheSeed) {
  plan.shuffle = true;
  plan.shuffleSeed = 7;
  cantFail(run());
  EXPECT_EQ(get(epochs[0].train, "loss"), 4.5);
  std::vector<int64_t> order = data::epochOrder(10, 7, 1, true);
  EXPECT_EQ(get(steps[2].reports, "loss"), 0.5 * double(order[8] + order[9]));
}

TEST_F(Trainer, WatchesTheFirstStepAndEveryNth) {
  plan.epochs = 2;
  plan.watchEvery = 2;
  cantFail(run());
  for (const StepRecord &record : steps)
    EXPECT_EQ(record.watched, record.step % 2 == 1);
}

TEST_F(Trainer, DropsTheLastBatch) {
  plan.dropLast = true;
  plan.epochs = 2;
  EXPECT_EQ(cantFail(run()).steps, 4);
  EXPECT_EQ(compiled, 0);
  EXPECT_EQ(get(epochs[0].train, "loss"), 3.5);
}

TEST_F(Trainer, StopsAfterSteps) {
  plan.maxSteps = 4;
  plan.epochs = 0;
  EXPECT_EQ(cantFail(run()).steps, 4);
  ASSERT_EQ(epochs.size(), 2u);
  EXPECT_EQ(epochs[1].epochs, 2);
  EXPECT_EQ(epochs[1].lastStep, 4);
  EXPECT_EQ(get(epochs[1].train, "loss"), 1.5);
}

TEST_F(Trainer, StopsWhenAsked) {
  observer.onStep = [this](const StepRecord &record) {
    stop = record.step == 2;
  };
  TrainingResult result = cantFail(run());
  EXPECT_EQ(result.end, TrainingEnd::Stopped);
  EXPECT_EQ(result.steps, 2);
  EXPECT_TRUE(epochs.empty());
}

TEST_F(Trainer, TrainsWithLessThanABatch) {
  use(4, 6);
  cantFail(run());
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_EQ(get(steps[0].reports, "loss"), 4.5);
  EXPECT_EQ(*static_cast<float *>(model->getState().data()), 0.5f);
  EXPECT_EQ(get(epochs[0].train, "loss"), 4.5); // its name still lives
}

TEST_F(Trainer, RefusesDataThatLeaveNoStep) {
  use(4, 6);
  plan.dropLast = true;
  EXPECT_EQ(messageOf(run()),
            "x.npy: a batch of 4 takes more than the 2 samples to train on, "
            "and 'drop_last' leaves no step");
  use(0, 0);
  plan.dropLast = false;
  EXPECT_EQ(messageOf(run()), "x.npy: no samples to train on");
}

TEST_F(Trainer, RefusesDataThatDoNotFit) {
  TestProgram wide(4, /*isF64=*/false);
  wide.program.inputShape = {4, 3};
  model = wide.load();
  EXPECT_EQ(messageOf(run()), "x.npy: a sample has 1 values; the net takes 3");
}

TEST_F(Trainer, RefusesAProgramWithAnotherState) {
  compile = [](int64_t) {
    return Expected<std::unique_ptr<Model>>(makeModel<2>("v"));
  };
  EXPECT_EQ(messageOf(run()), "the code for a batch of 2 does not fit the "
                              "state of the network");
}

TEST_F(Trainer, StopsAtALossThatIsNotFinite) {
  data.inputs.as<float>()[5] = NAN;
  TrainingResult result = cantFail(run());
  EXPECT_EQ(result.end, TrainingEnd::Diverged);
  EXPECT_EQ(result.badStep, 2);
  EXPECT_EQ(result.badName, "loss");
  EXPECT_EQ(steps.size(), 2u);
  EXPECT_TRUE(epochs.empty());
}

// The update of the last step breaks a weight; no loss sees it any more.
TEST_F(Trainer, FindsAWeightThatIsNotFinite) {
  plan.rate = [](int64_t step) { return step == 3 ? INFINITY : 1; };
  TrainingResult result = cantFail(run());
  EXPECT_EQ(result.end, TrainingEnd::Diverged);
  EXPECT_EQ(result.badStep, 3);
  EXPECT_EQ(result.badName, "w");
}

} // namespace gradc
