//===- BatchQueue.h - One batch after the other -----------------*- C++ -*-===//

#ifndef GRADC_LIB_EXECUTION_BATCHQUEUE_H
#define GRADC_LIB_EXECUTION_BATCHQUEUE_H

#include "Worker.h"
#include "gradc/Execution/Model.h"

namespace gradc {

/// Gathers the batches of passes over samples. Where it pays, a thread gathers
/// the next batch while the caller works on this one: the batches and their
/// order are the same.
class BatchQueue {
public:
  /// `Auto` asks the sizes and the machine; the others are for tests.
  enum class Beside { Auto, Never, Always };

  /// Of the size that `model` takes. Its room is used, and more where a thread
  /// helps. Both must outlive the queue.
  BatchQueue(Model &model, const data::BatchReader &reader,
             bool withTargets = true, Beside beside = Beside::Auto);
  ~BatchQueue();

  /// Bytes that a queue asks for, during a pass over all samples.
  static int64_t countBytes(const Model &model,
                            const data::BatchReader &reader);

  /// Begins a pass over the samples at these positions.
  void start(std::vector<int64_t> positions);
  /// Gives up the rest of the pass: nothing is written to the model's room.
  void stop();
  bool isEmpty() const { return taken == order.size(); }

  /// What a function is called with.
  struct Batch {
    /// The samples; where there are fewer than a batch, the last is repeated.
    llvm::ArrayRef<int64_t> positions;
    const void *inputs, *targets;
  };
  /// The next batch of the pass, which is not empty. The one before is lost.
  Batch next();

private:
  struct Room {
    void *inputs, *targets;
  };

  const Program &program;
  const data::BatchReader &reader;
  std::vector<int64_t> order;
  size_t taken = 0;         ///< samples that were given out
  Room rooms[2];            ///< by turns; one and the same without a thread
  int turn = 0;             ///< whose room the next batch gets
  bool isGathering = false; ///< the worker has begun the next batch
  Block otherInputs, otherTargets;
  std::unique_ptr<Worker> worker;

  void gather();
  llvm::ArrayRef<int64_t> getNext() const;
};

} // namespace gradc

#endif // GRADC_LIB_EXECUTION_BATCHQUEUE_H
