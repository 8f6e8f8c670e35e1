"""Checks the orthogonal matrices of orthogonal.net: orthogonal.py FILE TOLERANCE."""
import math
import sys

from philox import draw, read_tensors


def gram_schmidt(rows):
    """Rows of length 1 at right angles, in exactly rounded sums."""
    done = []
    for row in rows:
        for _ in range(2):
            for other in done:
                share = math.fsum(a * b for a, b in zip(row, other))
                row = [a - share * b for a, b in zip(row, other)]
        length = math.sqrt(math.fsum(a * a for a in row))
        done.append([a / length for a in row])
    return done


def transpose(rows):
    return [list(column) for column in zip(*rows)]


def check(name, values, num_rows, gain, tolerance):
    """The shorter of rows and columns are orthonormal, and those of the draw."""
    columns = len(values) // num_rows
    cut = lambda flat: [flat[i * columns:(i + 1) * columns] for i in range(num_rows)]
    normal = cut([draw(name, 7, i, "normal", 0, 1) for i in range(len(values))])
    matrix = cut([value / gain for value in values])
    if num_rows > columns:
        matrix, normal = transpose(matrix), transpose(normal)
    for i, row in enumerate(matrix):
        for j, other in enumerate(matrix):
            product = math.fsum(a * b for a, b in zip(row, other))
            if abs(product - (i == j)) > tolerance:
                sys.exit(f"{name}: rows {i} and {j} give {product!r}")
    for row, exact in zip(matrix, gram_schmidt(normal)):
        if max(abs(a - b) for a, b in zip(row, exact)) > tolerance:
            sys.exit(f"{name}: not the rows of the drawn matrix")


def main():
    tensors = read_tensors(sys.argv[1])
    tolerance = float(sys.argv[2])
    for name, rows, gain in [("wide.weight", 5, 1), ("tall.weight", 33, 0.5),
                             ("square.weight", 17, 2), ("image.weight", 4, 1)]:
        check(name, tensors[name][0], rows, gain, tolerance)


main()
