"""Random layers on images, [channels, height, width]."""

from math import prod


def draw_window(draw, sizes, largest):
    """Kernel and stride, padding as written, and the sizes that they give."""
    kernel = [draw.between(1, min(largest, size)) for size in sizes]
    stride = draw.between(1, 3)
    pad = draw.pick(["valid", "same", "number"])
    if pad == "same":
        return kernel, stride, pad, [-(-size // stride) for size in sizes]
    # Padding of a pool is never as wide as its window.
    pad = draw.between(0, min(2, *(k // 2 for k in kernel))) if pad == "number" else pad
    extra = 0 if pad == "valid" else 2 * pad
    given = [(n + extra - k) // stride + 1 for n, k in zip(sizes, kernel)]
    return kernel, stride, pad, given


def draw_convolution(layers):
    """A convolution with all that may follow it."""
    draw, (channels, *sizes) = layers.draw, layers.shape
    kernel, stride, pad, given = draw_window(draw, sizes, 4)
    groups = draw.pick([n for n in range(1, channels + 1) if channels % n == 0])
    filters = groups * draw.between(1, 3)
    line = f"conv {filters} {kernel[0]}x{kernel[1]} stride={stride} pad={pad}"
    if groups > 1:
        line += f" groups={groups}"
    if pad == "same" and draw.chance(0.3):
        line += " dilation=2"
    normalization = layers.draw_normalization(filters * prod(given))
    layers.draw_weighted(line, [filters, *given], normalization)
    layers.draw_activation()


def draw_pool(layers):
    """A pool of either kind."""
    draw, (channels, *sizes) = layers.draw, layers.shape
    kernel, stride, pad, given = draw_window(draw, sizes, 3)
    word = draw.pick(["maxpool", "avgpool"])
    line = f"{word} {kernel[0]}x{kernel[1]} stride={stride} pad={pad}"
    if word == "avgpool" and draw.chance(0.4):
        line += f" count_include_pad={draw.pick(['on', 'off'])}"
    layers.add(line, [channels, *given])


def draw_residual(layers):
    """Convolutions with a way around them."""
    draw, (channels, *sizes) = layers.draw, layers.shape
    stride = draw.between(1, 2)
    filters = draw.pick([channels, draw.between(1, 4)])
    layers.add("skip {")
    given = [filters, *(-(-size // stride) for size in sizes)]
    normalization = layers.draw_normalization(prod(given))
    line = f"conv {filters} 3x3 stride={stride} pad=same"
    layers.draw_weighted(line, given, normalization)
    layers.draw_activation()
    layers.draw_weighted(f"conv {filters} 3x3 pad=same", given)
    layers.add("}")
    layers.draw_activation()


def draw_image_body(layers):
    """Convolutions and pools on an image, up to a vector."""
    draw = layers.draw
    layers.begin([draw.between(1, 4), draw.between(3, 9), draw.between(3, 9)])
    for _ in range(draw.between(1, 2)):
        draw.pick([draw_convolution, draw_convolution, draw_residual])(layers)
        if draw.chance(0.5):
            draw_pool(layers)
    if draw.chance(0.3):
        layers.add("avgpool global", [layers.shape[0]])
    else:
        layers.add("flatten", [prod(layers.shape)])
