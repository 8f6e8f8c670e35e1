"""Finds examples that no test names, so that none can rot.

usage: examples.py [<root>]
"""

from source_files import files_below, finish, project_root

SUFFIXES = {".mlir", ".net", ".test", ".cpp", ".py"}


def check(root):
    tests = list(files_below(root, ["test"], SUFFIXES))
    texts = [path.read_text(errors="replace") for path in tests]
    for example in files_below(root, ["examples"], {".net"}):
        if not any(example.name in text for text in texts):
            yield f"{example.relative_to(root)}: no test names this example"


finish(list(check(project_root())))
