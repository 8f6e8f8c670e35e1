"""Compares the functions of f32, as compiled, with the C library's of f64.

Usage: functions.py FILE, which is written.

About 4000 floats: of every size, near the places where formulas change, and all
that are special. test/Benchmarks/function_sweep.py takes all that there are. An
error is measured in units of the last place of the right result as an f32.
"""
import array
import math
import random
import struct
import subprocess
import sys

import function_modules

BAR = 0.501  # 0.5 is that of rounding
# At the float nearest to its zero gelu' is 5e-9, where its terms are 0.2.
BARS = {"gelu_grad": 4}
SIZE = 4096
EDGES = """0 1 2 4 0.25 0.5 0.75 1.5 3.5 3.92 10.06 -0.5 -0.7517915 -1.278464 -1
-87.3365 -88.7228 -103.97208 -104.5 88.72283 17.32868 9.010914 0.34657359 14.5 -14.4
-12.9 0.70710678 1.41421356 3.4028235e38 1e30 1.1754944e-38 1e-40 1.4e-45""".split()


def to_float(bits):
    return struct.unpack("f", struct.pack("I", bits))[0]


def to_bits(number):
    return struct.unpack("I", struct.pack("f", number))[0]


def choose_inputs():
    """Specials, edges with their neighbours, and others of any exponent."""
    infinity, nan = 0x7F800000, [0x7FC00000, 0xFFC00001, 0x7F800001]
    chosen = [infinity, infinity | 1 << 31, 1 << 31] + nan
    for edge in EDGES:
        bits = to_bits(float(edge))
        for neighbour in range(max(0, (bits & 0x7FFFFFFF) - 8), bits % 2**31 + 9):
            chosen += [neighbour, neighbour | 1 << 31]
    generator = random.Random(1)
    chosen += [generator.getrandbits(32) for _ in range(1500)]
    while len(chosen) < SIZE:
        chosen.append(to_bits(generator.uniform(-20, 20)))
    return chosen[:SIZE]


def exp(x):
    return math.exp(x) if x < 709 else math.inf


def logarithm(function, pole):
    def at(x):
        if x <= pole:
            return -math.inf if x == pole else math.nan
        return function(x)

    return at


def sigmoid(x):
    return 1 / (1 + exp(-x))


def sigmoid_slope(x):
    e = exp(-abs(x))
    return e / (1 + e) ** 2


def share(x):
    return 0.5 * math.erfc(-x * math.sqrt(0.5))


def density(x):
    return exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805
RIGHT = {
    "exp": exp,
    "expm1": lambda x: math.expm1(x) if x < 709 else math.inf,
    "log": logarithm(math.log, 0),
    "log1p": logarithm(math.log1p, -1),
    "tanh": math.tanh,
    "erf": math.erf,
    "erfc": math.erfc,
    "sigmoid": sigmoid,
    "silu": lambda x: x * sigmoid(x),
    "gelu": lambda x: x * share(x),
    "softplus": lambda x: max(x, 0.0) + math.log1p(exp(-abs(x))),
    "elu": lambda x: x if x > 0 else 0.75 * math.expm1(x),
    "selu": lambda x: SCALE * (x if x > 0 else ALPHA * math.expm1(x)),
    "sigmoid_grad": sigmoid_slope,
    "tanh_grad": lambda x: 4 * sigmoid_slope(2 * x),
    "silu_grad": lambda x: sigmoid(x) + x * sigmoid_slope(x),
    "gelu_grad": lambda x: share(x) + x * density(x),
    "softplus_grad": sigmoid,
    "elu_grad": lambda x: 1 if x > 0 else 0.75 * exp(x),
    "selu_grad": lambda x: SCALE * (1 if x > 0 else ALPHA * exp(x)),
}


def measure(result, right):
    """The error of a result; infinite where it is of another kind."""
    if math.isnan(right) or math.isnan(result):
        return 0 if math.isnan(right) and math.isnan(result) else math.inf
    if abs(right) >= 2.0**128 - 2.0**103:
        return 0 if result == math.copysign(math.inf, right) else math.inf
    if math.isinf(result):
        return math.inf
    exponent = max(math.frexp(right)[1] - 24, -149)
    return abs(result - right) / 2.0**exponent


def check(name, inputs, results):
    """Whether all results are right; prints the worst that is not."""
    worst = (0, 0, 0, 0)
    for x, result in zip(inputs, results):
        right = math.nan if math.isnan(x) else RIGHT[name](x)
        error = measure(result, right)
        if x == 0 and right == 0:
            if math.copysign(1, right) != math.copysign(1, result):
                error = math.inf
        worst = max(worst, (error, x, result, right))
    bar = BARS.get(name, BAR)
    if worst[0] > bar:
        print("%s: error %g at %r: %r, not %r" % (name, *worst))
    return worst[0] <= bar


def run(path, inputs):
    """The results of all functions, in their order."""
    module = function_modules.module(SIZE, main=True)
    subprocess.run(["gradc-opt", "-o", path, *function_modules.PASSES],
                   input=module, text=True, check=True)
    ran = subprocess.run(
        ["mlir-runner", "-O2", "-e", "main", "--entry-point-result=void", path],
        input=inputs.tobytes(), stdout=subprocess.PIPE, check=True)
    results = array.array("f")
    results.frombytes(ran.stdout)
    return results


def main():
    bits = array.array("I", choose_inputs())
    inputs = array.array("f")
    inputs.frombytes(bits.tobytes())
    results = run(sys.argv[1], bits)
    names = function_modules.NAMES
    assert len(results) == SIZE * len(names)
    right = [check(name, inputs, results[i * SIZE:(i + 1) * SIZE])
             for i, name in enumerate(names)]
    print(f"{sum(right)} of {len(names)} functions are right")
    sys.exit(not all(right))


if __name__ == "__main__":
    main()
