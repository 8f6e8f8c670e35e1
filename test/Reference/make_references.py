#!/usr/bin/env python3
"""Makes the reference trainings of this folder: needs NumPy and PyTorch.

Each net of reference_nets.py is trained in float64 by hand-written NumPy and by
PyTorch; the two must agree to 1e-12. PyTorch's own float32 run says how exact a
float32 training can be expected to be. compare.py holds gradc to the results.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

import numpy_training
import torch_training
from reference_nets import NETS, make_data, make_weights, net_text, sentence
from safetensors_file import write_safetensors

FOLDER = Path(__file__).resolve().parent
AGREEMENT = 1e-12


def loss_error(losses, expected):
    """Largest relative difference of two loss curves."""
    return max(abs(a - b) / abs(b) for a, b in zip(losses, expected))


def norm_error(tensors, expected):
    """Largest relative difference of the norms of two sets of tensors."""
    norm = np.linalg.norm
    return max(
        abs(norm(tensors[name]) - norm(w)) / norm(w) for name, w in expected.items()
    )


def tensor_error(tensors, expected):
    """Largest difference of two sets of tensors, relative to their norms."""
    norm = np.linalg.norm
    return max(norm(tensors[name] - w) / norm(w) for name, w in expected.items())


def check_agreement(net, ours, theirs):
    """Stops unless NumPy and PyTorch agree in every loss, gradient and weight."""
    errors = (
        loss_error(theirs[0], ours[0]),
        tensor_error(theirs[1], ours[1]),
        tensor_error(theirs[2], ours[2]),
    )
    if not max(errors) <= AGREEMENT:
        sys.exit(f"{net.name}: NumPy and PyTorch differ: {errors}")


def make_reference(net):
    """Trains `net` three times; returns what its JSON file holds."""
    inputs, targets = make_data(net)
    weights = make_weights(net)
    exact = [inputs.astype(np.float64), targets]
    exact[1] = targets if targets.ndim == 1 else targets.astype(np.float64)
    wide = {name: w.astype(np.float64) for name, w in weights.items()}
    ours = numpy_training.train(net, *exact, wide)
    check_agreement(net, ours, torch_training.train(net, *exact, wide, torch.float64))
    single = torch_training.train(net, inputs, targets, weights, torch.float32)
    losses, gradients, final = ours
    return {
        "losses": losses,
        "weights": {
            name: {"sum": float(w.sum()), "norm": float(np.linalg.norm(w))}
            for name, w in final.items()
        },
        "gradient_norms": {
            name: float(np.linalg.norm(g)) for name, g in gradients.items()
        },
        "torch_float32_error": {
            "loss": loss_error(single[0], losses),
            "weight_norm": norm_error(single[2], final),
            "gradient_norm": norm_error(single[1], gradients),
        },
    }


def write_files(net, reference):
    """Writes the six files of a net."""
    inputs, targets = make_data(net)
    np.save(FOLDER / f"{net.name}-x.npy", inputs)
    np.save(FOLDER / f"{net.name}-y.npy", targets)
    write_safetensors(FOLDER / f"{net.name}-weights.safetensors", make_weights(net))
    (FOLDER / f"{net.name}.net").write_text(net_text(net))
    text = json.dumps(reference, indent=1)
    (FOLDER / f"{net.name}.json").write_text(text + "\n")
    run = f"# {sentence(net.claim)}\n"
    run += f"# RUN: %python %S/compare.py gradc %S/{net.name}.net\n"
    (FOLDER / f"{net.name}.test").write_text(run)


def main():
    for net in NETS:
        reference = make_reference(net)
        write_files(net, reference)
        losses = reference["losses"]
        error = reference["torch_float32_error"]
        print(
            f"{net.name:22} {len(losses):3} steps  loss {losses[0]:.4f} -> "
            f"{losses[-1]:.4f}  float32: loss {error['loss']:.1e} "
            f"weights {error['weight_norm']:.1e} gradients {error['gradient_norm']:.1e}"
        )


if __name__ == "__main__":
    main()
