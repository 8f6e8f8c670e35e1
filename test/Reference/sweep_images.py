#!/usr/bin/env python3
"""Holds gradc to PyTorch on many nets of odd sizes: needs NumPy and PyTorch.

Usage: sweep_images.py GRADC [COUNT [OPTION...]]

Draws COUNT nets of convolutions and poolings and trains each for two steps in
float64. Losses, gradients and weights must agree as compare.py asks.
"""

import random
import shutil
import sys
import tempfile
from pathlib import Path

import compare
from image_nets import ImageNet, shapes
from make_image_references import make_reference, write_files

CHANNELS = [1, 3, 15, 16, 17, 33]
SIZES = [7, 15, 16, 17]
KERNELS = ["1x1", "3x3", "5x5", "2x3"]


def draw_pad(draw, kernel):
    """`pad=` and what stands behind it."""
    largest = min(int(size) for size in kernel.split("x")) - 1
    return f" pad={draw.choice(['same', 'valid', draw.randint(0, largest)])}"


def draw_conv(draw, channels):
    """A convolution of `channels`, sometimes in groups, and its channels."""
    outputs, kernel = draw.choice(CHANNELS), draw.choice(KERNELS)
    groups = draw.choice([1, 1, channels] + [2] * (channels % 2 == 0))
    outputs = groups if groups == channels > 1 else groups * -(-outputs // groups)
    line = f"conv {outputs} {kernel} stride={draw.randint(1, 3)} groups={groups}"
    line += f" dilation={draw.choice([1, 1, 2])}{draw_pad(draw, kernel)}"
    return line + draw.choice(["", " bias=off"]), outputs


def draw_pool(draw):
    """A pooling."""
    kernel = draw.choice(KERNELS[1:] + ["2x2"])
    line = f"{draw.choice(['maxpool', 'avgpool'])} {kernel}{draw_pad(draw, kernel)}"
    if draw.random() < 0.7:
        line += f" stride={draw.randint(1, 3)}"
    if line.startswith("avgpool") and draw.random() < 0.5:
        line += " count_include_pad=on"
    return line


def draw_net(number):
    """A net that is valid, or None."""
    draw = random.Random(number)
    image = (draw.choice(CHANNELS), draw.choice(SIZES), draw.choice(SIZES))
    first, channels = draw_conv(draw, image[0])
    second, _ = draw_conv(draw, channels)
    end = draw.choice([("avgpool global",), ("flatten",)])
    layers = (first, "tanh", draw_pool(draw), second, draw_pool(draw), *end, "dense 3")
    net = ImageNet(f"sweep-{number}", "drawn", image, layers, samples=3,
                   batch="2", length="epochs 1")
    sizes = [size for *_, shape in shapes(net) for size in shape]
    return net if min(sizes) > 0 else None


def check(gradc, net, options):
    """Raises `Mismatch` unless gradc trains `net` as PyTorch does."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        reference = make_reference(net)
        write_files(net, reference, folder)
        (folder / "run").mkdir()
        losses, gradients, weights = compare.run_gradc(
            gradc, folder / f"{net.name}.net", "f64", folder / "run", options
        )
    bounds = compare.FLOAT64
    compare.check_losses(losses, reference["losses"], bounds["loss"])
    norms = reference["gradient_norms"]
    compare.check_norms("gradient", gradients, norms, bounds["gradient_norm"])
    norms = {name: entry["norm"] for name, entry in reference["weights"].items()}
    compare.check_norms("weight", weights, norms, bounds["weight_norm"])
    compare.check_sums(weights, reference["weights"], bounds["weight_norm"])


def main():
    gradc = str(Path(shutil.which(sys.argv[1])).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    checked, failed, number = 0, 0, 0
    while checked < count:
        number += 1
        net = draw_net(number)
        if not net:
            continue
        checked += 1
        try:
            check(gradc, net, sys.argv[3:])
        except compare.Mismatch as problem:
            failed += 1
            print(f"{net.name}: {net.image} {'; '.join(net.layers)}: {problem}")
    print(f"{checked} nets, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
