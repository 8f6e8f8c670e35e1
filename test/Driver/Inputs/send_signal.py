"""Sends a signal to a training after its first epoch.

usage: send_signal.py <signal> <count> <code> <command>...

The signal is sent <count> times, at once; the exit code must be <code>.
"""

import signal
import subprocess
import sys

name, count, wanted = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
# A shell ignores SIGINT for what it runs in the background; not here.
signal.signal(signal.SIGINT, signal.SIG_DFL)
run = subprocess.Popen(sys.argv[4:], stdout=subprocess.PIPE, text=True)
for line in run.stdout:
    if line.startswith("Epoch"):
        for _ in range(count):
            run.send_signal(getattr(signal, name))
        break
rest = run.stdout.read()
sys.stdout.write(rest)
code = run.wait()
# A process that a signal ended has no exit code of its own.
code = 128 - code if code < 0 else code
if code != wanted:
    sys.exit(f"exit code {code} instead of {wanted}")
