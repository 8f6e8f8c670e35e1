"""Runs the code blocks of the documentation.

usage: blocks.py net|mlir <root>

`net` checks every block marked `net` with gradc -fsyntax-only; `mlir` runs every
block marked `mlir complete` through gradc-opt. Others are excerpts.
"""

import re
import subprocess
import sys
from pathlib import Path

COMMANDS = {
    "net": ("net", ["gradc", "-fsyntax-only", "-"]),
    "mlir": ("mlir complete", ["gradc-opt", "-", "-o", "-"]),
}
BLOCK = re.compile(r"^( *)```(.*)\n((?:.*\n)*?)^ *```$", re.MULTILINE)


def find_pages(root):
    yield from sorted(root.glob("*.md"))
    yield from sorted(root.glob("docs/*.md"))
    yield from sorted(root.glob("examples/*.md"))


def find_blocks(page, mark):
    """The line and text of each block with that mark."""
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        if match[2].strip() == mark:
            yield text.count("\n", 0, match.start()) + 1, match[3]


def main():
    mark, command = COMMANDS[sys.argv[1]]
    root = Path(sys.argv[2])
    count, failed = 0, False
    for page in find_pages(root):
        for line, block in find_blocks(page, mark):
            count += 1
            done = subprocess.run(command, input=block, text=True, capture_output=True)
            # A warning is as wrong in an example as an error.
            if done.returncode or done.stderr:
                failed = True
                print(f"{page.relative_to(root)}:{line}: block '{mark}' fails:")
                print(done.stderr)
    print(f"{count} blocks")
    sys.exit(1 if failed or count == 0 else 0)


main()
