"""The reference nets on images: convolutions and poolings of odd sizes.

As in reference_nets.py, the words of a net stand here once, in the language's
own form; the text of the .net file and PyTorch's training are made from them.
"""

import zlib
from dataclasses import dataclass

import numpy as np

from reference_nets import read_words


@dataclass(frozen=True)
class ImageNet:
    """One small training on images [channels, height, width]."""

    name: str
    claim: str  # what the test shows
    image: tuple
    layers: tuple
    outputs: int = 3
    loss: str = "mse"
    optimizer: str = "sgd lr=0.01 momentum=0.5"
    batch: str = "5"
    length: str = "epochs 3"
    samples: int = 12
    clips: tuple = ()
    decays: tuple = ()
    # Inputs are small whole numbers, and filters see one of them at first: many
    # elements are equal, while their neighbours, of which the gradient of the
    # filter is made, are not.
    ties: bool = False

    @property
    def inputs(self):
        """The shape of a sample as the .net file writes it."""
        return ", ".join(str(size) for size in self.image)


NETS = [
    ImageNet("conv-valid", "no padding, odd channels", (3, 7, 15),
             ("conv 15 3x3", "relu", "conv 17 2x3", "tanh", "flatten", "dense 3")),
    ImageNet("conv-same", "`pad=same` keeps the size", (1, 16, 15),
             ("conv 16 3x3 pad=same", "relu", "conv 5 5x5 pad=same", "tanh",
              "flatten", "dense 3"), optimizer="sgd lr=0.003 momentum=0.5"),
    ImageNet("conv-stride", "strides that do not divide odd images", (3, 17, 15),
             ("conv 8 3x3 stride=2 pad=same", "relu", "conv 9 3x2 stride=3 pad=1",
              "sigmoid", "flatten", "dense 3")),
    ImageNet("conv-stride-wide", "a stride beyond the kernel skips pixels",
             (2, 16, 17),
             ("conv 6 3x3", "conv 7 2x2 stride=3", "tanh",
              "conv 4 1x1 stride=2x1", "flatten", "dense 3")),
    ImageNet("conv-dilation", "dilated filters", (3, 16, 17),
             ("conv 7 3x3 dilation=2 pad=same", "tanh",
              "conv 5 3x2 dilation=1x3 pad=2x1 stride=2", "tanh", "flatten",
              "dense 3")),
    ImageNet("conv-groups", "two groups, then a filter for each channel",
             (4, 9, 8),
             ("conv 6 3x3 groups=2 pad=1", "tanh",
              "conv 12 3x3 groups=6 stride=2", "tanh", "flatten", "dense 3")),
    ImageNet("conv-pixels", "1x1 filters, 33 channels, no bias", (33, 5, 7),
             ("conv 16 1x1 bias=off", "relu", "conv 33 1x1", "tanh",
              "avgpool global", "dense 3")),
    ImageNet("maxpool-apart", "windows side by side; ties go to the first",
             (1, 15, 17),
             ("conv 5 2x2 bias=off", "maxpool 2x2", "maxpool 3x2", "flatten",
              "dense 3"), ties=True),
    ImageNet("maxpool-overlap", "windows that overlap, padded", (2, 15, 16),
             ("conv 5 3x3", "maxpool 3x3 stride=2 pad=1", "tanh",
              "maxpool 3x3 stride=1 pad=same", "flatten", "dense 3")),
    ImageNet("maxpool-large", "windows of many elements, ties among them",
             (1, 15, 17),
             ("conv 3 2x2 bias=off", "maxpool 5x7 stride=3x2 pad=2", "flatten",
              "dense 3"), ties=True),
    ImageNet("avgpool", "means that overlap, leave columns out or skip padding",
             (2, 15, 17),
             ("conv 5 3x3", "avgpool 2x2", "tanh",
              "avgpool 3x3 stride=2 pad=1", "flatten", "dense 3")),
    ImageNet("avgpool-padding", "padding that counts; windows of many elements",
             (2, 15, 17),
             ("conv 3 3x3", "avgpool 3x2 stride=2x1 pad=1 count_include_pad=on",
              "tanh", "avgpool 5x5 stride=2 pad=2", "flatten", "dense 3")),
]


