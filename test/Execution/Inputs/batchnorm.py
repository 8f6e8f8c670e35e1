"""Computes the predictions of a net with one batch normalization.

batchnorm.py data FILE: writes samples.
batchnorm.py outputs WEIGHTS OUTPUTS...: holds outputs to the formula.
"""
import math
import sys

from npy_file import write_rows
from philox import read_tensors

SAMPLES = [[math.sin(3 * i + j) for j in range(3)] for i in range(17)]


def predict(tensors, sample):
    """x W, normalized by the running statistics; tanh; x W + b."""
    hidden = []
    for unit in range(5):
        z = sum(x * tensors["dense_1.weight"][5 * i + unit] for i, x in enumerate(sample))
        mean, variance = (tensors["batchnorm.running_" + s][unit] for s in ("mean", "var"))
        z = (z - mean) / math.sqrt(variance + 1e-5)
        hidden.append(math.tanh(
            tensors["batchnorm.gamma"][unit] * z + tensors["batchnorm.beta"][unit]))
    return [sum(h * tensors["dense_2.weight"][3 * i + unit] for i, h in enumerate(hidden))
            + tensors["dense_2.bias"][unit] for unit in range(3)]


def main():
    if sys.argv[1] == "data":
        return write_rows(sys.argv[2], SAMPLES)
    tensors = {name: values for name, (values, _) in read_tensors(sys.argv[2]).items()}
    assert any(tensors["batchnorm.running_mean"])
    assert all(v != 1 for v in tensors["batchnorm.running_var"])
    exact = [y for sample in SAMPLES for y in predict(tensors, sample)]
    for path in sys.argv[3:]:
        outputs = [float(x) for x in open(path).read().split()]
        assert len(outputs) == len(exact), len(outputs)
        assert max(abs(a - b) for a, b in zip(outputs, exact)) < 1e-13, (outputs, exact)


main()
