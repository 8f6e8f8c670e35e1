#!/usr/bin/env python3
"""Makes the references of layers whose training PyTorch alone is asked for.

As make_references.py, which has dense layers and activations: every net is
trained in float64; PyTorch's own float32 run says how exact a float32 training
can be expected to be; compare.py holds gradc to the results. Needs PyTorch.
"""

import json
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from make_references import loss_error, norm_error
from reference_nets import read_words, sentence
from safetensors_file import write_safetensors

FOLDER = Path(__file__).resolve().parent
torch.set_num_threads(1)


@dataclass(frozen=True)
class Net:
    """One small training with the squared error and plain gradient descent."""

    name: str
    claim: str  # what the test shows
    shape: tuple  # of a sample
    layers: tuple
    outputs: int
    batch: int
    samples: int
    classes: int = 0  # inputs are numbers below this
    rate: float = 0.1
    forward: object = None  # written out, where the layers are no chain
    formulas: tuple = ()  # lines above the net
    decay: float = 0  # l2 of the train section


def branches(run, x):
    """The net `branches`: shortcuts, sums, and values that are used twice."""
    dense = lambda name, x, units, **options: run.dense(name, x, [units], options)
    stem = torch.tanh(dense("base", x, 16))
    first = torch.tanh(dense("wide.inner", stem, 17))
    wide = first + dense("wide.projection", stem, 17, bias="off")
    same = wide + torch.sigmoid(dense("same.dense", wide, 17)) + wide + first
    side = torch.tanh(dense("side", x, 15))
    rows = torch.cat([side, same, stem], 1).reshape(len(x), 3, 4, 4)
    turned = torch.cat([torch.sigmoid(rows), rows], 2)
    both = torch.cat([torch.tanh(turned), turned], 1)
    return dense("dense", both.flatten(1), 2)


NETS = [
    Net("batchnorm-vectors",
        "batch normalization of vectors: values, gradients, running statistics",
        (15,), ("dense 33 bias=off", "batchnorm", "sigmoid", "batchnorm momentum=0.3 eps=1e-2", "tanh",
                "dense 17 bias=off", "batchnorm momentum=1", "tanh", "dense 2"), 2, 17, 50),
    Net("batchnorm-images",
        "batch normalization of the channels of images and the features of sequences",
        (3, 5, 3), ("batchnorm", "tanh", "reshape [15,3]", "batchnorm eps=0.1", "sigmoid", "flatten",
                    "dense 16 bias=off", "reshape [16,1,1]", "batchnorm", "flatten", "tanh",
                    "dense 1"), 1, 15, 47),
    Net("layernorm",
        "layer normalization of vectors, of each step of a sequence and of images",
        (33,), ("layernorm", "dense 32", "layernorm eps=0.01", "reshape [4,8]", "layernorm",
                "sigmoid", "reshape [2,4,4]", "layernorm", "flatten", "dense 3"), 3, 16, 49),
    Net("prelu", "slopes that are learned, of vectors, channels and features",
        (16,), ("dense 33", "prelu", "dense 30", "reshape [2,5,3]", "prelu", "reshape [6,5]",
                "prelu", "flatten", "dense 2"), 2, 15, 47, rate=0.002),
    Net("branches",
        "shortcuts, sums and joined values; gradients meet where a value is used twice",
        (15,), ("base: dense 16", "stem: tanh", "wide: skip { inner: dense 17 ; first: tanh }",
                "same: skip project=none { dense 17 ; sigmoid ; add wide wide.first }",
                "from input", "side: dense 15", "tanh", "concat same stem",
                "rows: reshape [3,4,4]", "sigmoid", "turned: concat rows axis=1", "tanh",
                "concat turned", "flatten", "dense 2"), 2, 17, 50, rate=0.003, forward=branches),
    Net("embedding", "rows of a table, some read more than once in a batch", (7,),
        ("embedding 15 17", "batchnorm", "flatten", "tanh", "dense 2"), 2, 16, 50, classes=15),
]


def layer_names(net):
    """The names that gradc gives: numbered where a word stands several times."""
    words = [read_words(layer)[0] for layer in net.layers]
    totals, seen = Counter(words), Counter()
    for word in words:
        seen[word] += 1
        yield word if totals[word] == 1 else f"{word}_{seen[word]}"


