"""Checks every include of the project against its layers.

usage: includes.py [--self-test] [<root>]
"""

import re
import sys
import tempfile
from pathlib import Path

from source_files import files_below, finish, numbered_lines, project_root

DIALECTS = ["Dialect/Kernel", "Dialect/NN", "Dialect/Train"]
MODEL = ["Diagnostics", "Interfaces"] + DIALECTS

# What each library may include besides itself.
BELOW = {
    "Diagnostics": [],
    "Data": [],
    "Frontend": ["Diagnostics"],
    "Interfaces": ["Diagnostics"],
    "Dialect/Kernel": [],
    "Dialect/NN": ["Diagnostics", "Interfaces"],
    "Dialect/Train": ["Diagnostics", "Interfaces"],
    "Import": MODEL + ["Frontend", "Data"],
    "Analysis": MODEL,
    "Transforms": MODEL + ["Analysis"],
    "Conversion": MODEL,
    "CodeGen": ["Diagnostics", "Interfaces", "Dialect/Kernel"],
    "Execution": ["Data"],
    "PrecompiledHeader": [],
    "InitAll": MODEL + ["Analysis", "Transforms", "Conversion", "CodeGen"],
}
# These stand above all others.
BELOW["Driver"] = list(BELOW)
BELOW["tools"] = list(BELOW)

# Data is plain C++; these others use MLIR, but know no dialect of it.
FORBIDDEN = {
    "Data": "mlir/",
    "Diagnostics": "mlir/Dialect/",
    "Frontend": "mlir/Dialect/",
    "Execution": "mlir/Dialect/",
}
FOLDERS = ["include/gradc", "lib", "tools"]
INCLUDE = re.compile(r'^\s*#?\s*include\s*["<]([^">]+)[">]')


def library_of(parts):
    """Dialect/NN for Dialect/NN/NN.h, InitAll for InitAll.h."""
    folders = parts[:-1]
    if folders and folders[0] == "Dialect":
        return "/".join(folders[:2])
    return folders[0] if folders else Path(parts[-1]).stem


def complaint_about(library, included):
    """Why a library may not include a file; None if it may."""
    if library not in BELOW:
        return f"{library} has no layer yet: give it one in includes.py"
    if ".." in Path(included).parts:
        return f'"{included}" leaves its folder: name it from gradc/ on'
    if included.startswith("gradc/"):
        other = library_of(Path(included).parts[1:])
        if other != library and other not in BELOW[library]:
            return f"{library} includes {other}, which is not below it"
    elif included.startswith(FORBIDDEN.get(library, "\0")):
        return f"{library} includes {included}, but must not know it"
    return None


def check(root):
    complaints = []
    for folder in FOLDERS:
        for path in files_below(root, [folder], {".h", ".cpp", ".td"}):
            library = "tools"
            if folder != "tools":
                library = library_of(path.relative_to(root / folder).parts)
            for number, line in numbered_lines(path):
                match = INCLUDE.match(line)
                why = match and complaint_about(library, match[1])
                if why:
                    place = path.relative_to(root)
                    complaints.append(f"{place}:{number}: {why}")
    return complaints


def self_test():
    """Plants one violation of each kind among harmless lines."""
    planted = {
        "lib/Frontend/Parser.cpp": '#include "gradc/Interfaces/Interfaces.h"',
        "lib/Dialect/NN/Layers.cpp": '#include "gradc/Dialect/Train/Train.h"',
        "include/gradc/Dialect/Train/T.td": 'include "gradc/Dialect/NN/NN.td"',
        "lib/CodeGen/Tile.cpp": '#include "gradc/Dialect/NN/NN.h"',
        "lib/Conversion/C.cpp": '#include "gradc/Transforms/Passes.h"',
        "lib/Data/Idx.cpp": '#include "mlir/IR/Builders.h"',
        "lib/Execution/Engine.cpp": '  #  include <mlir/Dialect/Func/F.h>',
        "lib/Import/I.cpp": '#include "../Driver/Options.h"',
        "lib/Novel/N.cpp": '#include "mlir/IR/Builders.h"',
    }
    harmless = {
        "lib/Transforms/T.cpp": '#include "gradc/Analysis/GradientFlow.h"',
        "lib/Driver/Driver.cpp": '#include "gradc/Execution/Engine.h"',
        "lib/Execution/State.cpp": '#include "gradc/Data/Idx.h"',
        "include/gradc/InitAll.h": '#include "gradc/Dialect/NN/NN.h"',
        "lib/Frontend/Lexer.cpp": '// #include "gradc/Driver/Options.h"',
        "tools/gradc/gradc.cpp": '#include "gradc/Driver/Driver.h"',
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, line in {**planted, **harmless}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"// A file.\n{line}\n")
        found = {text.split(":2: ")[0] for text in check(Path(folder))}
    return [f"self-test: {name}" for name in sorted(found ^ set(planted))]


finish(self_test() if "--self-test" in sys.argv else check(project_root()))
