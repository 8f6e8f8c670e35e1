"""Random layers one behind the other, with the shapes they give."""

from math import prod

from random_images import draw_image_body
from random_sequences import draw_sequence_body

ACTIVATIONS = [
    "relu", "leaky_relu 0.1", "elu 0.7", "selu", "gelu", "silu", "softplus",
    "sigmoid", "tanh", "prelu", "swish", "bent",
]
FORMULAS = {
    "swish": "activation swish(x) = x * sigmoid(1.5 * x)",
    "bent": "activation bent(x) = (sqrt(x * x + 1) - 1) / 2 + x",
}
INITIALIZERS = [
    "he", "xavier", "lecun_uniform", "normal(0.1, 0.5)", "uniform(-0.6, 0.7)",
    "orthogonal",
]
NORMALIZATIONS = ["batchnorm", "batchnorm momentum=0.3 eps=0.01", "layernorm"]


class Layers:
    """The lines of a net as they are drawn, and the shape of the last one."""

    def __init__(self, draw):
        self.draw, self.lines, self.formulas = draw, [], set()
        self.tokens = 0  # how many classes an embedding has, or 0
        self.has_batch_norm = False

    def begin(self, shape):
        """The shape of a sample."""
        self.input = self.shape = shape

    def add(self, line, shape=None):
        """Appends a layer that gives `shape`, or what it is given."""
        self.lines.append(line)
        self.shape = shape or self.shape

    def draw_body(self):
        """An input and the layers up to a vector."""
        bodies = {"dense": draw_dense_body, "image": draw_image_body,
                  "sequence": draw_sequence_body}
        word = self.draw.pick(["dense", "image", "sequence", "sequence"])
        bodies[word](self)
        if self.draw.chance(0.3):
            self.draw_dense()

    def draw_head(self, outputs, loss):
        """The last layers: as many outputs as the loss is to take."""
        self.draw_weighted(f"dense {outputs}", [outputs])
        if self.draw.chance(0.3):
            last = {"crossentropy": "softmax", "binary_crossentropy": "sigmoid"}
            self.add(last.get(loss.split()[0], "identity"))

    def draw_normalization(self, units):
        """A normalization, more often none. Of two units, a normalized one is 1 or
        -1, and has no gradient."""
        choice = "" if self.draw.chance(0.7) else self.draw.pick(NORMALIZATIONS)
        return "" if choice == "layernorm" and units < 4 else choice

    def draw_weighted(self, line, shape, normalization=""):
        """A layer with weights, its options and what normalizes it."""
        draw = self.draw
        if draw.chance(0.4):
            line += f" init={draw.pick(INITIALIZERS)}"
        # A bias before a normalization has no gradient, so there is none. One of
        # 0 behind an input of 0 would lie on the kink of relu.
        if normalization or draw.chance(0.2):
            line += " bias=off"
        else:
            line += " bias_init=uniform(-0.2, 0.3)"
        if draw.chance(0.2):
            line += draw.pick([" l2=0.02", " l1=0.003", " clip=0.1",
                               " lr_scale=0.5", " l2=0 lr_scale=0"])
        self.add(line, shape)
        if normalization:
            self.has_batch_norm |= normalization.startswith("batchnorm")
            self.add(normalization)

    def draw_activation(self):
        """An activation; sometimes a dropout behind it."""
        word = self.draw.pick(ACTIVATIONS)
        if word in FORMULAS:
            self.formulas.add(FORMULAS[word])
        self.add(word)
        if self.draw.chance(0.15):
            self.add(f"dropout {self.draw.pick([0, 0.1, 0.4])}")

    def draw_dense(self):
        """A hidden dense layer with all that may follow it."""
        units = self.draw.between(2, 9)
        normalization = self.draw_normalization(units)
        shape = [*self.shape[:-1], units]
        self.draw_weighted(f"dense {units}", shape, normalization)
        self.draw_activation()

    def draw_block(self, draw_inside):
        """What `draw_inside` draws: as it is, with a way around it, or twice, side
        by side."""
        word = self.draw.pick(["plain"] * 4 + ["skip", "add", "concat"])
        before, label = self.shape, f"place{len(self.lines)}"
        if word == "skip":
            self.add("skip {")
        elif word != "plain":
            self.add(f"{label}: identity")
        draw_inside()
        if word == "skip":
            self.add("}")
        elif word == "add" and self.shape == before:
            self.add(f"add {label}")
        elif word in ("add", "concat"):
            self.add(f"{label}_end: identity")
            beside = self.shape
            self.add(f"from {label}", before)
            draw_inside()
            self.add(f"concat {label}_end", [self.shape[0] + beside[0]])


def draw_dense_body(layers):
    """Dense layers on a vector."""
    draw = layers.draw
    layers.begin([draw.between(1, 9)])
    if draw.chance(0.2):
        layers.begin([draw.between(1, 4), draw.between(2, 3)])
        layers.add("flatten", [prod(layers.shape)])
    for _ in range(draw.between(0, 3)):
        layers.draw_block(layers.draw_dense)
    if draw.chance(0.1):
        layers.add("softmax")
