#!/usr/bin/env python3
"""Runs the compiled functions of f32 on every float there is.

Usage: function_sweep.py --gradc-tools=BUILD/tools [--step=N] [--march=CPU]
                         [--only=NAME,...] [--bar] [-O=N]

Compiles each function and each activation and slope as a net would, calls it for
all 2^32 floats, or for every N-th, and compares with the C library in f64. Prints
the largest error in units of the last place (ULP) of an f32, where it is, and the
nanoseconds of an element. All of it takes a quarter of an hour on one core. With
--bar it fails where an error is larger than docs/numerics.md allows.

An error of 0.5 is that of rounding; "inf" a NaN, an infinity or a sign of zero
that should not be there.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Execution" / "Inputs"))
import function_modules  # noqa: E402
from machine import find_compiler  # noqa: E402

SIZE = 2048
BAR = 0.51  # 0.5 is that of rounding
BARS = {"gelu_grad": 4}  # next to its zero


def build(arguments, folder):
    """The program that runs one function."""

    def tool(name):
        paths = [Path(arguments.gradc_tools) / name / name]
        paths.append(Path(arguments.gradc_tools) / name)
        return next(str(path) for path in paths if path.is_file())

    source, lowered = folder / "sweep.mlir", folder / "lowered.mlir"
    source.write_text(function_modules.module(SIZE))
    subprocess.run(
        [tool("gradc-opt"), source, *function_modules.PASSES, "-o", lowered],
        check=True)
    subprocess.run(
        [tool("gradc-bench"), lowered, f"-o={folder}/sweep.o",
         f"-march={arguments.march}", f"-O={arguments.level}"], check=True)
    program = folder / "sweep"
    subprocess.run(
        [*arguments.cxx.split(), "-std=c++17", "-O2", "-fno-math-errno",
         HERE / "function_sweep.cpp", folder / "sweep.o", "-lm", "-o", program],
        check=True)
    return program


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gradc-tools", required=True)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--march", default="native")
    parser.add_argument("-O", dest="level", type=int, default=2)
    parser.add_argument("--only", default=",".join(function_modules.NAMES))
    parser.add_argument("--bar", action="store_true")
    parser.add_argument("--cxx", default=find_compiler())
    arguments = parser.parse_args()
    worse = []
    with tempfile.TemporaryDirectory() as folder:
        program = build(arguments, Path(folder))
        print(f"{'function':14} {'max ULP':>9} {'at':>16} {'ns/element':>10}")
        for name in arguments.only.split(","):
            output = subprocess.run(
                [program, name, "0", str(2**32), str(arguments.step)],
                check=True, capture_output=True, text=True).stdout.split()
            error, at, result, right, time = map(float, output)
            print(f"{name:14} {error:9.4f} {at:16.8g} {time:10.3f}", flush=True)
            if arguments.bar and error > BARS.get(name, BAR):
                worse.append(f"{name}({at!r}) is {result!r}, not {right!r}")
    if worse:
        sys.exit("\n".join(worse))


if __name__ == "__main__":
    main()