def unit_axis(shape):
    """The dimension of a sample along which its units lie."""
    return 1 if len(shape) == 2 else 0


class Trainer:
    """Runs the layers; makes their parameters at the first run."""

    def __init__(self, net, dtype):
        self.net, self.dtype = net, dtype
        self.random = np.random.default_rng(zlib.crc32(net.name.encode()))
        self.parameters, self.buffers, self.begin = {}, {}, {}

    def tensor(self, kind, name, make):
        if name not in kind:
            self.begin[name] = np.asarray(make(), np.float32)
            value = torch.tensor(self.begin[name]).to(self.dtype)
            kind[name] = value.requires_grad_(kind is self.parameters)
        return kind[name]

    def parameter(self, name, shape, mean, deviation):
        return self.tensor(self.parameters, name,
                           lambda: self.random.normal(mean, deviation, shape))

    def dense(self, name, x, values, options):
        inputs, units = x.shape[1], int(values[0])
        y = x @ self.parameter(name + ".weight", (inputs, units), 0, inputs ** -0.5)
        if options.get("bias") != "off":
            y = y + self.parameter(name + ".bias", units, 0, 0.1)
        return y

    def factor_and_shift(self, name, units):
        return (self.parameter(name + ".gamma", units, 1, 0.3),
                self.parameter(name + ".beta", units, 0, 0.3))

    def batchnorm(self, name, x, _, options):
        axis = 1 + unit_axis(x.shape[1:])
        units = x.shape[axis]
        gamma, beta = self.factor_and_shift(name, units)
        mean = self.tensor(self.buffers, name + ".running_mean",
                           lambda: self.random.normal(0, 1, units))
        variance = self.tensor(self.buffers, name + ".running_var",
                               lambda: self.random.uniform(0.5, 2, units))
        y = functional.batch_norm(x.movedim(axis, 1), mean, variance, gamma, beta, True,
                                  options.get("momentum", 0.1), options.get("eps", 1e-5))
        return y.movedim(1, axis)

    def layernorm(self, name, x, _, options):
        axis = 1 + unit_axis(x.shape[1:])
        y = functional.layer_norm(x, x.shape[axis:], eps=options.get("eps", 1e-5))
        gamma, beta = self.factor_and_shift(name, x.shape[axis])
        shape = [-1] + [1] * (x.dim() - axis - 1)
        return y * gamma.reshape(shape) + beta.reshape(shape)

    def prelu(self, name, x, *_):
        axis = 1 + unit_axis(x.shape[1:])
        slope = self.parameter(name + ".slope", x.shape[axis], 0.2, 0.2)
        return functional.prelu(x.movedim(axis, 1), slope).movedim(1, axis)

    def embedding(self, name, x, values, _):
        return functional.embedding(
            x.long(), self.parameter(name + ".weight", [int(v) for v in values], 0, 1))

    def reshape(self, name, x, values, _):
        return x.reshape(len(x), *json.loads(values[0]))

    def flatten(self, name, x, *_):
        return x.flatten(1)

    def sigmoid(self, name, x, *_):
        return torch.sigmoid(x)

    def tanh(self, name, x, *_):
        return torch.tanh(x)

    def forward(self, x):
        if self.net.forward:
            return self.net.forward(self, x)
        for name, layer in zip(layer_names(self.net), self.net.layers):
            word, values, options = read_words(layer)
            x = getattr(self, word)(name, x, values, options)
        return x


def own_options(net):
    """The options of each layer, by its name."""
    lines = (read_words(layer)[2] for layer in net.layers)
    return dict(zip(layer_names(net), lines))


def penalty(net, parameters):
    """The decay of all weights; a layer's own goes before that of the net."""
    total = 0
    for name, w in parameters.items():
        layer, kind = name.rsplit(".", 1)
        options = own_options(net).get(layer, {})
        if kind.startswith("weight"):
            total = total + options.get("l1", 0) * w.abs().sum()
            total = total + options.get("l2", net.decay) * w.square().sum() / 2
    return total


def bounded(net, gradients):
    """The gradients with the bounds that layers have, by parameter."""
    result = dict(gradients)
    for layer, options in own_options(net).items():
        own = [name for name in gradients if name.rsplit(".", 1)[0] == layer]
        if "clip" not in options:
            continue
        norm = torch.stack([gradients[name].norm() for name in own]).norm()
        for name in own:
            result[name] = gradients[name] * torch.clamp(options["clip"] / norm, max=1)
    return result


