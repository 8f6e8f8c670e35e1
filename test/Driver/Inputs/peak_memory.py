"""Compares the memory that a dry run predicts with that of the training.

usage: peak_memory.py <tolerance> <command>...

The command is a training that writes one file; the tolerance is a share.
"""

import os
import re
import subprocess
import sys

tolerance, command = float(sys.argv[1]), sys.argv[2:]

table = subprocess.run(
    [*command, "--dry-run=0"], stdout=subprocess.PIPE, text=True, check=True
).stdout
[text] = re.findall(r"^peak memory +([\d,]+) bytes", table, re.MULTILINE)
predicted = int(text.replace(",", ""))

# Of this one child, not of the largest so far.
run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(run.pid, 0)
assert status == 0, status
measured = usage.ru_maxrss * 1024
ratio = predicted / measured
print(f"{predicted:,} predicted, {measured:,} measured: {ratio:.3f}")
sys.exit(abs(ratio - 1) > tolerance)
