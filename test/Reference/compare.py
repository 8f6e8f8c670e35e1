#!/usr/bin/env python3
"""Holds gradc's trainings to the references that make_references.py made.

Usage: compare.py [--element-type=f64|f32] GRADC NET...

Every net is trained with the stored initial weights, in both element types
unless one is named. The loss of every step, the norms of the first gradients
and the final weights must agree with the float64 reference: in f64 nearly to
the last digits, in f32 to eight times the error of a float32 PyTorch run, or a
floor. Needs only the standard library.
"""

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from safetensors_file import read_safetensors

# Bounds of the relative errors. The float32 values are floors.
FLOAT64 = {"loss": 1e-10, "weight_norm": 1e-9, "gradient_norm": 1e-9}
FLOAT32 = {"loss": 2e-6, "weight_norm": 1e-5, "gradient_norm": 1e-5}
TORCH_FACTOR = 8


class Mismatch(Exception):
    """A training that does not match its reference."""


def tolerances(element_type, reference):
    """Bounds of the relative errors of one net."""
    if element_type == "f64":
        return FLOAT64
    errors = reference["torch_float32_error"]
    return {
        kind: max(floor, TORCH_FACTOR * errors[kind])
        for kind, floor in FLOAT32.items()
    }


def run_gradc(gradc, net, element_type, folder, options=()):
    """Trains in `folder`; returns losses, first gradients and final weights."""
    for suffix in (".net", "-x.npy", "-y.npy", "-weights.safetensors"):
        shutil.copy(net.with_name(net.stem + suffix), folder)
    command = [gradc, "train", net.name, f"--weights={net.stem}-weights.safetensors"]
    command += ["--log=log.jsonl", "--progress=none", "-o", "final.safetensors"]
    command += [f"--element-type={element_type}"]
    command += ["--dump-gradients=gradients.safetensors", *options]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if run.returncode != 0:
        raise Mismatch(f"gradc ended with {run.returncode}:\n{run.stderr}")
    return (
        read_losses(folder / "log.jsonl"),
        read_safetensors(folder / "gradients.safetensors"),
        read_safetensors(folder / "final.safetensors"),
    )


def read_losses(path):
    """The losses of the step events of a log, which must count from 1."""
    with open(path, encoding="utf-8") as file:
        events = [json.loads(line) for line in file if line.strip()]
    steps = [event for event in events if event.get("event") == "step"]
    if [event.get("step") for event in steps] != list(range(1, len(steps) + 1)):
        raise Mismatch("the log's steps do not count 1, 2, 3, ...")
    return [event.get("loss") for event in steps]


def relative_error(value, expected):
    """|value - expected| / |expected|, or |value| where 0 is expected.

    Infinite unless `value` is a number.
    """
    if value is None or isinstance(value, str) or not math.isfinite(value):
        return math.inf
    return abs(value - expected) / (abs(expected) or 1)


def check(what, value, expected, tolerance):
    """Returns the error of `value`, or raises if it is above the tolerance."""
    error = relative_error(value, expected)
    if error > tolerance:
        raise Mismatch(
            f"{what}: {value!r} instead of {expected!r} "
            f"(error {error:.2e}, tolerance {tolerance:.2e})"
        )
    return error


def check_losses(losses, expected, tolerance):
    """Returns the largest error of a loss curve."""
    if len(losses) != len(expected):
        raise Mismatch(f"{len(losses)} steps instead of {len(expected)}")
    return max(
        check(f"loss of step {step}", *pair, tolerance)
        for step, pair in enumerate(zip(losses, expected), start=1)
    )


def check_names(what, tensors, expected):
    """Raises unless the file holds exactly the expected tensors."""
    if tensors.keys() != expected.keys():
        raise Mismatch(f"{what} {sorted(tensors)} instead of {sorted(expected)}")


def norm(values):
    """Square root of the sum of squares, in any range."""
    return math.hypot(*values)


def check_norms(what, tensors, expected, tolerance):
    """Returns the largest error of the norms of some tensors."""
    check_names(f"{what}s", tensors, expected)
    return max(
        check(f"{what} norm of {name}", norm(tensors[name]), value, tolerance)
        for name, value in expected.items()
    )


def check_sums(weights, expected, tolerance):
    """Raises unless the sums agree, relative to the largest sum of that norm."""
    for name, values in weights.items():
        scale = expected[name]["norm"] * math.sqrt(len(values))
        difference = math.fsum(values) - expected[name]["sum"]
        check(f"weight sum of {name}", 1 + difference / scale, 1.0, tolerance)


def compare(gradc, net, element_type):
    """Trains one net and prints its worst errors; raises `Mismatch`."""
    with open(net.with_suffix(".json"), encoding="utf-8") as file:
        reference = json.load(file)
    bounds = tolerances(element_type, reference)
    with tempfile.TemporaryDirectory() as folder:
        run = run_gradc(gradc, net, element_type, Path(folder))
    losses, gradients, weights = run
    expected = {name: entry["norm"] for name, entry in reference["weights"].items()}
    loss = check_losses(losses, reference["losses"], bounds["loss"])
    gradient = check_norms(
        "gradient", gradients, reference["gradient_norms"], bounds["gradient_norm"]
    )
    weight = check_norms("weight", weights, expected, bounds["weight_norm"])
    check_sums(weights, reference["weights"], bounds["weight_norm"])
    print(
        f"{net.stem} {element_type}: {len(losses)} steps, worst errors: "
        f"loss {loss:.1e} (tolerance {bounds['loss']:.1e}), "
        f"gradient norms {gradient:.1e}, weight norms {weight:.1e}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--element-type", choices=["f64", "f32"])
    parser.add_argument("gradc")
    parser.add_argument("nets", nargs="+", type=Path, metavar="net")
    arguments = parser.parse_args()
    gradc = shutil.which(arguments.gradc)
    if not gradc:
        parser.error(f"no program '{arguments.gradc}'")
    gradc = str(Path(gradc).resolve())  # every run has its own folder
    only = arguments.element_type
    element_types = [only] if only else ["f64", "f32"]
    failed = False
    for net in arguments.nets:
        for element_type in element_types:
            try:
                compare(gradc, net.resolve(), element_type)
            except (Mismatch, OSError, ValueError) as problem:
                failed = True
                print(f"{net.stem} {element_type}: FAILED: {problem}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
