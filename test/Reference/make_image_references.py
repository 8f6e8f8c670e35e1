#!/usr/bin/env python3
"""Makes the reference trainings on images: needs NumPy and PyTorch.

Each net of image_nets.py is trained by PyTorch in float64; its float32 run says
how exact a float32 training can be expected to be. compare.py holds gradc to the
results.
"""

import json

import numpy as np
import torch
from torch.nn import functional

import torch_training
from image_nets import NETS, make_data, make_weights, shapes, weighted_names, window
from make_references import FOLDER, loss_error, norm_error
from reference_nets import net_text, sentence
from safetensors_file import write_safetensors


def pad_images(value, padding, fill):
    """PyTorch pads by itself on both sides alike only."""
    (top, bottom), (left, right) = padding
    return functional.pad(value, (left, right, top, bottom), value=fill)


def average(value, kernel, strides, padding, counts_padding):
    """The mean of each window, over all elements or those inside."""
    ones = pad_images(torch.ones_like(value), padding, 0.0)
    sums = functional.avg_pool2d(pad_images(value, padding, 0.0), kernel, strides)
    shares = functional.avg_pool2d(ones, kernel, strides)
    return sums if counts_padding else sums / shares


def pool(word, options, value, arguments):
    """`maxpool` or `avgpool`."""
    kernel, strides, _, padding = arguments
    if word == "maxpool":
        padded = pad_images(value, padding, -torch.inf)
        return functional.max_pool2d(padded, kernel, strides)
    counts = options.get("count_include_pad") == "on"
    return average(value, kernel, strides, padding, counts)


def forward(net, weights, value):
    """Output of the net."""
    names = iter(weighted_names(net))
    for word, values, options, shape in shapes(net):
        if word == "flatten":
            value = value.flatten(1)
        elif word == "dense":
            name = next(names)
            value = value @ weights[f"{name}.weight"] + weights[f"{name}.bias"]
        elif values == ["global"]:
            value = value.mean(dim=(2, 3))
        elif word == "conv":
            name = next(names)
            _, strides, dilation, padding = window(word, values, options, *shape[1:])
            value = functional.conv2d(
                pad_images(value, padding, 0.0),
                weights[f"{name}.weight"],
                weights.get(f"{name}.bias"),
                strides,
                dilation=dilation,
                groups=int(options.get("groups", 1)),
            )
        elif word in ("maxpool", "avgpool"):
            arguments = window(word, values, options, *shape[1:])
            value = pool(word, options, value, arguments)
        else:
            value = torch_training.ACTIVATIONS[word](value, *values)
    return value


def make_reference(net):
    """Trains `net` twice; returns what its JSON file holds."""
    inputs, targets = make_data(net)
    weights = make_weights(net)
    wide = {name: w.astype(np.float64) for name, w in weights.items()}
    losses, gradients, final = torch_training.train(
        net, inputs.astype(np.float64), targets.astype(np.float64), wide,
        torch.float64, forward,
    )
    single = torch_training.train(
        net, inputs, targets, weights, torch.float32, forward
    )
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


def write_files(net, reference, folder=FOLDER):
    """Writes the six files of a net."""
    inputs, targets = make_data(net)
    np.save(folder / f"{net.name}-x.npy", inputs)
    np.save(folder / f"{net.name}-y.npy", targets)
    write_safetensors(folder / f"{net.name}-weights.safetensors", make_weights(net))
    (folder / f"{net.name}.net").write_text(net_text(net))
    text = json.dumps(reference, indent=1)
    (folder / f"{net.name}.json").write_text(text + "\n")
    run = f"# {sentence(net.claim)}\n"
    run += f"# RUN: %python %S/compare.py gradc %S/{net.name}.net\n"
    (folder / f"{net.name}.test").write_text(run)


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
