"""Checks the log of a training.

usage: check_log.py <log.jsonl> [<number>{<,>}<bound>]...

The training must have ended well, and the loss of its last epoch must lie below
that of its first; where there is one epoch only, steps are compared. Each further
word bounds a number of the last event, as in 'test_accuracy>0.9'.
"""

import json
import re
import sys
from pathlib import Path


def read_losses(events):
    for kind in ("epoch", "step"):
        losses = [event["loss"] for event in events if event["event"] == kind]
        if len(losses) > 1:
            return losses
    return losses


def check(events, bounds):
    end = events[-1]
    if end.get("status") != "done":
        yield f"the training ended as {end.get('status')!r}"
    losses = read_losses(events)
    if len(losses) < 2 or not losses[-1] < losses[0]:
        yield f"the loss does not fall: {losses[0]} ... {losses[-1]}"
    for bound in bounds:
        name, sign, limit = re.fullmatch(r"(\w+)([<>])(.+)", bound).groups()
        value = end.get(name, float("nan"))
        is_right = value < float(limit) if sign == "<" else value > float(limit)
        if not is_right:
            yield f"{name} is {value}, not {sign} {limit}"


log, *bounds = sys.argv[1:]
events = [json.loads(line) for line in Path(log).read_text().splitlines()]
complaints = list(check(events, bounds))
for complaint in complaints:
    print(f"{log}: {complaint}")
sys.exit(1 if complaints else 0)