def make_data(net):
    """Samples, and targets that a random teacher gives them."""
    random = np.random.default_rng(zlib.crc32(net.name.encode()) + 1)
    shape = (net.samples, *net.shape)
    # Far from mean 0 and variance 1, so that there is something to normalize.
    inputs = random.normal(2, 3, shape)
    if net.classes:
        inputs = random.integers(net.classes, size=shape)
    flat = inputs.reshape(net.samples, -1)
    teacher = random.normal(size=(flat.shape[1], net.outputs)) / np.sqrt(flat.shape[1])
    return inputs.astype(np.float32), np.sin(flat @ teacher).astype(np.float32)


def train(net, dtype, make_trainer):
    """Returns losses, first gradients, final tensors and those at the beginning."""
    inputs, targets = (torch.tensor(array).to(dtype) for array in make_data(net))
    trainer = make_trainer(net, dtype)
    trainer.forward(inputs[: net.batch])
    # The run that made the statistics has moved them.
    for name, buffer in trainer.buffers.items():
        buffer.copy_(torch.tensor(trainer.begin[name]))
    state = {**trainer.parameters, **trainer.buffers}
    losses, gradients = [], None
    for _ in range(3):
        for start in range(0, net.samples, net.batch):
            part = slice(start, start + net.batch)
            loss = functional.mse_loss(trainer.forward(inputs[part]), targets[part])
            loss = loss + penalty(net, trainer.parameters)
            found = torch.autograd.grad(loss, list(trainer.parameters.values()))
            losses.append(loss.item())
            gradients = gradients or [g.double().numpy() for g in found]
            steps = bounded(net, dict(zip(trainer.parameters, found)))
            with torch.no_grad():
                for name, w in trainer.parameters.items():
                    options = own_options(net).get(name.rsplit(".", 1)[0], {})
                    w -= net.rate * options.get("lr_scale", 1) * steps[name]
    final = {name: t.detach().double().numpy() for name, t in state.items()}
    return losses, dict(zip(trainer.parameters, gradients)), final, trainer.begin


def make_reference(net, make_trainer):
    losses, gradients, final, begin = train(net, torch.float64, make_trainer)
    single = train(net, torch.float32, make_trainer)
    norm = lambda w: float(np.linalg.norm(w))
    return begin, {
        "losses": losses,
        "weights": {n: {"sum": float(w.sum()), "norm": norm(w)} for n, w in final.items()},
        "gradient_norms": {n: norm(g) for n, g in gradients.items()},
        "torch_float32_error": {
            "loss": loss_error(single[0], losses),
            "weight_norm": norm_error(single[2], final),
            "gradient_norm": norm_error(single[1], gradients),
        },
    }


def net_text(net):
    lines = "\n  ".join(net.layers)
    formulas = "".join(f"{formula}\n" for formula in net.formulas)
    decay = f"  decay     l2 {net.decay}\n" if net.decay else ""
    return f"""# {sentence(net.claim)}
{formulas}
data {{
  source  npy "{net.name}-x.npy" "{net.name}-y.npy"
  shuffle off
}}

net {net.name.replace("-", "_")} {{
  input x{list(net.shape)}
  {lines}
}}

train {{
  loss      mse
  optimizer sgd lr={net.rate}
  batch     {net.batch}
  epochs    3
{decay}}}
"""


def write_references(nets, make_trainer):
    """Trains each of the nets and writes its files."""
    for net in nets:
        begin, reference = make_reference(net, make_trainer)
        for name, array in zip("xy", make_data(net)):
            np.save(FOLDER / f"{net.name}-{name}.npy", array)
        write_safetensors(FOLDER / f"{net.name}-weights.safetensors", begin)
        (FOLDER / f"{net.name}.net").write_text(net_text(net))
        (FOLDER / f"{net.name}.json").write_text(json.dumps(reference, indent=1) + "\n")
        (FOLDER / f"{net.name}.test").write_text(
            f"# {sentence(net.claim)}\n"
            f"# RUN: %python %S/compare.py gradc %S/{net.name}.net\n")
        print(net.name, reference["losses"][0], reference["losses"][-1],
              reference["torch_float32_error"])


if __name__ == "__main__":
    write_references(NETS, Trainer)