def pair(value):
    """`3` or `3x5` as two numbers."""
    if isinstance(value, float):
        return int(value), int(value)
    return tuple(int(size) for size in value.split("x"))


def pads(size, kernel, stride, dilation, word):
    """Padding before and after along one axis."""
    if word == "valid":
        return 0, 0
    if word != "same":
        return int(word), int(word)
    reach = (kernel - 1) * dilation + 1
    missing = max((-(-size // stride) - 1) * stride + reach - size, 0)
    return missing // 2, missing - missing // 2


def window(word, values, options, height, width):
    """Kernel, strides, dilation and padding (per axis) of a layer's line."""
    kernel = pair(values[-1])
    strides = pair(options.get("stride", 1.0 if word == "conv" else values[-1]))
    dilation = pair(options.get("dilation", 1.0))
    pad = options.get("pad", "valid")
    words = (pad, pad) if pad in ("same", "valid") else pair(pad)
    padding = [
        pads(*sizes)
        for sizes in zip((height, width), kernel, strides, dilation, words)
    ]
    return kernel, strides, dilation, padding


def shapes(net):
    """Yields each layer's word, values, options and the shape of its input."""
    shape = net.image
    for layer in net.layers:
        word, values, options = read_words(layer)
        yield word, values, options, shape
        if word == "flatten":
            shape = (int(np.prod(shape)),)
        elif word == "dense":
            shape = (int(values[0]),)
        elif values == ["global"]:
            shape = shape[:1]
        elif word in ("conv", "maxpool", "avgpool"):
            channels = int(values[0]) if word == "conv" else shape[0]
            kernel, strides, dilation, padding = window(
                word, values, options, *shape[1:]
            )
            places = [
                (size + sum(pad) - (k - 1) * d - 1) // s + 1
                for size, k, s, d, pad in zip(
                    shape[1:], kernel, strides, dilation, padding
                )
            ]
            shape = (channels, *places)


def weighted_names(net):
    """The name of each layer with weights, in order: numbered if of several."""
    words = [read_words(layer)[0] for layer in net.layers]
    counts, names = {}, []
    for word in words:
        if word in ("conv", "dense"):
            counts[word] = counts.get(word, 0) + 1
            several = words.count(word) > 1
            names.append(f"{word}_{counts[word]}" if several else word)
    return names


def make_weights(net):
    """Float32 weights N(0, 1 / fan-in), biases N(0, 0.1^2)."""
    random = np.random.default_rng(zlib.crc32(net.name.encode()) + 1)
    tensors, names = {}, iter(weighted_names(net))
    for word, values, options, shape in shapes(net):
        if word not in ("conv", "dense"):
            continue
        name, units = next(names), int(values[0])
        size = (shape[0], units)
        if word == "conv":
            groups = int(options.get("groups", 1))
            size = (units, shape[0] // groups, *pair(values[1]))
        fan_in = size[0] if word == "dense" else int(np.prod(size[1:]))
        weight = random.normal(size=size) / np.sqrt(fan_in)
        if net.ties and word == "conv":
            weight[:, :, 1:, :] = weight[:, :, :, 1:] = 0
        tensors[f"{name}.weight"] = weight.astype(np.float32)
        if options.get("bias") != "off":
            tensors[f"{name}.bias"] = (0.1 * random.normal(size=units)).astype(
                np.float32
            )
    return tensors


def make_data(net):
    """Float32 images and targets."""
    random = np.random.default_rng(zlib.crc32(net.name.encode()))
    size = (net.samples, *net.image)
    inputs = random.normal(size=size)
    if net.ties:
        inputs = random.integers(-2, 3, size=size)
    targets = random.normal(size=(net.samples, net.outputs))
    return inputs.astype(np.float32), targets.astype(np.float32)
