"""Random small nets, each a function of its number: text and data.

Every layer, loss, optimizer, clip and decay of the language occurs. Shapes are
followed here as well, so that what is drawn is always a valid net. Needs only the
standard library.
"""

import random
from math import prod
from pathlib import Path

from npy_file import write_npy
from random_layers import Layers

LOSSES = [
    "crossentropy", "binary_crossentropy", "binary_crossentropy outputs=sum",
    "mse", "mse outputs=sum scale=0.5", "mae", "huber", "huber delta=0.3 scale=2",
]
# A large eps: where a gradient is nearly 0, its sign alone would decide.
OPTIMIZERS = [
    "sgd lr=0.05", "sgd lr=0.02 momentum=0.9", "momentum lr=0.1 gamma=0.8",
    "nesterov lr=0.02 momentum=0.8", "rmsprop lr=0.01 rho=0.8 eps=0.01",
    "adagrad lr=0.05 eps=0.01", "adam lr=0.01 eps=0.01",
    "adam lr=0.02 beta1=0.8 beta2=0.9 eps=0.1",
    "adamw lr=0.01 weight_decay=0.1 eps=0.01",
]
CLIPS = [
    "value 0.05", "tensor 0.3", "layer 0.2", "norm 0.5", "norm 100",
    "value 0.1 ; clip norm 0.1", "norm 0.2 ; clip value 0.02",
]
DECAYS = ["l2 0.01", "l1 0.003", "l1 0.001 ; decay l2 0.02"]


class Draw:
    """A stream of choices that is the same in every version of Python."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def below(self, bound):
        return int(self.random.random() * bound)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def chance(self, share):
        return self.random.random() < share

    def normal(self):
        return sum(self.random.random() for _ in range(12)) - 6


class RandomNet:
    """A net with its samples; `number` is all that it depends on."""

    def __init__(self, number):
        self.name = f"random_{number}"
        draw = Draw(f"gradc {number}")
        layers = Layers(draw)
        layers.draw_body()
        self.loss = draw.pick(LOSSES)
        fewest = 2 if self.loss == "crossentropy" else 1
        self.outputs = draw.between(fewest, 5)
        layers.draw_head(self.outputs, self.loss)
        self.layers, self.input = layers.lines, layers.input
        self.formulas, self.tokens = sorted(layers.formulas), layers.tokens
        # A batch normalization wants some samples, also in the last batch.
        self.batch = draw.between(4 if layers.has_batch_norm else 1, 7)
        if self.loss == "mae":
            self.batch |= 1  # of an even number, the slopes may add up to 0
        self.count = 2 * self.batch
        if not layers.has_batch_norm:
            self.count += draw.below(self.batch)
        self.settings = self.draw_settings(draw)
        self.draw = draw

    def draw_settings(self, draw):
        """The lines of the train section."""
        lines = [f"loss {self.loss}", f"optimizer {draw.pick(OPTIMIZERS)}"]
        if draw.chance(0.4):
            lines.append(f"clip {draw.pick(CLIPS)}")
        if draw.chance(0.3):
            lines.append(f"decay {draw.pick(DECAYS)}")
        return lines + [f"batch {self.batch}", "steps 4", f"seed {draw.below(1000)}"]

    def get_text(self):
        """The text of the .net file."""
        layers = "".join(f"  {line}\n" for line in self.layers)
        settings = "".join(f"  {line}\n" for line in self.settings)
        formulas = "".join(f"{line}\n" for line in self.formulas)
        return formulas + (
            f'data {{\n  source npy "{self.name}-x.npy" "{self.name}-y.npy"\n'
            f"  shuffle off\n}}\nnet {self.name} {{\n  input x{self.input}\n"
            f"{layers}}}\ntrain {{\n{settings}}}\n"
        )

    def write(self, folder):
        """Writes the .net and its data; the path of the .net."""
        width, draw = prod(self.input), self.draw
        inputs = [self.draw_input() for _ in range(self.count * width)]
        write_npy(folder / f"{self.name}-x.npy", inputs, (self.count, width), "f4")
        if self.loss == "crossentropy":
            targets = [draw.below(self.outputs) for _ in range(self.count)]
            write_npy(folder / f"{self.name}-y.npy", targets, (self.count,), "i4")
        else:
            shape = (self.count, self.outputs)
            targets = [draw.random.random() for _ in range(prod(shape))]
            write_npy(folder / f"{self.name}-y.npy", targets, shape, "f4")
        path = Path(folder) / f"{self.name}.net"
        path.write_text(self.get_text())
        return path

    def draw_input(self):
        """A class number for an embedding, else nearly normal."""
        if self.tokens:
            return self.draw.below(self.tokens)
        return self.draw.normal()
