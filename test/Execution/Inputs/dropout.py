"""Trains dropout.net again: dropout.py data|weights|outputs FOLDER ..."""
import math
import os
import sys

from npy_file import write_rows
from philox import MASK, check_known_answers, hash_name, philox, read_tensors

SAMPLES, FEATURES, BATCH, RATE, SEED = 9, 333, 3, 0.01, 7
INPUTS = [[(1 + (FEATURES * i + j) % 7) / 8 for j in range(FEATURES)] for i in range(SAMPLES)]
TARGETS = [[i / 4 - 1] for i in range(SAMPLES)]


def make_mask(name, step, p):
    """0 where the first word of the element's block is below p 2^32."""
    key = [SEED & MASK, hash_name(name) ^ (SEED >> 32)]
    count = BATCH * FEATURES
    kept = [philox([i, 0, step, 0], key)[0] >= round(p * 2**32) for i in range(count)]
    # Five deviations: the share of what is kept.
    share = sum(kept) / count
    assert abs(share - (1 - p)) < 5 * math.sqrt(p * (1 - p) / count), share
    return [k / (1 - p) for k in kept]


def multiply(row, weight):
    return math.fsum(x * w for x, w in zip(row, weight))


def train():
    weight, bias = [0.0] * FEATURES, 1.0
    for step in range(1, SAMPLES // BATCH + 1):
        masks = make_mask("dropout", step, 0.3), make_mask("narrow", step, 0.5)
        rows, deltas = [], []
        for i in range(BATCH):
            sample = (step - 1) * BATCH + i
            rows.append([x * masks[0][FEATURES * i + j] * masks[1][FEATURES * i + j]
                         for j, x in enumerate(INPUTS[sample])])
            error = multiply(rows[-1], weight) + bias - TARGETS[sample][0]
            deltas.append(2 * error / BATCH)
        weight = [w - RATE * multiply(column, deltas)
                  for w, column in zip(weight, zip(*rows))]
        bias -= RATE * sum(deltas)
    return weight + [bias]


def largest_error(ours, exact):
    assert len(ours) == len(exact)
    return max(abs(a - b) for a, b in zip(ours, exact))


def main():
    command, folder = sys.argv[1:3]
    if command == "data":
        os.makedirs(folder, exist_ok=True)
        write_rows(os.path.join(folder, "x.npy"), INPUTS)
        write_rows(os.path.join(folder, "y.npy"), TARGETS)
        return
    check_known_answers()
    tensors = read_tensors(sys.argv[3])
    weight, (bias,) = tensors["dense.weight"][0], tensors["dense.bias"][0]
    if command == "weights":
        error = largest_error(weight + [bias], train())
        assert error <= float(sys.argv[4]), error
        return
    outputs = [float(x) for x in open(sys.argv[4]).read().split()]
    error = largest_error(outputs, [multiply(row, weight) + bias for row in INPUTS])
    assert error < 1e-12, error


main()
