"""Holds the LLVM code of a net of 280 steps to that of 28.

usage: count_lines.py <gradc> <net>
"""

import subprocess
import sys


def count_lines(gradc, net, steps):
    """The lines of instructions in the listing of all functions."""
    command = [gradc, net, f"-Dsteps={steps}", "-emit=llvm"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sum(line.startswith("  ") for line in text.splitlines())


short, long = (count_lines(*sys.argv[1:3], steps) for steps in (28, 280))
print(f"{short} lines for 28 steps, {long} for 280")
if not 0.95 * short <= long <= 1.05 * short:
    sys.exit("the code grows with the steps")
