"""Finds passes without a test of their own: <pass>.mlir, somewhere in test/.

usage: passes.py [<root>]
"""

from descriptions import records_of
from source_files import finish, lit_tests, project_root


def check(root):
    tests = {path.name for path in lit_tests(root)}
    for description in sorted(root.glob("include/gradc/**/Passes.td")):
        for record in records_of(root, description, "PassBase"):
            test = record["argument"] + ".mlir"
            if test not in tests:
                yield f"{description.relative_to(root)}: no test {test}"


finish(list(check(project_root())))
