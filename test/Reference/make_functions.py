#!/usr/bin/env python3
"""Makes functions.json: values and slopes of activations and losses.

Needs mpmath. Everything is computed with 500 digits from the plain definition
and rounded once, so the tails are right where formulas cancel in doubles: for
example sigmoid'(40) or 1 - softmax. Inputs are exact in float32. Results beyond
the range of doubles stand as the string "inf".

At a kink the slope is the one below it, as in PyTorch: relu'(0) = 0,
leaky_relu'(0) = k, elu'(0) = a, selu'(0) = scale * alpha; mae'(0) = 0.
"""

import json
from pathlib import Path

import mpmath
from mpmath import erf, exp, log, mpf, pi, sqrt

mpmath.mp.dps = 500

POINTS = [0, 2**-30, 2**-10, 0.125, 0.5, 1, 1.75, 3, 5, 8, 10, 12.5, 16, 17]
POINTS += [20, 30, 40, 80, 88.5, 100, 700, 1000]
POINTS = sorted({float(sign * x) for x in POINTS for sign in (1, -1)})

LEAKY_RELU_SLOPE = mpf(0.01)  # the nearest double, as a program has it
ELU_ALPHA = mpf(0.75)
# Klambauer et al. 2017
SELU_ALPHA = mpf("1.6732632423543772848170429916717")
SELU_SCALE = mpf("1.0507009873554804934193349852946")


def sigmoid(x):
    """1 / (1 + exp(-x))"""
    return 1 / (1 + exp(-x))


def normal_cdf(x):
    """(1 + erf(x / sqrt(2))) / 2; 500 digits leave its tail many"""
    return mpmath.erfc(-x / sqrt(2)) / 2


def normal_density(x):
    """exp(-x^2 / 2) / sqrt(2 pi)"""
    return exp(-x * x / 2) / sqrt(2 * pi)


# Each entry: formula for the reader, value, slope.
ACTIVATIONS = {
    "identity": ("x", lambda x: x, lambda x: mpf(1)),
    "sigmoid": (
        "1 / (1 + exp(-x))",
        sigmoid,
        lambda x: sigmoid(x) * sigmoid(-x),
    ),
    "tanh": ("tanh(x)", mpmath.tanh, lambda x: mpmath.sech(x) ** 2),
    "relu": (
        "max(x, 0)",
        lambda x: max(x, mpf(0)),
        lambda x: mpf(1 if x > 0 else 0),
    ),
    "leaky_relu": (
        "max(x, 0.01 x)",
        lambda x: x if x > 0 else LEAKY_RELU_SLOPE * x,
        lambda x: mpf(1) if x > 0 else LEAKY_RELU_SLOPE,
    ),
    "elu": (
        "x if x > 0, otherwise 0.75 (exp(x) - 1)",
        lambda x: x if x > 0 else ELU_ALPHA * mpmath.expm1(x),
        lambda x: mpf(1) if x > 0 else ELU_ALPHA * exp(x),
    ),
    "selu": (
        "scale (x if x > 0, otherwise alpha (exp(x) - 1))",
        lambda x: SELU_SCALE * (x if x > 0 else SELU_ALPHA * mpmath.expm1(x)),
        lambda x: SELU_SCALE * (mpf(1) if x > 0 else SELU_ALPHA * exp(x)),
    ),
    "gelu": (
        "x (1 + erf(x / sqrt(2))) / 2",
        lambda x: x * normal_cdf(x),
        lambda x: normal_cdf(x) + x * normal_density(x),
    ),
    "silu": (
        "x / (1 + exp(-x))",
        lambda x: x * sigmoid(x),
        lambda x: sigmoid(x) + x * sigmoid(x) * sigmoid(-x),
    ),
    "softplus": ("log(1 + exp(x))", lambda x: mpmath.log1p(exp(x)), sigmoid),
    "exp": ("exp(x)", exp, exp),
}

ERRORS = [0, 2**-20, 0.25, 0.9990234375, 1, 1.0009765625, 2.5, 30, 1000, 2.0**40]
ERRORS = sorted({float(sign * x) for x in ERRORS for sign in (1, -1)})

