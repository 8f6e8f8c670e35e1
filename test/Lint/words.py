"""Finds marks of unfinished work, and paths of somebody's own machine.

usage: words.py [<root>]
"""

import os
import re
from pathlib import Path

from source_files import finish, numbered_lines, project_root

SUFFIXES = {".cpp", ".h", ".td", ".mlir", ".net", ".test", ".py", ".sh"}
SUFFIXES |= {".md", ".txt", ".cmake", ".cfg", ".in"}
EXTENSIONLESS = {"scripts", ".ci"}

# The brackets keep these patterns from finding themselves.
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b")
# Two folders deep, and not below one that every Debian has or that says it does
# not exist. What stands before the slash tells a path from a quotient, a tag or
# the rest of an address.
COMMON = "usr|etc|tmp|dev|proc|sys|bin|lib|var|opt|no|nonexistent|path"
OWN_PATH = re.compile(rf"(?<![\w.)}}\]>*<%/+~@-])/(?!({COMMON})/)[a-z]\w*/\w+")


def text_files(root):
    for place, inner, names in os.walk(root):
        folder = Path(place)
        if folder == root:
            inner[:] = [name for name in inner if not is_foreign(name)]
        for name in sorted(names):
            path = folder / name
            if path.suffix in SUFFIXES or folder.name in EXTENSIONLESS:
                yield path


def is_foreign(folder):
    """Whether a folder of the root is not part of the sources."""
    return folder in {".git", ".cache", "runs"} or folder.startswith("build")


def check(root):
    for path in text_files(root):
        for number, line in numbered_lines(path):
            place = f"{path.relative_to(root)}:{number}"
            if match := UNFINISHED.search(line):
                yield f"{place}: {match[0]}: finish it"
            if match := OWN_PATH.search(line):
                yield f"{place}: {match[0]}: a path of one machine only"


finish(list(check(project_root())))
