"""What one core can do: multiply-adds, and reading each level of the memory."""

import json
from pathlib import Path

CACHES = Path("/sys/devices/system/cpu/cpu0/cache")
DEFAULTS = {"L1": 32 << 10, "L2": 1 << 20, "L3": 16 << 20}
UNITS = {"K": 1 << 10, "M": 1 << 20}


def cache_sizes():
    """The bytes of each cache, as the system tells them."""
    sizes = dict(DEFAULTS)
    for cache in CACHES.glob("index*"):
        if (cache / "type").read_text().strip() != "Instruction":
            text = (cache / "size").read_text().strip()
            level = "L" + (cache / "level").read_text().strip()
            sizes[level] = int(text[:-1]) * UNITS[text[-1]]
    return sizes


def limits(setup):
    """Best GFLOP/s, and best GB/s with data that fit each cache, or none."""
    sizes = cache_sizes()
    command = [setup.build("limits", ["limits.cpp"])]
    for level in ("L1", "L2"):
        command += [level, str(sizes[level] // 2)]
    # The last cache is often shared, and lies about its size in a virtual machine.
    command += ["L3", str(max(sizes["L3"] // 4, 2 * sizes["L2"]))]
    command += ["memory", str(4 * sizes["L3"])]
    results = json.loads(setup.run(command))
    setup.peak = results["peak"]
    return results


def show_limits(results):
    """A line for each level of the memory."""
    rows = [["one core", "KiB", "read GB/s", "update GB/s"]]
    rows.append(["multiply-adds", "", f"{results['peak']} GFLOP/s", ""])
    for name, level in results.items():
        if isinstance(level, dict):
            rows.append([name, level["bytes"] >> 10, level["read"], level["update"]])
    return rows
