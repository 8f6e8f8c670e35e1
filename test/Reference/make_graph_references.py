#!/usr/bin/env python3
"""Makes the references of nets that branch and join, by PyTorch.

As make_layer_references.py, whose trainer runs the layers in between.
"""

from collections import Counter

import torch
from torch.nn import functional

from make_layer_references import Net, Trainer, write_references
from reference_nets import read_words

NETS = [
    Net("skip",
        "residual units: as they are, projected, inside one another",
        (15,), ("dense 16", "tanh", "skip {", "dense 16", "sigmoid", "}",
                "skip {", "dense 33 bias=off", "batchnorm", "tanh", "dense 17", "}",
                "tanh", "outer: skip {", "sigmoid", "skip {", "dense 17", "tanh", "}",
                "dense 17", "}", "tanh", "dense 2"), 2, 17, 50),
    Net("skip-images",
        "residual units of images: as they are and projected with a stride",
        (2, 7, 9), ("conv 5 3x3 pad=same", "skip {", "tanh", "conv 5 3x3 pad=same bias=off",
                    "batchnorm", "}", "tanh", "skip {", "conv 4 3x3 stride=2 pad=same",
                    "tanh", "conv 4 3x3 pad=same", "}", "tanh", "skip {",
                    "conv 3 2x2 stride=2 pad=same", "}", "sigmoid", "flatten", "dense 1"), 1, 8, 23),
    Net("concat-images",
        "channels one behind the other, and the sum of three images",
        (2, 5, 3), ("start: conv 3 3x3 pad=same", "tanh", "wide: conv 3 5x1 pad=same",
                    "sigmoid", "add start wide", "concat wide start", "conv 2 1x1", "tanh",
                    "flatten", "dense 2"), 2, 13, 30),
]


class GraphTrainer(Trainer):
    """Runs statements with labels and bodies."""

    def conv(self, name, x, values, options):
        filters, size = int(values[0]), tuple(map(int, values[1].split("x")))
        inputs, stride = x.shape[1], int(options.get("stride", 1))
        fan = inputs * size[0] * size[1]
        weight = self.parameter(name + ".weight", (filters, inputs, *size), 0, fan**-0.5)
        if options.get("pad") == "same":
            # The smaller half above and on the left, as in Keras.
            whole = [max(k - 1 - (n - 1) % stride, 0) for n, k in zip(x.shape[2:], size)]
            sides = [side for all in reversed(whole) for side in (all // 2, all - all // 2)]
            x = functional.pad(x, sides)
        bias = None
        if options.get("bias") != "off":
            bias = self.parameter(name + ".bias", filters, 0, 0.1)
        return functional.conv2d(x, weight, bias, stride=stride)

    def project(self, name, x, shape):
        """What is added where the body gives another shape."""
        if x.shape == shape:
            return x
        if x.dim() == 2:
            return self.dense(name, x, [shape[1]], {"bias": "off"})
        stride = next(s for s in range(1, x.shape[2] + 1)
                      if all((n - 1) // s + 1 == k for n, k in zip(x.shape[2:], shape[2:])))
        return self.conv(name, x, [shape[1], "1x1"], {"bias": "off", "stride": stride})

    def run(self, lines, x, prefix=""):
        """Runs statements up to the `}` that closes their body."""
        statements = list(split_statements(lines))
        totals = Counter(word for label, word, *_ in statements if not label)
        seen = Counter()
        for label, word, values, options, body in statements:
            seen[word] += not label
            number = f"_{seen[word]}" if totals[word] > 1 else ""
            name = prefix + (label or word + number)
            if word == "skip":
                inside = self.run(body, x, name + ".")
                x = self.project(name + ".projection", x, inside.shape) + inside
            elif word == "add":
                x = sum((self.labels[label] for label in values), start=x)
            elif word == "concat":
                x = torch.cat([x, *(self.labels[label] for label in values)], dim=1)
            else:
                x = getattr(self, word)(name, x, values, options)
            self.labels[label] = x
        return x

    def forward(self, x):
        self.labels = {}
        return self.run(self.net.layers, x)


def split_statements(lines):
    """Label, word, values, options and the lines of the body of each statement."""
    lines = list(lines)
    while lines:
        label, _, line = lines.pop(0).rpartition(": ")
        body, depth = [], line.endswith("{")
        while depth:
            body.append(lines.pop(0))
            depth += body[-1].endswith("{") - (body[-1] == "}")
        yield label, *read_words(line.rstrip(" {")), body[:-1]


if __name__ == "__main__":
    write_references(NETS, GraphTrainer)
