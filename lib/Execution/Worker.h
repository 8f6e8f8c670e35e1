//===- Worker.h - A thread that helps when asked ----------------*- C++ -*-===//

#ifndef GRADC_LIB_EXECUTION_WORKER_H
#define GRADC_LIB_EXECUTION_WORKER_H

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <pthread.h>

namespace gradc {

/// Does one thing each time it is asked, beside the thread that asks. What one
/// of them wrote before `begin` or `finish` the other sees after it.
class Worker {
public:
  /// A thread for `work`; null where none can be had.
  static std::unique_ptr<Worker> create(std::function<void()> work);
  /// Waits for what was begun.
  ~Worker();

  /// Runs the work once; what was begun before must be finished.
  void begin();
  /// Waits until it is done.
  void finish();

private:
  std::function<void()> work;
  pthread_t thread;
  bool hasThread = false;
  std::mutex mutex;
  std::condition_variable changed;
  enum class State { Idle, Working, Ending } state = State::Idle;

  explicit Worker(std::function<void()> work) : work(std::move(work)) {}
  void run();
  void change(State from, State to);
};

} // namespace gradc

#endif // GRADC_LIB_EXECUTION_WORKER_H
