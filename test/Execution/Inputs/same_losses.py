"""Compares the losses of two logs: same_losses.py A B TOLERANCE."""
import json
import sys


def read_losses(path):
    """The loss of every step of a log."""
    with open(path) as file:
        events = [json.loads(line) for line in file]
    return [event["loss"] for event in events if event["event"] == "step"]


def main():
    first, second = read_losses(sys.argv[1]), read_losses(sys.argv[2])
    tolerance = float(sys.argv[3])
    if not first or len(first) != len(second):
        sys.exit(f"{len(first)} and {len(second)} steps")
    for step, (a, b) in enumerate(zip(first, second), 1):
        if abs(a - b) > tolerance * abs(a):
            sys.exit(f"step {step}: {a!r} and {b!r}")


main()
