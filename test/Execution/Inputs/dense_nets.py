"""Chains of dense layers: files for gradc, and the same arithmetic in Python.

Matrices are lists of rows. Needs only the standard library.
"""

import array
import json
import math
import random
import struct
import subprocess
import sys
from operator import mul
from pathlib import Path

from npy_file import read_npy, write_rows

sys.path.append(str(Path(__file__).parents[2] / "Reference"))
from safetensors_file import read_safetensors  # noqa: E402

# Value of an activation, and its slope by that value.
ACTIVATIONS = {
    "identity": (lambda z: z, lambda y: 1.0),
    "tanh": (math.tanh, lambda y: 1 - y * y),
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), lambda y: y * (1 - y)),
}


class Chain:
    """A net of dense layers, with weights, one batch and its targets."""

    def __init__(self, name, batch, widths, draw):
        self.name, self.batch, self.widths = name, batch, widths
        words = list(ACTIVATIONS)
        self.acts = [words[i % 3] for i in range(len(widths) - 2)] + ["identity"]
        self.x = draw_matrix(draw, batch, widths[0], 1.0)
        self.targets = draw_matrix(draw, batch, widths[-1], 1.0)
        self.weights, self.biases = [], []
        for inputs, units in zip(widths, widths[1:]):
            self.weights.append(draw_matrix(draw, inputs, units, inputs**-0.5))
            self.biases.append(draw_matrix(draw, 1, units, 0.5)[0])

    def write(self, folder, optimizer="sgd lr=0.1"):
        """Writes <name>.net and all it reads."""
        layers = [
            f"  dense {units}\n  {act}\n"
            for units, act in zip(self.widths[1:], self.acts)
        ]
        text = (
            f'data {{\n  source npy "{self.name}-x.npy" "{self.name}-y.npy"\n'
            f"  shuffle off\n}}\nnet {self.name} {{\n  input x[{self.widths[0]}]\n"
            f"{''.join(layers)}}}\ntrain {{\n  loss mse\n"
            f"  optimizer {optimizer}\n  batch {self.batch}\n  epochs 1\n}}\n"
        )
        (folder / f"{self.name}.net").write_text(text)
        write_rows(folder / f"{self.name}-x.npy", self.x, "f4")
        write_rows(folder / f"{self.name}-y.npy", self.targets, "f4")
        tensors = {}
        for i, (w, b) in enumerate(zip(self.weights, self.biases), start=1):
            tensors[f"dense_{i}.weight"] = w
            tensors[f"dense_{i}.bias"] = b
        write_safetensors(folder / f"{self.name}-w.safetensors", tensors)

    def forward(self):
        """What each layer is given; at last, what the net gives."""
        values = [self.x]
        for w, b, act in zip(self.weights, self.biases, self.acts):
            function, columns = ACTIVATIONS[act][0], transpose(w)
            values.append(
                [
                    [function(dot(row, c) + s) for c, s in zip(columns, b)]
                    for row in values[-1]
                ]
            )
        return values

    def gradients(self, values):
        """{name: flat list} of the gradients of the mean squared error."""
        factor = 2 / (self.batch * self.widths[-1])
        delta = [
            [factor * (y - t) for y, t in zip(*rows)]
            for rows in zip(values[-1], self.targets)
        ]
        gradients = {}
        for i in range(len(self.weights), 0, -1):
            slope = ACTIVATIONS[self.acts[i - 1]][1]
            delta = [
                [d * slope(y) for d, y in zip(*rows)] for rows in zip(delta, values[i])
            ]
            by_unit = transpose(delta)
            gradients[f"dense_{i}.bias"] = [math.fsum(column) for column in by_unit]
            gradients[f"dense_{i}.weight"] = [
                dot(x, d) for x in transpose(values[i - 1]) for d in by_unit
            ]
            delta = [[dot(d, w) for w in self.weights[i - 1]] for d in delta]
        return gradients


def dot(x, y):
    return sum(map(mul, x, y))


def transpose(matrix):
    return list(zip(*matrix))


def draw_matrix(draw, rows, columns, size):
    """Floats in [-size, size] that f32 holds exactly."""
    values = array.array("f", (draw.uniform(-size, size) for _ in range(rows * columns)))
    return [values[i * columns : (i + 1) * columns].tolist() for i in range(rows)]


def to_bytes(matrix):
    values = array.array("f")
    for row in matrix if isinstance(matrix[0], list) else [matrix]:
        values.extend(row)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def write_safetensors(path, tensors):
    header, body = {}, b""
    for name, values in tensors.items():
        data = to_bytes(values)
        shape = [len(values)]
        if isinstance(values[0], list):
            shape.append(len(values[0]))
        offsets = [len(body), len(body) + len(data)]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def run_gradc(folder, *words):
    run = subprocess.run(["gradc", *words], cwd=folder, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"gradc {' '.join(words)}: ended with {run.returncode}\n{run.stderr}")


def find_gradients(folder, chain, options):
    """What --dump-gradients writes, as bytes and as numbers."""
    name = f"{chain.name}-g.safetensors"
    run_gradc(
        folder, f"{chain.name}.net", f"--weights={chain.name}-w.safetensors", "-q",
        "--steps=1", "--watch=0", f"--dump-gradients={name}", "-o", "w.safetensors",
        *options,
    )
    return (folder / name).read_bytes(), read_safetensors(folder / name)


def predict(folder, chain, options=()):
    """The flat outputs of `gradc predict` for the batch."""
    run_gradc(
        folder, "predict", f"{chain.name}.net", f"--data={chain.name}-x.npy",
        f"--weights={chain.name}-w.safetensors", "-o", "p.npy", *options,
    )
    return read_npy(folder / "p.npy")


def worst_error(values, expected):
    """The largest difference, in units of the largest value expected."""
    if len(values) != len(expected):
        return math.inf
    scale = max(map(abs, expected))
    worst = max(abs(x - y) for x, y in zip(values, expected))
    return worst / scale if math.isfinite(worst) else math.inf
