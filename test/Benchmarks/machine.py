"""What the sections of the benchmarks share: tools, cores, surroundings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIBRARY_VARIABLES = tuple(
    "OPENBLAS_ OMP_ GOMP_ KMP_ MKL_ ONEDNN_ DNNL_ ATEN_".split()
)
OPENBLAS = "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0"


def find_compiler():
    """The compiler gradc is built with, or what the system calls one."""
    return shutil.which("clang++-22") or shutil.which("c++")


class Setup:
    """The machine, the tools and the wishes of one run."""

    def __init__(self, arguments, folder):
        self.tools = Path(arguments.gradc_tools).resolve()
        self.mnist = arguments.mnist
        self.nets = arguments.nets.split(",") if arguments.nets else None
        self.rounds = arguments.rounds
        self.torch_python = arguments.torch_python
        self.folder = Path(folder)
        self.peak = None  # GFLOP/s of a core, once it is measured
        self.cores = sorted(os.sched_getaffinity(0))
        self.core = self.cores[-1] if arguments.core is None else arguments.core

    def tool(self, name):
        """The path of a tool, in a folder of its own or not."""
        for path in (self.tools / name / name, self.tools / name):
            if path.is_file():
                return str(path)
        raise FileNotFoundError(f"no {name} in {self.tools}")

    def cores_of(self, threads):
        """The cores a process of so many threads may use."""
        return {self.core} if threads == 1 else set(self.cores[-threads:])

    def environment(self, threads=1):
        """The variables of a process that is timed.

        Without those that choose a library's kernels: each chooses for itself.
        """
        result = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(LIBRARY_VARIABLES)
        }
        for library in ("OPENBLAS", "OMP", "MKL"):
            result[f"{library}_NUM_THREADS"] = str(threads)
        return result

    def start(self, command, threads=1, variables=None, **options):
        """A process on its cores."""
        cores = self.cores_of(threads)
        return subprocess.Popen(
            command,
            env={**self.environment(threads), **(variables or {})},
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
            text=True,
            **options,
        )

    def run(self, command, text=""):
        """What a pinned command prints."""
        process = self.start(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        output, _ = process.communicate(text)
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
        return output

    def build(self, name, sources, libraries=()):
        """Compiles a program from C++ files beside this one."""
        program = str(self.folder / name)
        command = [find_compiler(), "-std=c++17", "-O3", "-march=native", "-o", program]
        command += [str(HERE / source) for source in sources]
        command += [f"-l{library}" for library in libraries]
        subprocess.run(command, check=True)
        return program

    def has_torch(self):
        """Whether PyTorch can be loaded."""
        python = shutil.which(self.torch_python)
        if python is None:
            return False
        done = subprocess.run([python, "-c", "import torch"], capture_output=True)
        return done.returncode == 0


def cpu_facts():
    """Name and flags of the processor."""
    facts = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        key, _, value = line.partition(":")
        facts.setdefault(key.strip(), value.strip())
    return facts.get("model name", "unknown"), set(facts.get("flags", "").split())


def openblas_kernels(setup):
    """What OpenBLAS takes this processor for."""
    script = (
        "import ctypes, sys; name = ctypes.CDLL(sys.argv[1]).openblas_get_corename;"
        "name.restype = ctypes.c_char_p; print(name().decode())"
    )
    if not Path(OPENBLAS).exists():
        return "missing"
    return setup.run([sys.executable, "-c", script, OPENBLAS]).strip()


def describe_machine(setup):
    """What a reader must know of the machine."""
    name, flags = cpu_facts()
    vectors = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "?"
    return {
        "cpu": name,
        "cores": len(setup.cores),
        "vectors": vectors,
        "virtual": "hypervisor" in flags,
        "openblas": openblas_kernels(setup),
        "python": sys.version.split()[0],
    }


def format_table(rows, is_markdown=False):
    """Rows as lines, the first column to the left, the others to the right."""
    rows = [[str(word) for word in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = []
    for first, *others in rows:
        words = [first.ljust(widths[0])]
        words += [word.rjust(width) for word, width in zip(others, widths[1:])]
        lines.append("  ".join(words).rstrip())
    if is_markdown:
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "| --- |" + " ---: |" * (len(widths) - 1))
    return "\n".join(lines)
