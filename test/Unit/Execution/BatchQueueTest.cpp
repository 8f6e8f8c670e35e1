//===- BatchQueueTest.cpp -------------------------------------------------===//

#include "BatchQueue.h"
#include "TestProgram.h"
#include <cstring>
#include <numeric>

using namespace llvm;

namespace gradc {
namespace {
struct BatchQueueTest : testing::TestWithParam<BatchQueue::Beside> {
  static constexpr int64_t batch = 4, count = 1003;

  data::DataSet data = countingData(count);
  data::BatchReader reader{data, data::SampleSet{0, count, {}},
                           data::Transform()};
  std::unique_ptr<Model> model = TestProgram(batch, /*isF64=*/false).load();
  BatchQueue queue{*model, reader, /*withTargets=*/true, GetParam()};

  static std::vector<int64_t> shuffle(uint64_t epoch) {
    return data::epochOrder(count, 7, epoch, true);
  }
  /// Whether the blocks hold the samples, and the last one again behind them.
  static void expectSamples(const BatchQueue::Batch &taken) {
    for (int64_t i = 0; i < batch; ++i) {
      size_t place = std::min<size_t>(i, taken.positions.size() - 1);
      auto x = float(taken.positions[place]);
      EXPECT_EQ(static_cast<const float *>(taken.inputs)[i], x);
      EXPECT_EQ(static_cast<const float *>(taken.targets)[i], 10 * x);
    }
  }
};
} // namespace

TEST_P(BatchQueueTest, GivesEveryBatchInOrder) {
  for (uint64_t epoch = 1; epoch <= 3; ++epoch) {
    std::vector<int64_t> order = shuffle(epoch), seen;
    queue.start(order);
    while (!queue.isEmpty()) {
      BatchQueue::Batch taken = queue.next();
      seen.insert(seen.end(), taken.positions.begin(), taken.positions.end());
      expectSamples(taken);
    }
    EXPECT_EQ(seen, order);
  }
}

// After `stop` the room of the model is the caller's, as in an evaluation.
TEST_P(BatchQueueTest, LeavesTheRoomAlone) {
  for (int taken = 0; taken < 4; ++taken) {
    queue.start(shuffle(1));
    for (int i = 0; i < taken; ++i)
      expectSamples(queue.next());
    queue.stop();
    EXPECT_TRUE(queue.isEmpty());
    std::memset(model->getInputs(), 0, model->getInputRoom().size());
  }
}

TEST_P(BatchQueueTest, BeginsAgainAtAnyTime) {
  for (int taken = 0; taken < 4; ++taken) {
    queue.start(shuffle(1));
    for (int i = 0; i < taken; ++i)
      expectSamples(queue.next());
  }
  queue.start({5, 3});
  BatchQueue::Batch last = queue.next();
  EXPECT_EQ(last.positions, ArrayRef<int64_t>({5, 3}));
  expectSamples(last);
  EXPECT_TRUE(queue.isEmpty());
}

TEST_P(BatchQueueTest, LeavesTargetsOut) {
  BatchQueue inputs(*model, reader, /*withTargets=*/false, GetParam());
  inputs.start(shuffle(2));
  EXPECT_EQ(inputs.next().targets, nullptr);
  EXPECT_EQ(inputs.next().targets, nullptr);
}

INSTANTIATE_TEST_SUITE_P(Threads, BatchQueueTest,
                         testing::Values(BatchQueue::Beside::Never,
                                         BatchQueue::Beside::Always));

TEST(Worker, SeesWhatWasWrittenBefore) {
  int64_t sum = 0, next = 0;
  std::unique_ptr<Worker> worker = Worker::create([&] { sum += next; });
  ASSERT_TRUE(worker);
  for (next = 1; next <= 1000; ++next) {
    worker->begin();
    worker->finish();
  }
  EXPECT_EQ(sum, 500500);
  worker->begin(); // it ends before the worker does
  worker.reset();
  EXPECT_EQ(sum, 501501);
}

} // namespace gradc
