"""Random layers on sequences, [steps, features]."""

from math import prod


def draw_recurrent(layers, is_last):
    """A recurrent layer that gives its last state or all of them."""
    draw, (steps, _) = layers.draw, layers.shape
    units = draw.between(1, 6)
    line = draw.pick([
        f"rnn {units}", f"rnn {units} activation=tanh", f"rnn {units} activation=relu",
        f"lstm {units}", f"lstm {units}", f"gru {units}", f"gru {units}",
    ])
    line += f" return={'last' if is_last else 'all'}"
    shape = [units] if is_last else [steps, units]
    if line.startswith("lstm") and draw.chance(0.4):
        layers.add(f"{line} forget_bias={draw.pick([0.5, 1, 2])}", shape)
    else:
        layers.draw_weighted(line, shape)


def draw_between(layers):
    """What stands between recurrent layers: dense layers of each step."""
    if layers.draw.chance(0.4):
        layers.draw_dense()


def draw_sequence_body(layers):
    """Recurrent layers on numbers or on embedded classes, up to a vector."""
    draw = layers.draw
    # At the first step there is no state, and no gradient of its weights.
    steps, features = draw.between(2, 5), draw.between(1, 4)
    if draw.chance(0.25):
        layers.tokens = draw.between(2, 6)
        layers.begin([steps])
        layers.add(f"embedding {layers.tokens} {features}", [steps, features])
    else:
        layers.begin([steps, features])
    draw_between(layers)
    if draw.chance(0.4):
        draw_recurrent(layers, is_last=False)
        draw_between(layers)
    if draw.chance(0.7):
        draw_recurrent(layers, is_last=True)
    else:
        draw_recurrent(layers, is_last=False)
        layers.add("flatten", [prod(layers.shape)])
