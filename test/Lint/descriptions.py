"""Asks LLVM's own TableGen what a description of passes or ops declares."""

import json
import shutil
import subprocess
from pathlib import Path


def records_of(root, description, kind):
    """All records derived from a TableGen class, by name."""
    tblgen = Path(shutil.which("llvm-tblgen")).resolve()
    command = [tblgen, "--dump-json", "-I", root / "include"]
    command += ["-I", tblgen.parents[1] / "include", description]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    records = json.loads(output)
    return [records[name] for name in records["!instanceof"].get(kind, [])]
