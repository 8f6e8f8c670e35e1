"""Reads and writes .safetensors files with the standard library alone.

A file is the length of its header (8 bytes, little-endian), the header (JSON:
name -> dtype, shape, data_offsets) and the raw little-endian values.
"""

import array
import json
import struct
import sys

TYPE_CODES = {"F32": "f", "F64": "d"}


def read_safetensors(path):
    """Returns {name: list of floats} of the F32 and F64 tensors of a file."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] not in TYPE_CODES:
            continue
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = array.array(TYPE_CODES[entry["dtype"]], content[begin:end])
        if sys.byteorder == "big":
            values.byteswap()
        tensors[name] = values.tolist()
    return tensors


def write_safetensors(path, tensors):
    """Writes {name: float32 numpy array}, in the order of the dictionary."""
    header, offset = {}, 0
    for name, values in tensors.items():
        end = offset + 4 * values.size
        header[name] = {
            "dtype": "F32",
            "shape": list(values.shape),
            "data_offsets": [offset, end],
        }
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the values begin at a multiple of eight
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for values in tensors.values():
            file.write(values.astype("<f4").tobytes())
