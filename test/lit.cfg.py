# How lit finds and runs gradc's tests.

import atexit
import os
import shutil
import sys
import tempfile

import lit.formats

config.name = "gradc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".net", ".test"]
config.excludes = ["Unit", "Inputs", "listings"]
config.test_source_root = os.path.dirname(__file__)

source = config.gradc_source_dir
config.substitutions += [
    ("%python", '"%s"' % sys.executable),
    ("%examples", os.path.join(source, "examples")),
    ("%docs", os.path.join(source, "docs")),
    ("%root", source),
]

# gradc's own tools stand first, then FileCheck, not, count and split-file.
config.environment["PATH"] = os.pathsep.join(
    [tool for tool in config.gradc_tools if tool]
    + [config.llvm_tools_dir, os.environ["PATH"]]
)

# A test sees neither the terminal, nor the language, nor the files of whoever
# runs it. lit hands down few variables; these could still tell.
home = tempfile.mkdtemp(prefix="gradc-home-")
atexit.register(shutil.rmtree, home, ignore_errors=True)
config.environment.update(
    HOME=home,
    XDG_CACHE_HOME=home,
    GRADC_CACHE_DIR="off",  # every test compiles what it runs
    LC_ALL="C.UTF-8",
    TZ="UTC",
    PYTHONDONTWRITEBYTECODE="1",
)
for name in ("CLICOLOR_FORCE", "FORCE_COLOR", "NO_COLOR", "TERM"):
    config.environment.pop(name, None)

# The MNIST files are not part of the project: GRADC_MNIST names their folder.
def has_terminals():
    """Whether a test can open a terminal of its own: not in a bare chroot."""
    try:
        for descriptor in os.openpty():
            os.close(descriptor)
        return True
    except OSError:
        return False


if has_terminals():
    config.available_features.add("terminal")

mnist = os.environ.get("GRADC_MNIST")
if mnist and os.path.isdir(mnist):
    config.available_features.add("mnist")
    config.environment["GRADC_MNIST"] = os.path.abspath(mnist)
if os.environ.get("GRADC_LONG_TESTS"):
    config.available_features.add("long-tests")
if shutil.which("clang-format-22"):
    config.available_features.add("clang-format")
