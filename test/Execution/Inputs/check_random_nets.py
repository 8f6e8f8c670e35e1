"""Checks random nets: gradients, and that all ways to compile agree.

usage: check_random_nets.py <folder> <first> <end> [--train=<n>]

Each net of a number from <first> to <end> - 1 must pass `gradc check`, which
compares its gradients in f64 with differences of the loss. Every n-th is trained
as well, as fast code in f32 and as plain loops in f64: losses and weights must
agree. What fails is printed with its net. Nets are counted apart of which a
parameter has no gradient, as behind units that are all off.
"""

import json
import math
import subprocess
import sys
from pathlib import Path

from random_nets import RandomNet

sys.path.append(str(Path(__file__).parents[2] / "Reference"))
from safetensors_file import read_safetensors  # noqa: E402

LEVELS = ["-O2", "-O2", "-O1", "-O3", "-O0"]
TOLERANCE = 2e-4


def run(folder, *words):
    """Runs gradc; what it says if it fails, else nothing."""
    command = ["gradc", *words, "-q", "--cache=off"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return f"{' '.join(command)}\n{done.stderr}" if done.returncode else ""


def train(folder, net, name, *options):
    """Losses and final weights of a training, or what gradc says."""
    failure = run(folder, net, "-o", f"{name}.safetensors", f"--log={name}.jsonl", *options)
    if failure:
        return failure, None
    events = map(json.loads, (folder / f"{name}.jsonl").read_text().splitlines())
    losses = [event["loss"] for event in events if event["event"] == "step"]
    return losses, read_safetensors(folder / f"{name}.safetensors")


def compare(folder, path, level):
    """Trains in two ways; how they differ, if they do."""
    exact, wide = train(folder, path.name, "wide", "--element-type=f64", "-O0")
    losses, weights = train(folder, path.name, "fast", level)
    if wide is None or weights is None:
        return exact if wide is None else losses
    for step, (found, wanted) in enumerate(zip(losses, exact), start=1):
        if not abs(found - wanted) <= TOLERANCE * max(abs(wanted), 0.1):
            return f"loss {found} of step {step} instead of {wanted}"
    for name, values in wide.items():
        size = max(math.hypot(*values), 0.1)
        error = math.dist(values, weights[name]) / size
        if not error <= TOLERANCE:
            return f"'{name}' is wrong by {error:.1e}"
    return ""


def main():
    folder, options = Path(sys.argv[1]), sys.argv[4:]
    first, end = map(int, sys.argv[2:4])
    every = int(options[0].partition("=")[2]) if options else 0
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for number in range(first, end):
        net = RandomNet(number)
        path = net.write(folder)
        level = LEVELS[number % len(LEVELS)]
        failure = run(folder, "check", path.name, level)
        if not failure and every and number % every == 0:
            failure = compare(folder, path, level)
        failed += bool(failure)
        if failure:
            print(f"{number}: {failure}\n{net.get_text()}", flush=True)
    print(f"{failed} of {end - first} nets failed")


main()
