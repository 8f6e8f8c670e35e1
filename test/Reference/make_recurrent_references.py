#!/usr/bin/env python3
"""Makes the reference trainings of recurrent layers: needs NumPy and PyTorch.

Each net is trained in float64 by PyTorch's own rnn_tanh, rnn_relu, lstm and gru,
the functions behind its modules. PyTorch's float32 run says how exact a float32
training can be expected to be. compare.py holds gradc to the results.
"""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from make_references import loss_error, norm_error
from reference_nets import sentence
from safetensors_file import write_safetensors

FOLDER = Path(__file__).resolve().parent
SAMPLES, BATCH, EPOCHS = 22, 9, 6


@dataclass(frozen=True)
class Net:
    """One small training of a recurrent layer under a dense one."""

    name: str
    claim: str  # what the test shows
    layer: str
    steps: int
    features: int
    units: int
    gates: int
    gives_all: bool = False


NETS = [
    Net("rnn-tanh", "a plain recurrent layer and its last state",
        "rnn 17", 7, 3, 17, 1),
    Net("rnn-relu", "a dense layer at each step of a recurrent one",
        "rnn 15 activation=relu return=all", 5, 2, 15, 1, True),
    Net("lstm-last", "gates in the order i, f, g, o", "lstm 16", 7, 3, 16, 4),
    Net("lstm-all", "all states of an LSTM of 33 units",
        "lstm 33 return=all", 4, 5, 33, 4, True),
    Net("gru-last", "the reset gate acts on the product and its bias",
        "gru 17", 7, 3, 17, 3),
    Net("gru-all", "all states of a GRU of one unit",
        "gru 1 return=all", 2, 1, 1, 3, True),
]


def net_text(net):
    """The text of the .net file."""
    flatten = "  flatten\n" if net.gives_all else ""
    return (
        f"# {sentence(net.claim)}\n\n"
        f'data {{\n  source  npy "{net.name}-x.npy" "{net.name}-y.npy"\n'
        f"  shuffle off\n}}\n\n"
        f"net {net.name.replace('-', '_')} {{\n"
        f"  input x[{net.steps}, {net.features}]\n"
        f"  memory: {net.layer}\n  dense 2\n{flatten}}}\n\n"
        f"train {{\n  loss      mse\n  optimizer sgd lr=0.05 momentum=0.9\n"
        f"  batch     {BATCH}\n  epochs    {EPOCHS}\n}}\n"
    )


def make_data(net):
    """Float32 sequences and targets."""
    random = np.random.default_rng(zlib.crc32(net.name.encode()))
    shape = (SAMPLES, net.steps, net.features)
    outputs = 2 * net.steps if net.gives_all else 2
    inputs = random.normal(size=shape).astype(np.float32)
    return inputs, random.normal(size=(SAMPLES, outputs)).astype(np.float32)


def make_weights(net):
    """Float32 weights N(0, 1 / inputs), biases N(0, 0.3^2)."""
    random = np.random.default_rng(zlib.crc32(net.name.encode()) + 1)
    columns = net.gates * net.units
    shapes = {
        "memory.weight_hidden": (net.units, columns),
        "memory.weight_input": (net.features, columns),
        "memory.bias": (columns,),
        "dense.weight": (net.units, 2),
        "dense.bias": (2,),
    }
    if net.layer.startswith("gru"):
        shapes["memory.bias_hidden"] = (net.units,)
    return {
        name: (
            random.normal(size=shape)
            * (0.3 if len(shape) == 1 else shape[0] ** -0.5)
        ).astype(np.float32)
        for name, shape in shapes.items()
    }


def forward(net, weights, inputs):
    """Output of the net by PyTorch's functions."""
    bias = weights["memory.bias"]
    hidden_bias = torch.zeros_like(bias)
    if "memory.bias_hidden" in weights:
        rest = torch.zeros(2 * net.units, dtype=bias.dtype)
        hidden_bias = torch.cat([rest, weights["memory.bias_hidden"]])
    parameters = [
        weights["memory.weight_input"].T,
        weights["memory.weight_hidden"].T,
        bias,
        hidden_bias,
    ]
    zeros = torch.zeros(1, len(inputs), net.units, dtype=bias.dtype)
    options = (parameters, True, 1, 0.0, True, False, True)
    word = net.layer.split()[0]
    if word == "lstm":
        states = torch.lstm(inputs, (zeros, zeros), *options)[0]
    elif word == "gru":
        states = torch.gru(inputs, zeros, *options)[0]
    else:
        function = torch.rnn_relu if "relu" in net.layer else torch.rnn_tanh
        states = function(inputs, zeros, *options)[0]
    if not net.gives_all:
        states = states[:, -1]
    return (states @ weights["dense.weight"] + weights["dense.bias"]).flatten(1)


def train(net, dtype):
    """Trains; returns losses, first gradients, final weights."""
    inputs, targets = (torch.tensor(part).to(dtype) for part in make_data(net))
    weights = {
        name: torch.tensor(w).to(dtype).requires_grad_()
        for name, w in make_weights(net).items()
    }
    optimizer = torch.optim.SGD(list(weights.values()), lr=0.05, momentum=0.9)
    losses, first = [], None
    for start in list(range(0, SAMPLES, BATCH)) * EPOCHS:
        optimizer.zero_grad()
        outputs = forward(net, weights, inputs[start : start + BATCH])
        loss = torch.nn.functional.mse_loss(outputs, targets[start : start + BATCH])
        loss.backward()
        losses.append(loss.item())
        first = first or {
            name: w.grad.double().numpy().copy() for name, w in weights.items()
        }
        optimizer.step()
    return losses, first, {n: w.detach().double().numpy() for n, w in weights.items()}


def make_reference(net):
    """What the JSON file of a net holds."""
    losses, gradients, final = train(net, torch.float64)
    single = train(net, torch.float32)
    norm = np.linalg.norm
    return {
        "losses": losses,
        "weights": {
            name: {"sum": float(w.sum()), "norm": float(norm(w))}
            for name, w in final.items()
        },
        "gradient_norms": {name: float(norm(g)) for name, g in gradients.items()},
        "torch_float32_error": {
            "loss": loss_error(single[0], losses),
            "weight_norm": norm_error(single[2], final),
            "gradient_norm": norm_error(single[1], gradients),
        },
    }


def main():
    for net in NETS:
        inputs, targets = make_data(net)
        np.save(FOLDER / f"{net.name}-x.npy", inputs)
        np.save(FOLDER / f"{net.name}-y.npy", targets)
        write_safetensors(FOLDER / f"{net.name}-weights.safetensors", make_weights(net))
        (FOLDER / f"{net.name}.net").write_text(net_text(net))
        reference = make_reference(net)
        text = json.dumps(reference, indent=1)
        (FOLDER / f"{net.name}.json").write_text(text + "\n")
        run = f"# {sentence(net.claim)}\n"
        run += f"# RUN: %python %S/compare.py gradc %S/{net.name}.net\n"
        (FOLDER / f"{net.name}.test").write_text(run)
        losses = reference["losses"]
        print(f"{net.name:10} loss {losses[0]:.4f} -> {losses[-1]:.4f}")


if __name__ == "__main__":
    main()
