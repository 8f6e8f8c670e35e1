#!/usr/bin/env python3
"""Measures Nielsen's "speed of learning" before training, on real MNIST.

Usage: nielsen_norms.py GRADC NET; GRADC_MNIST names the folder with MNIST.

The speed of a hidden layer is the norm of dC/db, where C is the mean over the
first 1,000 training images of the summed cross-entropy of the ten outputs
(Nielsen, Neural Networks and Deep Learning, chapter 5: 0.003, 0.017, 0.070 and
0.285). One seed may fall outside a band that holds 90 % of all seeds, so the
median of several is compared; the order of the layers must hold for each.
"""

import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from safetensors_file import read_safetensors

SEEDS = range(1, 6)
# From the 5th to the 95th percentile of 200 initializations.
BANDS = [(0.0012, 0.0042), (0.0067, 0.020), (0.037, 0.091), (0.20, 0.42)]
RATIO_BAND = (80, 195)  # of the last hidden layer to the first


def measure(gradc, net, seed):
    """Norm of the first step's dC/db of each hidden layer, from the first on."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "gradients.safetensors"
        command = [gradc, "train", net, f"--data={os.environ['GRADC_MNIST']}"]
        command += [f"--seed={seed}", "--steps=1", "--progress=none"]
        command += [f"--dump-gradients={file}", "-o", "weights.safetensors"]
        subprocess.run(command, cwd=folder, check=True)
        gradients = read_safetensors(file)
    return [
        math.hypot(*gradients[f"dense_{layer}.bias"])
        for layer in range(1, len(BANDS) + 1)
    ]


def main():
    gradc, net = sys.argv[1:]
    gradc = str(Path(shutil.which(gradc) or gradc).resolve())
    net = str(Path(net).resolve())
    measured, failed = [], False
    for seed in SEEDS:
        norms = measure(gradc, net, seed)
        measured.append(norms)
        print(f"seed {seed}:", *(f"{norm:.5f}" for norm in norms))
        if norms != sorted(norms):
            failed = True
            print(f"seed {seed}: the norms do not grow from layer to layer")
    medians = [statistics.median(layer) for layer in zip(*measured)]
    ratio = statistics.median(norms[-1] / norms[0] for norms in measured)
    names = [f"layer {layer + 1}" for layer in range(len(BANDS))] + ["last/first"]
    for name, value, (low, high) in zip(
        names, medians + [ratio], BANDS + [RATIO_BAND]
    ):
        inside = low <= value <= high
        failed = failed or not inside
        verdict = "" if inside else ": FAILED"
        print(f"{name}: median {value:.5g}, {low} to {high}{verdict}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
