#!/usr/bin/env python3
"""Makes the references of activations by formulas, of the options that layers with
weights share, and of dropout in predictions.

The trainings are those of make_layer_references.py. Predictions are PyTorch's in
float64; compare_outputs.py holds gradc to them. Needs PyTorch.
"""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from make_layer_references import FOLDER, Net, Trainer, write_references
from reference_nets import sentence
from safetensors_file import write_safetensors

NETS = [
    Net("formulas", "activations by formulas, with settings and kinks", (15,),
        ("dense 17", "swish k=1.5", "dense 16", "bent", "dense 15", "mixed", "dense 9",
         "smooth 0.5", "dense 2"), 2, 17, 50, rate=0.02,
        formulas=("activation swish(x, k = 1) = x * sigmoid(k * x)",
                  "activation bent(x) = (sqrt(x * x + 1) - 1) / 2 + x",
                  "activation mixed(x) = max(x, 0.1 * x) + tanh(x) * erf(x) - abs(x) / 4"
                  " + min(x, pow(x / 4, 3))",
                  "activation smooth(x, c) = log(1 + exp(c * x)) / c - softplus(x / 2)"
                  " + relu(x - c)")),
    Net("conv-options", "convolutions with a decay, a clip and a rate of their own",
        (3, 7, 6), ("conv 5 3x3 pad=1 l2=0.2 clip=0.05", "tanh",
                    "conv 4 3x2 stride=2 l1=0.01 lr_scale=0.25", "tanh",
                    "conv 3 1x1 l2=0 lr_scale=0", "flatten", "dense 2"),
        2, 15, 46, decay=0.03),
    Net("recurrent-options", "recurrent layers with a decay, a clip and a rate of their own",
        (5, 3), ("lstm 16 return=all l2=0.1 clip=0.02", "lstm 7 l1=0.01 lr_scale=0.5",
                 "dense 2"), 2, 16, 47, decay=0.03),
]


class OptionTrainer(Trainer):
    """Knows the words of these nets as well."""

    def swish(self, name, x, _, options):
        return x * torch.sigmoid(options["k"] * x)

    def bent(self, name, x, *_):
        return ((x * x + 1).sqrt() - 1) / 2 + x

    def mixed(self, name, x, *_):
        return (functional.leaky_relu(x, 0.1) + torch.tanh(x) * torch.erf(x)
                - x.abs() / 4 + torch.minimum(x, (x / 4) ** 3))

    def smooth(self, name, x, values, _):
        factor = values[0]
        return (torch.log(1 + torch.exp(factor * x)) / factor
                - functional.softplus(x / 2) + torch.relu(x - factor))

    def conv(self, name, x, values, options):
        units, (height, width) = int(values[0]), map(int, values[1].split("x"))
        shape = (units, x.shape[1], height, width)
        weight = self.parameter(name + ".weight", shape, 0, np.prod(shape[1:]) ** -0.5)
        bias = self.parameter(name + ".bias", units, 0, 0.1)
        return functional.conv2d(x, weight, bias, int(options.get("stride", 1)),
                                 int(options.get("pad", 0)))

    def lstm(self, name, x, values, options):
        units, features = int(values[0]), x.shape[2]
        parameters = [
            self.parameter(name + ".weight_input", (features, 4 * units), 0, features ** -0.5),
            self.parameter(name + ".weight_hidden", (units, 4 * units), 0, units ** -0.5),
            self.parameter(name + ".bias", 4 * units, 0, 0.3),
        ]
        zeros = torch.zeros(1, len(x), units, dtype=x.dtype)
        weights = [parameters[0].T, parameters[1].T, parameters[2],
                   torch.zeros_like(parameters[2])]
        states = torch.lstm(x, (zeros, zeros), weights, True, 1, 0.0, True, False, True)[0]
        return states if options.get("return") == "all" else states[:, -1]


def write_dropout():
    """A net whose dropouts are nothing in predictions."""
    name, claim = "dropout-inference", "a dropout passes its input on in predictions"
    torch.manual_seed(1)
    net = nn.Sequential(
        nn.Dropout(0.2), nn.Linear(15, 33), nn.ReLU(), nn.Dropout(0.5), nn.Linear(33, 3),
        nn.Dropout(0.1)).eval()
    inputs = np.random.default_rng(1).normal(size=(7, 15)).astype(np.float32)
    tensors = {}
    for layer, linear in (("dense_1", net[1]), ("dense_2", net[4])):
        tensors[f"{layer}.weight"] = linear.weight.detach().numpy().T.copy()
        tensors[f"{layer}.bias"] = linear.bias.detach().numpy().copy()
    outputs = net.double()(torch.tensor(inputs).double()).tolist()
    np.save(FOLDER / f"{name}-x.npy", inputs)
    write_safetensors(FOLDER / f"{name}-weights.safetensors", tensors)
    (FOLDER / f"{name}.json").write_text(json.dumps({"outputs": outputs}, indent=1) + "\n")
    (FOLDER / f"{name}.net").write_text(f"""# {sentence(claim)}

net dropout_inference {{
  input x[15]
  dropout 0.2
  dense 33 ; relu ; dropout 0.5
  dense 3  ; dropout 0.1
}}
""")
    (FOLDER / f"{name}.test").write_text(
        f"# {sentence(claim)}\n"
        f"# RUN: %python %S/compare_outputs.py gradc %S/{name}.net\n")


if __name__ == "__main__":
    write_references(NETS, OptionTrainer)
    write_dropout()
