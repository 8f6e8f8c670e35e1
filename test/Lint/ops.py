"""Finds ops that appear in no test.

usage: ops.py [<root>]
"""

import re

from descriptions import records_of
from source_files import finish, lit_tests, project_root


def check(root):
    tests = [path.read_text(errors="replace") for path in lit_tests(root)]
    words = {word for text in tests for word in re.findall(r"\w+\.\w+", text)}
    for folder in sorted(root.glob("include/gradc/Dialect/*")):
        umbrella = folder / f"{folder.name}Ops.td"
        if not umbrella.exists():
            continue
        # The dialect's name is its folder's in lower case.
        for record in records_of(root, umbrella, "Op"):
            op = f"{folder.name.lower()}.{record['opName']}"
            if op not in words:
                place = record["!locs"][-1]
                yield f"{folder.relative_to(root)}/{place}: no test has {op}"


finish(list(check(project_root())))
