"""Products of powers of two, whose factors are packed: large_products.py DIR.

1024 -> 512 -> 1024 for 64 samples. -O1 and -O2 give the same bits of f32; rows and
columns at the edges of blocks, and others at random, are computed again.
"""

import random
import sys
from pathlib import Path

from dense_nets import Chain, dot, find_gradients, predict, transpose, worst_error

BATCH, WIDE, NARROW = 64, 1024, 512
TOLERANCE = {"f32": 5e-6, "f64": 1e-13}


def choose(draw, size):
    """The edges of a dimension, and some others."""
    edges = [0, 1, 13, 14, 15, 16, 31, 32, size - 17, size - 16, size - 1]
    return sorted({*edges, *draw.sample(range(size), 5)})


def check(element, what, values, expected):
    error = worst_error(values, expected)
    if error > TOLERANCE[element]:
        sys.exit(f"{element}: {what}: an error of {error:.1e}")
    print(f"{element}: {what}: {len(expected)} elements are right")


def check_parts(folder, chain, element, gradients):
    outputs = predict(folder, chain, [f"--element-type={element}"])
    (w1, w2), (b1, b2) = chain.weights, chain.biases

    # A few samples as a whole.
    samples, units_of_w1 = [0, 13, 14, BATCH - 1], transpose(w1)
    rows = [[dot(chain.x[n], c) + s for c, s in zip(units_of_w1, b1)] for n in samples]
    expected = [dot(h, c) + s for h in rows for c, s in zip(transpose(w2), b2)]
    found = [outputs[n * WIDE + k] for n in samples for k in range(WIDE)]
    check(element, "outputs", found, expected)

    # Parts of the gradients, from the outputs as they are.
    draw = random.Random(2)
    wide, narrow = choose(draw, WIDE), choose(draw, NARROW)
    hidden = [[dot(x, units_of_w1[j]) + b1[j] for x in chain.x] for j in narrow]
    factor = 2 / (BATCH * WIDE)
    delta = [
        [factor * (y - t) for y, t in zip(outputs[n * WIDE :], chain.targets[n])]
        for n in range(BATCH)
    ]
    by_output, by_input = transpose(delta), transpose(chain.x)
    expected = [dot(h, by_output[k]) for h in hidden for k in wide]
    found = [gradients["dense_2.weight"][j * WIDE + k] for j in narrow for k in wide]
    check(element, "gradient of the second weight", found, expected)
    by_unit = [[dot(d, w2[j]) for d in delta] for j in narrow]
    expected = [dot(by_input[i], d) for i in wide for d in by_unit]
    found = [gradients["dense_1.weight"][i * NARROW + j] for i in wide for j in narrow]
    check(element, "gradient of the first weight", found, expected)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    chain = Chain("large", BATCH, [WIDE, NARROW, WIDE], random.Random(1))
    chain.acts = ["identity", "identity"]
    chain.write(folder)
    content, gradients = find_gradients(folder, chain, ["-O2"])
    if find_gradients(folder, chain, ["-O1"])[0] != content:
        sys.exit("-O1 gives other bits than -O2")
    check_parts(folder, chain, "f32", gradients)
    gradients = find_gradients(folder, chain, ["--element-type=f64"])[1]
    check_parts(folder, chain, "f64", gradients)


main()
