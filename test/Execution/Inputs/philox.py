"""Computes the initial weights of random.net again: philox.py FILE SEED."""
import json
import math
import struct
import sys

MASK = 0xFFFFFFFF


def philox(counter, key):
    """Philox 4x32-10 of Salmon et al. (SC 2011)."""
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def check_known_answers():
    """The vectors that Random123 publishes."""
    assert philox([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    assert philox([MASK] * 4, [MASK] * 2) == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]
    assert philox([0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
                  [0xA4093822, 0x299F31D0]) == [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]


def hash_name(name):
    """FNV-1a, 32 bits."""
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & MASK
    return value


def draw(name, seed, index, distribution, first, second):
    """Element `index` of the tensor `name`."""
    key = [seed & MASK, hash_name(name) ^ (seed >> 32)]
    a, b, c, d = philox([index & MASK, index >> 32, 0, 0], key)
    unit = lambda high, low: ((high >> 5) * 67108864.0 + (low >> 6)) * 2.0 ** -53
    if distribution == "uniform":
        return first + (second - first) * unit(a, b)
    radius = math.sqrt(-2 * math.log(1 - unit(a, b)))
    return first + second * radius * math.cos(2 * math.pi * unit(c, d))


def read_tensors(path):
    """Name to (list of numbers, whether they are f32)."""
    data = open(path, "rb").read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        code, size = ("f", 4) if entry["dtype"] == "F32" else ("d", 8)
        raw = data[8 + length + begin:8 + length + end]
        tensors[name] = list(struct.unpack(f"<{len(raw) // size}{code}", raw)), code == "f"
    return tensors


def main():
    check_known_answers()
    seed = int(sys.argv[2])
    bound = math.sqrt(6 / (17 + 2))
    wanted = {
        "first.weight": ("normal", 0.5, 2),
        "first.bias": ("uniform", -1, 3),
        "dense.weight": ("uniform", -bound, bound),
    }
    tensors = read_tensors(sys.argv[1])
    assert tensors["dense.bias"][0] == [0.25, 0.25], tensors["dense.bias"]
    for name, (distribution, first, second) in wanted.items():
        values, is_f32 = tensors[name]
        for index, value in enumerate(values):
            exact = draw(name, seed, index, distribution, first, second)
            # One rounding to f32, or the last digits of libm in f64.
            bound = (2.0 ** -24 if is_f32 else 1e-15) * max(1, abs(exact))
            if abs(value - exact) > bound * 1.01:
                sys.exit(f"{name}[{index}]: {value!r}, not {exact!r}")


if __name__ == "__main__":
    main()
