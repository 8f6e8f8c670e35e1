"""Trains with a cache whose only program is damaged in many ways.

usage: damage_cache.py <folder> <weights> <command>...

The command is a training with --time-report that writes <weights>; each time it
must compile again, write the same weights, and mend the cache.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

folder, weights, command = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]


def train():
    """How the code was come by, and the weights."""
    run = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=True)
    return run.stderr.splitlines()[-1], weights.read_bytes()


shutil.rmtree(folder, ignore_errors=True)
compiled, wanted = train()
[file] = folder.iterdir()
whole = file.read_bytes()
assert compiled == "the code was compiled", compiled
assert train() == ("the code came from the cache", wanted)


def write(text):
    file.write_bytes(text)


def flip(place):
    write(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])


def replace(make):
    file.unlink()
    make()


damages = {
    "first byte": lambda: flip(0),
    "version": lambda: flip(7),
    "key": lambda: flip(20),
    "middle": lambda: flip(len(whole) // 2),
    "checksum": lambda: flip(len(whole) - 1),
    "truncated": lambda: write(whole[:-1]),
    "half": lambda: write(whole[: len(whole) // 2]),
    "empty": lambda: write(b""),
    "longer": lambda: write(whole + b"\0"),
    "foreign": lambda: write(b"\x7fELF" + bytes(5000)),
    "zeros": lambda: write(bytes(len(whole))),
    "pipe": lambda: replace(lambda: os.mkfifo(file)),
    "link": lambda: replace(lambda: file.symlink_to("/etc/passwd")),
    "of others": lambda: file.chmod(0o666),
}
for name, damage in damages.items():
    damage()
    assert train() == (compiled, wanted), name
    assert file.read_bytes() == whole and not file.is_symlink(), name
    assert [path for path in folder.iterdir()] == [file], name

# Nothing can be done about a folder in its place, but all else works.
replace(file.mkdir)
assert train() == (compiled, wanted)
assert [path for path in folder.iterdir()] == [file]
