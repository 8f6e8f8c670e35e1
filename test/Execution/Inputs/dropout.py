"""Trains dropout.net again: dropout.py data|weights|outputs FOLDER ..."""
import sys
from pathlib import Path

import numpy as np

from philox import MASK, check_known_answers, hash_name, philox, read_tensors

SAMPLES, FEATURES, BATCH, RATE, SEED = 9, 333, 3, 0.01, 7


def make_data():
    inputs = 1 + np.arange(SAMPLES * FEATURES).reshape(SAMPLES, FEATURES) % 7
    return inputs.astype(np.float32) / 7, np.linspace(-1, 1, SAMPLES, dtype=np.float32)[:, None]


def make_mask(name, step, p):
    """0 where the first word of the element's block is below p 2^32."""
    key = [SEED & MASK, hash_name(name) ^ (SEED >> 32)]
    words = [philox([i, 0, step, 0], key)[0] for i in range(BATCH * FEATURES)]
    kept = np.array(words).reshape(BATCH, FEATURES) >= round(p * 2**32)
    # Five deviations: the share of what is kept.
    assert abs(kept.mean() - (1 - p)) < 5 * np.sqrt(p * (1 - p) / kept.size), kept.mean()
    return kept / (1 - p)


def train():
    inputs, targets = (array.astype(np.float64) for array in make_data())
    weight, bias = np.zeros((FEATURES, 1)), np.ones(1)
    for step in range(1, SAMPLES // BATCH + 1):
        rows = slice((step - 1) * BATCH, step * BATCH)
        x = inputs[rows] * make_mask("dropout", step, 0.3) * make_mask("narrow", step, 0.5)
        delta = 2 * (x @ weight + bias - targets[rows]) / BATCH
        weight, bias = weight - RATE * x.T @ delta, bias - RATE * delta.sum(0)
    return weight, bias


def main():
    command, folder = sys.argv[1], Path(sys.argv[2])
    if command == "data":
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in zip("xy", make_data()):
            np.save(folder / f"{name}.npy", array)
        return
    check_known_answers()
    tensors = read_tensors(sys.argv[3])
    weight, bias = (np.array(tensors[f"dense.{name}"][0]) for name in ("weight", "bias"))
    if command == "weights":
        for ours, exact in zip((weight, bias), train()):
            error = np.abs(ours - exact.ravel()).max()
            assert error <= float(sys.argv[4]), error
        return
    outputs = make_data()[0] @ weight + bias
    assert np.abs(outputs - np.loadtxt(sys.argv[4])).max() < 1e-12


main()
