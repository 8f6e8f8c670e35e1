"""Writes the data of embedding.test: embedding.py FOLDER."""
import math
import sys

from npy_file import write_rows

SAMPLES, STEPS, CLASSES = 12, 5, 10


def main():
    folder = sys.argv[1]
    rows = [[(3 * i + j * j) % CLASSES for j in range(STEPS)] for i in range(SAMPLES)]
    write_rows(f"{folder}/x.npy", rows)
    write_rows(f"{folder}/y.npy", [[math.sin(i)] for i in range(SAMPLES)])
    bad = {"large": CLASSES, "huge": 1e30, "negative": -1, "half": 2.5}
    for name, number in bad.items():
        rows[5][3] = number
        write_rows(f"{folder}/{name}.npy", rows)


main()
