"""What the scripts of this folder share: the files they read, and how they end."""

import os
import sys
from pathlib import Path

# Folders whose files are data to some test, not tests.
STORED = {"Inputs", "listings"}
TEST_SUFFIXES = {".mlir", ".net", ".test"}


def project_root():
    """The folder named on the command line, or the one this script lies in."""
    folders = [word for word in sys.argv[1:] if not word.startswith("-")]
    return Path(folders[0] if folders else Path(__file__).parents[2]).resolve()


def files_below(root, folders, suffixes):
    """All files below some folders of root that end in one of the suffixes."""
    for folder in folders:
        for place, inner, names in os.walk(root / folder):
            inner[:] = sorted(name for name in inner if name != "__pycache__")
            for name in sorted(names):
                if Path(name).suffix in suffixes:
                    yield Path(place, name)


def lit_tests(root):
    """The files lit runs."""
    for path in files_below(root, ["test"], TEST_SUFFIXES):
        folders = path.relative_to(root / "test").parts[:-1]
        stored_net = path.suffix == ".net" and "Reference" in folders
        if not STORED & set(folders) and not stored_net:
            yield path


def numbered_lines(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    return enumerate(text.splitlines(), 1)


def finish(complaints):
    """Prints what is wrong and ends the script."""
    for complaint in complaints:
        print(complaint)
    sys.exit(1 if complaints else 0)
