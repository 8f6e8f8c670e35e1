//===- Worker.cpp - A thread that helps when asked ------------------------===//

#include "Worker.h"

#include <csignal>
#include <sched.h>
#include <unistd.h>

namespace gradc {

std::unique_ptr<Worker> Worker::create(std::function<void()> work) {
  std::unique_ptr<Worker> worker(new Worker(std::move(work)));
  auto run = [](void *worker) -> void * {
    static_cast<Worker *>(worker)->run();
    return nullptr;
  };
  // Signals stay with the thread that looks after them.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int status = pthread_create(&worker->thread, nullptr, run, worker.get());
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  worker->hasThread = status == 0;
  return worker->hasThread ? std::move(worker) : nullptr;
}

Worker::~Worker() {
  if (!hasThread)
    return;
  change(State::Idle, State::Ending);
  pthread_join(thread, nullptr);
}

/// Waits for one state and makes it another.
void Worker::change(State from, State to) {
  std::unique_lock<std::mutex> lock(mutex);
  changed.wait(lock, [&] { return state == from; });
  state = to;
  lock.unlock();
  changed.notify_one();
}

void Worker::begin() { change(State::Idle, State::Working); }

void Worker::finish() {
  std::unique_lock<std::mutex> lock(mutex);
  changed.wait(lock, [&] { return state == State::Idle; });
}

void Worker::run() {
  std::unique_lock<std::mutex> lock(mutex);
  while (true) {
    changed.wait(lock, [&] { return state != State::Idle; });
    if (state == State::Ending)
      return;
    lock.unlock();
    work();
    lock.lock();
    state = State::Idle;
    changed.notify_one();
  }
}

} // namespace gradc
