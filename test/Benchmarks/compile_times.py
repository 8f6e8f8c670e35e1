"""From the start of gradc to the first step, and what a training takes."""

import gzip
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

FILES = [
    f"{part}-{kind}-ubyte"
    for part in ("train", "t10k")
    for kind in ("images-idx3", "labels-idx1")
]

NET = """
data {{
  source idx "train-images-idx3-ubyte{suffix}" "train-labels-idx1-ubyte{suffix}"
  test   idx "t10k-images-idx3-ubyte{suffix}" "t10k-labels-idx1-ubyte{suffix}"
  scale  (1 / 255)
}}
net timed {{
  input image[28, 28]
  flatten
  {layers}
  dense 10
}}
train {{
  loss crossentropy ; optimizer adam lr=1e-3 ; batch 128 ; epochs 1
  metrics accuracy
}}
"""
SHALLOW = "dense 512 ; relu"
DEEP = "repeat 100 { dense 64 ; relu }"


class Gradc:
    """gradc in a folder of its own, with data and a cache."""

    def __init__(self, setup):
        self.program = setup.tool("gradc")
        self.folder = setup.folder / "training"
        self.folder.mkdir()
        self.environment = dict(os.environ, XDG_CACHE_HOME=str(self.folder))
        text = subprocess.run(
            [self.program, "--help"], capture_output=True, text=True
        ).stdout
        self.has_cache = "--cache" in text

    def write_data(self, mnist):
        """The four files, plain and compressed: MNIST's or drawn ones."""
        if mnist is None:
            command = [self.program, "data", "digits", "-o", "."]
            subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        for name in FILES:
            plain, packed = self.folder / name, self.folder / (name + ".gz")
            if mnist is not None:
                copy_plain(Path(mnist), name, plain)
            with gzip.open(packed, "wb", compresslevel=6) as file:
                file.write(plain.read_bytes())

    def write_net(self, layers, suffix=""):
        """The path of a net."""
        path = self.folder / "timed.net"
        path.write_text(NET.format(layers=layers, suffix=suffix), encoding="utf-8")
        return str(path)

    def command(self, net, options):
        """A quiet training."""
        quiet = ["-q", "--progress=none", "-o", str(self.folder / "w.safetensors")]
        return [self.program, net] + quiet + options

    def cache_options(self, cache):
        """The option that names a cache; none where gradc has none."""
        return [f"--cache={self.folder / cache}"] if self.has_cache else []

    def time_first_step(self, net, options=()):
        """Seconds from the start of the process to the line of the first step."""
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command(net, ["--steps=1", "--log=-", *options]),
            stdout=subprocess.PIPE,
            env=self.environment,
        )
        seconds = None
        for line in process.stdout:
            if seconds is None and json.loads(line).get("event") == "step":
                seconds = time.perf_counter() - start
        if process.wait() != 0 or seconds is None:
            raise RuntimeError("gradc did not train")
        return seconds

    def best_first_step(self, net, rounds, cache=None):
        """The best of some starts; each with a new cache, or all with one."""
        if cache is not None:
            self.time_first_step(net, self.cache_options(cache))
        times = []
        for number in range(rounds):
            options = self.cache_options(cache or f"cache-{time.time_ns()}-{number}")
            times.append(self.time_first_step(net, options))
        return round(min(times), 4)

    def object_bytes(self, net):
        """The size of the object file of the step."""
        path = self.folder / "step.o"
        subprocess.run(
            [self.program, net, "-emit=obj", "-o", str(path)],
            check=True,
            env=self.environment,
        )
        return path.stat().st_size

    def train(self, net):
        """Seconds and the highest memory in MiB of a whole training."""
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command(net, []), env=self.environment, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        return round(seconds, 3), round(usage.ru_maxrss / 1024, 1)


def copy_plain(folder, name, target):
    """Copies a file, out of its .gz where only that is there."""
    if (folder / name).exists():
        shutil.copy(folder / name, target)
    else:
        target.write_bytes(gzip.decompress((folder / (name + ".gz")).read_bytes()))


def compile_times(setup):
    """All times on all cores, as a user would have them."""
    gradc = Gradc(setup)
    gradc.write_data(setup.mnist)
    rounds = max(setup.rounds, 3)
    results = {"data": "MNIST" if setup.mnist else "drawn digits"}
    net = gradc.write_net(SHALLOW)
    results["first step, plain files"] = gradc.best_first_step(net, rounds)
    results["again, from the cache"] = (
        gradc.best_first_step(net, rounds, "kept") if gradc.has_cache else "not yet"
    )
    results["object of the step, bytes"] = gradc.object_bytes(net)
    seconds, memory = gradc.train(net)
    results["an epoch in all, seconds"] = seconds
    results["its highest memory, MiB"] = memory
    net = gradc.write_net(SHALLOW, ".gz")
    results["first step, .gz files"] = gradc.best_first_step(net, rounds)
    net = gradc.write_net(DEEP)
    results["first step, 100 layers of 64"] = gradc.best_first_step(net, rounds)
    results["its object, bytes"] = gradc.object_bytes(net)
    return results


def show_compile_times(results):
    """One line a figure."""
    return [["seconds if not said otherwise", ""], *results.items()]
