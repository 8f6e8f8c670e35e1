"""Arrays in NumPy's format. Needs only the standard library."""

import array
import struct
import sys
from pathlib import Path

CODES = {"f4": "f", "f8": "d", "i4": "i"}


def write_npy(path, values, shape, kind):
    """Writes a flat list of numbers; `kind` is f4, f8 or i4."""
    header = f"{{'descr': '<{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    head = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header))
    body = array.array(CODES[kind], values)
    if sys.byteorder == "big":
        body.byteswap()
    Path(path).write_bytes(head + header.encode() + body.tobytes())


def write_rows(path, rows, kind="f8"):
    """Writes lists of equally many numbers."""
    values = [value for row in rows for value in row]
    write_npy(path, values, (len(rows), len(rows[0])), kind)


def read_npy(path):
    """The flat values of a file of f32 or f64."""
    content = Path(path).read_bytes()
    begin = 10 + struct.unpack_from("<H", content, 8)[0]
    code = "d" if b"<f8" in content[:begin] else "f"
    values = array.array(code, content[begin:])
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()
