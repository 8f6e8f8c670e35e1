"""Holds products of many sizes against sums in Python: products.py DIR [COUNT [SEED]].

COUNT chains of dense layers are drawn. A layer of K inputs and N units computes,
for a batch of M samples, products of M x K x N, M x N x K (the gradient of its
input, where a layer is before it) and K x M x N (the gradient of its weight).
Each chain is compiled in three ways: for f32 with -O2, and in two of the others.
With a fused multiply-add the bits of f32 do not depend on the way.
"""

import random
import sys
from pathlib import Path

from dense_nets import Chain, find_gradients, predict, worst_error

SIZES = [1, 2, 7, 8, 9, 13, 14, 15, 16, 17, 31, 32, 33, 48, 64, 100]
DEPTHS = [1, 2, 15, 16, 17, 33, 64]
LAYERS = 6
TOLERANCE = {"f32": 1e-4, "f64": 1e-12}

# Element type, options, whether there is a fused multiply-add.
MAIN = ("f32", ("-O2",), True)
OTHERS = [
    ("f32", ("-O1",), True),
    ("f64", ("-O2",), True),
    ("f32", ("-march=x86-64-v2",), False),
    ("f32", ("-march=x86-64-v3",), True),
    ("f64", ("-O1",), True),
    ("f32", ("-march=x86-64-v4",), True),
    ("f64", ("-march=x86-64-v3",), True),
    ("f32", ("-O1", "-march=x86-64-v3"), True),
]


def runs_here(options):
    """Whether this processor has the instructions."""
    if "-march=x86-64-v4" not in options:
        return True
    flags = Path("/proc/cpuinfo").read_text().split()
    return {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= set(flags)


def check(what, values, expected, element):
    """Ends the script if values are wrong; returns their error."""
    error = worst_error(values, expected)
    if error > TOLERANCE[element]:
        sys.exit(f"{what}: an error of {error:.1e}")
    return error


def check_chain(folder, chain, ways):
    """Returns the worst error of a chain for each element type."""
    chain.write(folder)
    values = chain.forward()
    expected = chain.gradients(values)
    worst, first = {}, None
    sizes = " ".join(map(str, chain.widths))
    for element, options, fused in ways:
        what = f"{chain.batch} samples, {sizes}, {element} {' '.join(options)}"
        all_options = (*options, f"--element-type={element}")
        content, gradients = find_gradients(folder, chain, all_options)
        first = first or content
        if element == "f32" and fused and content != first:
            sys.exit(f"{what}: other bits than with -O2")
        for name, wanted in expected.items():
            error = check(f"{what}: {name}", gradients[name], wanted, element)
            worst[element] = max(worst.get(element, 0), error)
    outputs = [y for row in values[-1] for y in row]
    check(f"{sizes}: outputs", predict(folder, chain), outputs, "f32")
    return worst


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 6
    draw = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    worst, others = {}, [way for way in OTHERS if runs_here(way[1])]
    for number in range(count):
        # What is no depth of one form is one of another.
        batch = draw.choice(SIZES if number % 2 else DEPTHS)
        widths = [draw.choice(DEPTHS)] + [draw.choice(SIZES) for _ in range(LAYERS)]
        chain = Chain(f"chain{number}", batch, widths, draw)
        two = [others[(2 * number + i) % len(others)] for i in range(2)]
        for element, error in check_chain(folder, chain, [MAIN] + two).items():
            worst[element] = max(worst.get(element, 0), error)
    errors = ", ".join(f"{element} {error:.0e}" for element, error in worst.items())
    print(f"{count * LAYERS} layers are right; worst errors: {errors}")


main()
