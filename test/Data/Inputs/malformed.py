"""Hands gradc one malformed data file after the other.

malformed.py GRADC FOLDER: each case must end with exit code 4, one error line
that names the file, the reason and the place, and no other output.
"""
import gzip
import os
import struct
import subprocess
import sys

NET = """
data { source %s ; split validation=0 }
net m { input x[%s] ; flatten ; dense 3 }
train { loss %s
  optimizer sgd lr=0.1
  batch 2 ; epochs 1 }
"""


def idx(sizes, data, kind=8):
    """An IDX file of bytes."""
    return struct.pack(">HBB", 0, kind, len(sizes)) + struct.pack(f">{len(sizes)}I", *sizes) + data


def npy(header, data, version=(1, 0)):
    """A .npy file with this header text."""
    text = header + " " * (63 - (len(header) + 10) % 64) + "\n"
    return b"\x93NUMPY" + bytes(version) + struct.pack("<H", len(text)) + text.encode() + data


def floats(*numbers):
    return struct.pack(f"<{len(numbers)}f", *numbers)


IMAGES = idx([4, 2, 2], bytes(16))
LABELS = idx([4], bytes([0, 1, 2, 0]))
X = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 2), }", floats(*range(8)))
Y = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 3), }", floats(*range(12)))
ZIPPED = gzip.compress(IMAGES, mtime=0)

# Name: (kind of source, first file, second file, words of the message).
CASES = {
    "cut header": ("idx", IMAGES[:6], LABELS, ["x", "byte"]),
    "cut images": ("idx", IMAGES[:-3], LABELS, ["x"]),
    "trailing bytes": ("idx", IMAGES + b"12", LABELS, ["x"]),
    "wrong magic": ("idx", b"GIF8" + IMAGES[4:], LABELS, ["x", "IDX"]),
    "huge sizes": ("idx", idx([1 << 31, 1 << 31, 1 << 31], b""), LABELS, ["x"]),
    "counts that disagree": ("idx", IMAGES, idx([3], bytes(3)), ["4", "3"]),
    "label out of range": ("idx", IMAGES, idx([4], bytes([0, 1, 7, 0])), ["label 7", "item 2"]),
    "empty file": ("idx", b"", LABELS, ["x", "empty"]),
    "cut gzip": ("idx", ZIPPED[:-9], LABELS, ["x"]),
    "wrong checksum": ("idx", ZIPPED[:-6] + b"\x01" + ZIPPED[-5:], LABELS, ["x"]),
    "no npy": ("npy", b"hello", Y, ["x"]),
    "Fortran order": ("npy", X.replace(b"False", b"True "), Y, ["x", "Fortran"]),
    "big-endian": ("npy", X.replace(b"<f4", b">f4"), Y, ["x", "endian"]),
    "pickled objects": ("npy", X.replace(b"<f4", b"|O "), Y, ["x"]),
    "not a number": ("npy", X[:-32] + floats(0, 1, 2, float("nan"), 4, 5, 6, 7), Y, ["x", "row 1", "column 1"]),
    "cut array": ("npy", X[:-4], Y, ["x"]),
    "another width": ("npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 5), }", floats(*range(20))), Y, ["5", "2"]),
    "targets too narrow": ("npy", X, X, ["2", "3"]),
}


def run(gradc, folder, name, kind, first, second):
    """The exit code and what gradc printed."""
    for file, content in (("x", first), ("y", second)):
        with open(os.path.join(folder, file), "wb") as stream:
            stream.write(content)
    is_idx = kind == "idx"
    net = NET % (f'{kind} "x" "y"', "2, 2" if is_idx else "2", "crossentropy" if is_idx else "mse")
    with open(os.path.join(folder, "m.net"), "w") as stream:
        stream.write(net)
    weights = os.path.join(folder, "w.safetensors")
    done = subprocess.run([gradc, os.path.join(folder, "m.net"), "-o", weights],
                          capture_output=True, text=True, timeout=60)
    return done, os.path.exists(weights)


def main():
    gradc, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    wrong = 0
    for name, (kind, first, second, words) in CASES.items():
        done, wrote = run(gradc, folder, name, kind, first, second)
        errors = [line for line in done.stderr.splitlines() if "error:" in line]
        is_right = (done.returncode == 4 and len(errors) == 1 and not wrote
                    and all(word in errors[0] for word in words))
        print(("ok    " if is_right else "WRONG "), name, "-", done.returncode, *errors)
        wrong += not is_right
    sys.exit(wrong != 0)


main()
