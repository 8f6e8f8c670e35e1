#!/usr/bin/env python3
"""Prints the polynomials of Exponential.cpp, Logarithm.cpp and ErrorFunction.cpp.

Each is the polynomial of its degree with the smallest largest relative error of
the whole function, found by the exchange algorithm of Remez (1934) with 40 digits
and rounded to f64 once. The error stands in the line above the coefficients, which
begin with that of the lowest power. Needs mpmath.
"""

import mpmath as mp

mp.mp.dps = 40


def largest_of_each_sign(errors, count):
    """The places of `count` errors of alternating signs, the largest of each run."""
    places = []
    for i, error in enumerate(errors):
        if places and (error > 0) == (errors[places[-1]] > 0):
            if abs(error) > abs(errors[places[-1]]):
                places[-1] = i
        else:
            places.append(i)
    while len(places) > count:
        first, last = abs(errors[places[0]]), abs(errors[places[-1]])
        places.pop(0 if first < last else -1)
    return places


def solve(points, values, weights, degree):
    """The coefficients whose weighted errors at the points are +e, -e, +e, ..."""
    count = degree + 2
    system, right = mp.matrix(count, count), mp.matrix(count, 1)
    for row in range(count):
        for power in range(degree + 1):
            system[row, power] = points[row] ** power
        system[row, degree + 1] = (-1) ** row / weights[row]
        right[row] = values[row]
    return list(mp.lu_solve(system, right))[: degree + 1]


def fit(function, weight, low, high, degree):
    """The polynomial and its largest |weight (function - polynomial)|."""
    count = degree + 2
    middle, half = (mp.mpf(low) + high) / 2, (mp.mpf(high) - low) / 2
    angles = [mp.pi * k / (60 * count) for k in range(60 * count + 1)]
    grid = [middle - half * mp.cos(angle) for angle in angles]
    # At 0 the quotients below are 0/0 and nothing weighs.
    grid = [x for x in grid if abs(x) > 1e-8]
    values = [function(x) for x in grid]
    weights = [weight(x) for x in grid]
    places = [round(k * (len(grid) - 1) / (count - 1)) for k in range(count)]
    for _ in range(12):
        coefficients = solve(
            *([row[i] for i in places] for row in (grid, values, weights)), degree
        )
        errors = [
            w * (y - mp.polyval(coefficients[::-1], x))
            for x, y, w in zip(grid, values, weights)
        ]
        exchanged = largest_of_each_sign(errors, count)
        if exchanged == places or len(exchanged) < count:
            break
        places = exchanged
    return coefficients, max(abs(error) for error in errors)


def show(name, coefficients, error):
    """Prints a table as C++."""
    print(f"// {name}: 2^{float(mp.log(error, 2)):.1f}")
    print(",\n".join(repr(float(c)) for c in coefficients) + "\n")


def erfcx_of(t):
    """e^(z^2) erfc(z) of t = (z - 3.5) / (z + 3.5)."""
    z = mp.mpf("3.5") * (1 + t) / (1 - t)
    return mp.exp(z * z) * mp.erfc(z)


def main():
    half = mp.log(2) / 2 * mp.mpf("1.0001")
    show(
        "(e^r - 1 - r) / r^2 for |r| <= log(2) / 2",
        *fit(
            lambda r: (mp.expm1(r) - r) / r**2,
            lambda r: abs(r * r / mp.expm1(r)),
            -half,
            half,
            8,
        ),
    )
    show(
        "(log(1 + f) - f) / f^2 for sqrt(1/2) <= 1 + f <= sqrt(2)",
        *fit(
            lambda f: (mp.log1p(f) - f) / f**2,
            lambda f: abs(f * f / mp.log1p(f)),
            mp.sqrt(0.5) - 1,
            mp.sqrt(2) - 1,
            12,
        ),
    )
    # The weight: by how much erf = 1 - e^(-z R) changes with R.
    show(
        "-log(erfc(z)) / z for 0 <= z <= 4",
        *fit(
            lambda z: -mp.log(mp.erfc(z)) / z,
            lambda z: z * mp.erfc(z) / mp.erf(z),
            0,
            4,
            12,
        ),
    )
    # erfc(10.4) is below half of the smallest f32.
    show(
        "e^(z^2) erfc(z) for 0 <= z <= 10.4",
        *fit(
            erfcx_of,
            lambda t: 1 / erfcx_of(t),
            -1,
            (10.4 - 3.5) / (10.4 + 3.5),
            16,
        ),
    )


if __name__ == "__main__":
    main()
