#!/usr/bin/env python3
"""Holds gradc's predictions to those that make_option_references.py made.

Usage: compare_outputs.py GRADC NET

In f64 they must agree nearly to the last digits, in f32 to 1e-6.
"""

import json
import subprocess
import sys
from pathlib import Path

TOLERANCES = {"f64": 1e-14, "f32": 1e-6}


def predict(gradc, net, element_type):
    """The numbers that gradc gives for the samples beside the net."""
    command = [gradc, "predict", str(net), f"--element-type={element_type}",
               f"--weights={net.with_suffix('')}-weights.safetensors",
               f"--data={net.with_suffix('')}-x.npy"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    return [[float(x) for x in line.split()] for line in run.stdout.splitlines()]


def main():
    gradc, net = sys.argv[1], Path(sys.argv[2])
    expected = json.loads(net.with_suffix(".json").read_text())["outputs"]
    for element_type, tolerance in TOLERANCES.items():
        found = predict(gradc, net, element_type)
        if [len(row) for row in found] != [len(row) for row in expected]:
            sys.exit(f"{element_type}: {len(found)} predictions")
        error = max(abs(a - b) / max(abs(b), 1) for row, wanted in zip(found, expected)
                    for a, b in zip(row, wanted))
        print(f"{net.stem} {element_type}: worst error {error:.1e}")
        if not error <= tolerance:
            sys.exit(f"{element_type}: an output is off by {error:.1e}")


main()
