//===- Signals.h - Stopping a training in good order ------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_SIGNALS_H
#define GRADC_LIB_DRIVER_SIGNALS_H

namespace gradc {

/// Set by the first SIGINT, SIGTERM or SIGHUP after `catchSignals`, and by
/// whoever else wants the training to stop after this step.
extern volatile bool stopRequested;

/// From now on such a signal asks to stop; a second one ends the program at
/// once. Those that were ignored, as SIGHUP is by nohup, stay so.
void catchSignals();

/// The signal that came, or 0.
int getStopSignal();

} // namespace gradc

#endif // GRADC_LIB_DRIVER_SIGNALS_H
