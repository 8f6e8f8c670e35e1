"""Checks the log of a training: every line, every event, every number.

usage: check_log.py <log> <steps> <epochs> <watched steps>
"""

import json
import math
import sys

path, steps, epochs, watched = sys.argv[1], *map(int, sys.argv[2:])
text = open(path, encoding="utf-8").read()
assert text.endswith("\n"), "the last line is not complete"


def refuse(name):
    raise ValueError(f"{name} is no JSON")


events = [json.loads(line, parse_constant=refuse) for line in text.splitlines()]
kinds = [event["event"] for event in events]
assert kinds[0] == "start" and kinds[-1] == "end", kinds
assert events[0]["net"] == "small" and events[0]["parameters"] == 12730
assert events[-1]["status"] == "done" and events[-1]["last_step"] == steps
assert "test_loss" in events[-1]

step_events = [event for event in events if event["event"] == "step"]
assert [event["step"] for event in step_events] == list(range(1, steps + 1))
for event in step_events:
    assert event["rate"] == 0.1 and event["samples"] == 50
    assert math.isfinite(event["loss"]) and 0 <= event["accuracy"] <= 1
with_probes = [event for event in step_events if "probes" in event]
assert len(with_probes) == watched, len(with_probes)
for event in with_probes:
    for name in ("gradient_norm/dense_1.weight", "delta/dense_2", "dead/dense_1"):
        assert math.isfinite(event["probes"][name]), name

epoch_events = [event for event in events if event["event"] == "epoch"]
assert [event["epoch"] for event in epoch_events] == list(range(1, epochs + 1))
# The mean of an epoch is that of its steps: no digit was lost.
per_epoch = steps // epochs
for index, event in enumerate(epoch_events):
    losses = [e["loss"] for e in step_events[index * per_epoch :][:per_epoch]]
    assert math.isclose(event["loss"], sum(losses) / per_epoch, rel_tol=1e-14)
    assert "val_loss" in event and "val_accuracy" in event