# Losses of an error e = output - target.
ERROR_LOSSES = {
    "mse": ("e^2", lambda e: e * e, lambda e: 2 * e),
    "mae": ("|e|", abs, mpmath.sign),
    "huber": (
        "e^2 / 2 if |e| <= 1, otherwise |e| - 1/2",
        lambda e: e * e / 2 if abs(e) <= 1 else abs(e) - mpf(1) / 2,
        lambda e: max(mpf(-1), min(mpf(1), e)),
    ),
}

VECTORS = [
    [0, 0, 0],
    [1, 2, 3],
    [-1000, 0, 1000],
    [1000, 1000, -1000],
    [1000, 999, 998.5],
    [-1000, -1000, -1000, -1001],
    [40, 0, 0],
    [20, 0, -20, -40],
    [0.5],
    [88.5, -88.5, 0.25, 88.25],
]


def rounded(value):
    """The nearest double, or a word for what no double is."""
    number = float(value)
    return number if abs(number) != float("inf") else str(number)


def table(functions, points):
    """Rows of point, value and slope for functions of one number."""
    return {
        name: {
            "formula": formula,
            "points": [
                [x, rounded(value(mpf(x))), rounded(slope(mpf(x)))] for x in points
            ],
        }
        for name, (formula, value, slope) in functions.items()
    }


def binary_crossentropy():
    """Rows of logit, target, loss and derivative by the logit.

    sigmoid(z) - t is written as -sigmoid(-z) at t = 1.
    """
    rows = []
    for z in map(mpf, POINTS):
        for t in map(mpf, (0, 0.25, 1)):
            loss = mpmath.log1p(exp(z)) - t * z
            slope = -sigmoid(-z) if t == 1 else sigmoid(z) - t
            rows.append([float(z), float(t), rounded(loss), rounded(slope)])
    return {"formula": "log(1 + exp(z)) - t z", "points": rows}


def softmax(vector):
    """exp(x_i) / sum_j exp(x_j)"""
    powers = [exp(mpf(x)) for x in vector]
    return [power / sum(powers) for power in powers]


def softmax_cases():
    """Value, and gradient p_i (d_i - sum_j d_j p_j) for a gradient d."""
    cases = []
    for vector in VECTORS:
        upstream = [1 - 0.75 * i for i in range(len(vector))]
        p = softmax(vector)
        # sum_j p_j (d_i - d_j) has no cancellation where p_i is nearly 1.
        gradient = [
            p[i] * sum(q * (mpf(d) - mpf(e)) for q, e in zip(p, upstream))
            for i, d in enumerate(upstream)
        ]
        cases.append(
            {
                "input": vector,
                "output": [rounded(value) for value in p],
                "output_gradient": upstream,
                "input_gradient": [rounded(value) for value in gradient],
            }
        )
    return cases


def crossentropy_cases():
    """-log softmax(x)[class] of logits x, and its gradient."""
    cases = []
    for vector in VECTORS:
        p = softmax(vector)
        for label in range(len(vector)):
            others = sum(p[:label] + p[label + 1 :])
            gradient = p[:label] + [-others] + p[label + 1 :]
            cases.append(
                {
                    "logits": vector,
                    "class": label,
                    "loss": rounded(-log(p[label])),
                    "gradient": [rounded(value) for value in gradient],
                }
            )
    return cases


def write_lines(file, content):
    """Writes JSON with one row or case on each line."""

    def lines(value, depth):
        pad = " " * depth
        if isinstance(value, dict) and depth < 4 and not is_case(value):
            parts = [f'{pad} "{k}": {lines(v, depth + 1)}' for k, v in value.items()]
            return "{\n" + ",\n".join(parts) + f"\n{pad}}}"
        if isinstance(value, list) and depth < 4:
            parts = [f"{pad} {json.dumps(row)}" for row in value]
            return "[\n" + ",\n".join(parts) + f"\n{pad}]"
        return json.dumps(value)

    def is_case(value):
        return "output" in value or "logits" in value

    file.write(lines(content, 0) + "\n")


def main():
    content = {
        "activations": table(ACTIVATIONS, POINTS),
        "softmax": softmax_cases(),
        "error_losses": table(ERROR_LOSSES, ERRORS),
        "binary_crossentropy": binary_crossentropy(),
        "crossentropy": crossentropy_cases(),
    }
    path = Path(__file__).resolve().with_name("functions.json")
    with open(path, "w", encoding="utf-8") as file:
        write_lines(file, content)


if __name__ == "__main__":
    main()
