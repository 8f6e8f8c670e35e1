//===- BatchQueue.cpp - One batch after the other -------------------------===//

#include "BatchQueue.h"
#include "gradc/Execution/Threads.h"

#include <algorithm>

using namespace llvm;

namespace gradc {

/// Whether a batch takes longer to gather than to be handed over, which is two
/// changes of threads and the way from one processor's cache to another's.
/// Sizes decide and no clock: a run must be like the one before it.
static bool isWorthAThread(const Program &program,
                           const data::BatchReader &reader) {
  const double perSample = 60, perElement = 0.25, handOver = 20000; // ns
  double samples = double(program.batch);
  return reader.size() > program.batch && countProcessors() > countThreads() &&
         samples * (perSample + perElement * double(reader.getInputWidth())) >
             handOver;
}

/// More room of that size, filled with zeros; none where there is no memory.
static Block copyRoom(const Block &room) {
  Expected<Block> block = Block::allocate(room.size());
  if (block)
    return std::move(*block);
  consumeError(block.takeError());
  return Block();
}

BatchQueue::BatchQueue(Model &model, const data::BatchReader &reader,
                       bool withTargets, Beside beside)
    : program(model.getProgram()), reader(reader) {
  rooms[0] = {model.getInputs(), withTargets ? model.getTargets() : nullptr};
  rooms[1] = rooms[0];
  bool isWanted = beside == Beside::Always ||
                  (beside == Beside::Auto && isWorthAThread(program, reader));
  if (!isWanted)
    return;
  otherInputs = copyRoom(model.getInputRoom());
  if (rooms[0].targets)
    otherTargets = copyRoom(model.getTargetRoom());
  if (!otherInputs.data() || (rooms[0].targets && !otherTargets.data()))
    return;
  worker = Worker::create([this] { gather(); });
  if (worker)
    rooms[1] = {otherInputs.data(), otherTargets.data()};
}

int64_t BatchQueue::countBytes(const Model &model,
                               const data::BatchReader &reader) {
  int64_t bytes = reader.size() * int64_t(sizeof(int64_t));
  if (isWorthAThread(model.getProgram(), reader))
    bytes += model.getInputRoom().size() + model.getTargetRoom().size();
  return bytes;
}

// The worker may still fill the room that goes with it.
BatchQueue::~BatchQueue() { worker.reset(); }

ArrayRef<int64_t> BatchQueue::getNext() const {
  return ArrayRef(order).drop_front(taken).take_front(program.batch);
}

void BatchQueue::gather() {
  gatherInto(program, reader, getNext(), rooms[turn].inputs,
             rooms[turn].targets);
}

void BatchQueue::start(std::vector<int64_t> positions) {
  stop();
  order = std::move(positions);
  taken = 0;
}

void BatchQueue::stop() {
  if (isGathering)
    worker->finish();
  isGathering = false;
  taken = order.size();
}

BatchQueue::Batch BatchQueue::next() {
  if (isGathering)
    worker->finish();
  else
    gather();
  Batch batch{getNext(), rooms[turn].inputs, rooms[turn].targets};
  taken += batch.positions.size();
  turn = 1 - turn;
  isGathering = worker && !isEmpty();
  if (isGathering)
    worker->begin();
  else
    reader.prefetch(getNext());
  return batch;
}

} // namespace gradc
