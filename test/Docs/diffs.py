"""Holds the diffs of docs/adding.md against the sources.

diffs.py check DOCUMENT ROOT   every hunk's context stands in its file, in order
diffs.py apply DOCUMENT ROOT   writes the changed files under ROOT
"""
import os
import re
import sys


def read_hunks(document):
    """(file, anchor, lines) of every hunk: the anchor is a line above it; the file
    is new where it has no context."""
    with open(document) as file:
        text = file.read()
    for block in re.findall(r"```diff\n(.*?)```", text, re.S):
        path, anchor, lines = None, "", []
        for line in block.splitlines():
            if line.startswith("--- ") or line.startswith("@@"):
                if lines:
                    yield path, anchor, lines
                anchor = line[2:].strip() if line.startswith("@@") else ""
                lines = []
            elif line.startswith("+++ b/"):
                path = line[len("+++ b/"):]
            else:
                lines.append(line)
        if lines:
            yield path, anchor, lines


def find(lines, anchor, wanted):
    """The first place after `anchor` where `wanted` stands, line by line."""
    starts = [at for at, line in enumerate(lines) if line.startswith(anchor)]
    if not starts:
        return None
    for at in range(starts[0], len(lines) - len(wanted) + 1):
        if lines[at:at + len(wanted)] == wanted:
            return at
    return None


def main():
    mode, document, root = sys.argv[1:]
    count = 0
    for path, anchor, hunk in read_hunks(document):
        count += 1
        old = [line[1:] for line in hunk if not line.startswith("+")]
        new = [line[1:] for line in hunk if not line.startswith("-")]
        target = os.path.join(root, path)
        content = []
        if any(line.strip() for line in old):
            with open(target) as file:
                content = file.read().splitlines()
            at = find(content, anchor, old)
            if at is None:
                sys.exit(f"{path}: these lines stand there no more:\n" + "\n".join(old))
            content[at:at + len(old)] = new
        else:
            content = new
        if mode == "apply":
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "w") as file:
                file.write("\n".join(content) + "\n")
    if count < 8:
        sys.exit(f"only {count} hunks found")


main()
