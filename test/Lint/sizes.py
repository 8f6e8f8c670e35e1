"""Finds files that have grown too long to be read at once.

usage: sizes.py [<root>]
"""

from source_files import files_below, finish, lit_tests, project_root

LIMITS = {".cpp": 300, ".h": 300, ".td": 200}
TEST_LIMIT = 150


def check(root):
    sources = files_below(root, ["include", "lib", "tools", "test"], LIMITS)
    limits = {path: LIMITS[path.suffix] for path in sources}
    limits.update((path, TEST_LIMIT) for path in lit_tests(root))
    for path, limit in limits.items():
        lines = len(path.read_bytes().splitlines())
        if lines > limit:
            name = path.relative_to(root)
            yield f"{name}: {lines} lines, at most {limit}: split it by subject"


finish(list(check(project_root())))
