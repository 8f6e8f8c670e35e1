"""Checks the reports `through_time/<layer>/<step>` of a log.

usage: check_through_time.py <log> <layer> <steps>

Each watched step has a number for each step of the sequence. They fall towards
the first step: the gradient of a plain recurrent layer vanishes.
"""

import json
import sys

log, layer, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(log) as file:
    events = [json.loads(line) for line in file]
watched = 0
for event in events:
    probes = event.get("probes", event)
    names = [name for name in probes if name.startswith("through_time/")]
    if not names:
        continue
    watched += 1
    if names != [f"through_time/{layer}/{step}" for step in range(steps)]:
        sys.exit(f"other names: {names}")
    values = [probes[name] for name in names]
    if not all(value > 0 for value in values) or values[0] >= 0.1 * values[-1]:
        sys.exit(f"the gradient does not vanish: {values}")
if watched == 0:
    sys.exit("no step was watched through time")
print(f"{watched} steps, the last one {values[0]:.1e} to {values[-1]:.1e}")
