"""Hands gradc one wrong source after the other: planted.py GRADC FOLDER.

Each must end with exit code 3 and exactly one error, at the place and with the
words that stand beside it here.
"""
import os
import re
import subprocess
import sys

# Source (a net section unless it has one), the error's line:column, its words.
CASES = [
    ("dense 3, relu", "1:28", "separated by spaces"),
    ("dens 3", "1:21", "did you mean 'dense'"),
    ("dense", "1:21", "units"),
    ("dense 0", "1:27", "from 1 to"),
    ("dense -3", "1:27", "from 1 to"),
    ("dense 2.5", "1:27", "whole number"),
    ("dense 99999999999", "1:27", "99999999999"),
    ("dense 3 4", "1:29", "4"),
    ("dense 3 unit=4", "1:29", "did you mean 'units'"),
    ("dense 3 bias=maybe", "1:34", "'on' or 'off'"),
    ("dense 3 init=hee", "1:34", "did you mean 'he'"),
    ("dense 3 init=normal(0, -1)", "1:34", "negative"),
    ("dense 3 init=normal(1)", "1:34", "2 numbers"),
    ("dense 3 l2=-0.1", "1:32", "at least 0"),
    ("conv 8 3x3", "1:21", "needs images"),
    ("reshape [3]", "1:21", "another size"),
    ("elu 0", "1:25", "greater than 0"),
    ("leaky_relu a", "1:32", "number"),
    ("dense (2 *", "1:32", "expected a value"),
    ("dense (1 / 0)", None, "zero"),
    ("dense widht", "1:27", "widht"),
    ("dense 3 ; input y[4]", "1:31", "input"),
    ("net m { dense 3 }", "1:9", "begins with 'input'"),
    ("net m { input x }", "1:9", "shape"),
    ("net m { input x[0] ; dense 3 }", None, "at least 1"),
    ("net m { input x[1, 4, 4] ; dense 3 }", "1:28", "needs a vector"),
    ("net m { input x[4] ; dense 3 }\ntrain { optimizer sgd }", None, "names no loss"),
    ("net m { input x[4] ; dense 3 }\ntrain { loss mse }", None, "names no optimizer"),
    ("net m { input x[4] ; dense 3 }\ntrain { loss msee ; optimizer sgd }", "2:14", "did you mean 'mse'"),
    ("net m { input x[4] ; dense 1 }\ntrain { loss crossentropy ; optimizer sgd }", "2:14", "at least"),
    ("net m { input x[4] ; dense 3 }\ntrain { loss mse ; optimizer sgd lr=0 }", "2:37", "greater than 0"),
    ("net m { input x[4] ; dense 3 }\ntrain { loss mse ; optimizer sgd momentum=1 }", "2:43", "less than 1"),
    ("net m { input x[4] ; dense 3 }\ntrain { loss mse ; optimizer sgd ; clip norm 0 }", "2:46", "greater than 0"),
    ("net m { input x[4] ; dense 3 }\ntrain { loss mse ; optimizer sgd ; metrics 5 }", "2:44", "expected a word"),
    ("net m { input x[4] ; dense 3 }\ntrain { loss mse ; optimizer sgd ; batch 0 }", "2:42", "from 1 to"),
    ("net m { input x[4] ; dense 3 }\ntrain { loss mse ; optimizer sgd ; stop patience=3 }", "2:36", "not supported yet"),
    ("param w = 3 in 5..9\nnet m { input x[4] ; dense w }", None, "5"),
    ("net m { input x[4] ; dense 3", None, "'}'"),
]


def main():
    gradc, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "planted.net")
    wrong = 0
    for source, place, words in CASES:
        text = source if "net m" in source else "net m { input x[4]; " + source + " }"
        with open(path, "w") as stream:
            stream.write(text + "\n")
        done = subprocess.run([gradc, "-fsyntax-only", path],
                              capture_output=True, text=True, timeout=20)
        errors = re.findall(r"^(.*): error: (.*)$", done.stderr, re.M)
        is_right = (done.returncode == 3 and len(errors) == 1
                    and (place is None or errors[0][0] == f"{path}:{place}")
                    and words in errors[0][1])
        if not is_right:
            print(f"WRONG: exit {done.returncode}, wanted one error at {place} "
                  f"with \"{words}\"\n  {text}\n{done.stderr}")
        wrong += not is_right
    sys.exit(wrong != 0)


main()
