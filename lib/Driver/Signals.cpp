//===- Signals.cpp - Stopping a training in good order --------------------===//

#include "Signals.h"

#include <csignal>
#include <initializer_list>
#include <unistd.h>

namespace gradc {

volatile bool stopRequested = false;
static volatile std::sig_atomic_t stopSignal = 0;

static void handle(int number) {
  if (stopSignal != 0)
    _exit(128 + number);
  stopSignal = number;
  stopRequested = true;
}

void catchSignals() {
  for (int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction old, action = {};
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    if (sigaction(number, nullptr, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaction(number, &action, nullptr);
  }
}

int getStopSignal() { return stopSignal; }

} // namespace gradc
