#!/usr/bin/env python3
"""Runs gradc's benchmarks, prints tables and writes all numbers as JSON.

The sections are

  limits    multiply-adds and memory of one core
  networks  training steps of gradc and PyTorch by turns, one core
  threads   the same with two threads
  watching  steps with and without watched gradients by turns
  products  matrix products in share of the peak, with OpenBLAS and oneDNN
  compile   from the start of gradc to the first step

docs/performance.md says what is measured and how. Peers that are not installed
are left out: PyTorch (python3-torch), OpenBLAS (libopenblas0-pthread), oneDNN
(libdnnl-dev).
"""

import argparse
import json
import tempfile
from pathlib import Path

import compile_times
import limits
import networks
import products
from machine import Setup, describe_machine, format_table

# name: what measures it, what shows it
SECTIONS = {
    "limits": (limits.limits, limits.show_limits),
    "networks": (networks.networks, networks.show_networks),
    "threads": (networks.threads, networks.show_networks),
    "watching": (networks.watching, networks.show_watching),
    "products": (products.products, products.show_products),
    "compile": (compile_times.compile_times, compile_times.show_compile_times),
}


def read_arguments():
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gradc-tools", metavar="FOLDER", help="where gradc lies")
    parser.add_argument("--markdown", action="store_true", help="tables for a page")
    parser.add_argument("--show", metavar="JSON", help="only print what was measured")
    parser.add_argument("--only", default=",".join(SECTIONS), help="some sections")
    parser.add_argument("--nets", help="some of the networks")
    parser.add_argument("--rounds", type=int, default=10, help="turns of each")
    parser.add_argument("--json", metavar="FILE", help="where all numbers go")
    parser.add_argument("--core", type=int, help="the core to use (the last)")
    parser.add_argument("--mnist", metavar="FOLDER", help="MNIST's four files")
    parser.add_argument(
        "--torch-python", default="/usr/bin/python3", help="a Python with PyTorch"
    )
    arguments = parser.parse_args()
    arguments.only = arguments.only.split(",")
    if unknown := set(arguments.only) - set(SECTIONS):
        parser.error(f"unknown sections: {', '.join(sorted(unknown))}")
    if not arguments.gradc_tools and not arguments.show:
        parser.error("--gradc-tools says where gradc, gradc-opt and gradc-bench lie")
    return arguments


def print_section(name, results, is_markdown):
    """The table of a section."""
    rows = SECTIONS[name][1](results)
    print(f"\n{name}\n\n{format_table(rows, is_markdown)}", flush=True)


def print_machine(facts):
    """One line that says where all this was measured."""
    print(", ".join(f"{key}: {value}" for key, value in facts.items()), flush=True)


def show(arguments):
    """Prints what a former run has written."""
    results = json.loads(Path(arguments.show).read_text(encoding="utf-8"))
    print_machine(results["machine"])
    for name in arguments.only:
        if name in results:
            print_section(name, results[name], arguments.markdown)


def measure(arguments, folder):
    """Runs the sections one after the other."""
    setup = Setup(arguments, folder)
    results = {"machine": describe_machine(setup)}
    print_machine(results["machine"])
    for name in arguments.only:
        results[name] = SECTIONS[name][0](setup)
        print_section(name, results[name], arguments.markdown)
        if arguments.json:
            text = json.dumps(results, indent=1) + "\n"
            Path(arguments.json).write_text(text, encoding="utf-8")


def main():
    arguments = read_arguments()
    if arguments.show:
        return show(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measure(arguments, folder)


main()
