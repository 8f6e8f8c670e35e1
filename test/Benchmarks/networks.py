"""Training steps of whole networks: gradc and PyTorch by turns; watching."""

from by_turns import Peer, Refused, time_by_turns
from machine import HERE

# How many times as fast as PyTorch gradc is to be on one core.
GOALS = {
    "mnist_mlp": 3,
    "nielsen": 25,
    "deep_mlp": 8,
    "deep_mlp_watched": 10,
    "wide_mlp": 1.9,
    "tiny": 200,
    "bn_mlp": 4,
    "lenet": 5,
    "keras_cnn": 3.5,
    "resnet": 2,
    "lstm_rows": 3.5,
}


def dense(batch, sizes):
    """The products of a chain of dense layers."""
    return [(batch, *pair) for pair in zip(sizes, sizes[1:])]


# Rows, terms of a sum and columns of each product on the way forward: pixels or
# steps of all samples by the values of a window by channels or gates.
PRODUCTS = {
    "mnist_mlp": dense(128, [784, 512, 10]),
    "nielsen": dense(10, [784] + [30] * 4 + [10]),
    "deep_mlp": dense(64, [784] + [64] * 20 + [10]),
    "deep_mlp_watched": dense(64, [784] + [64] * 20 + [10]),
    "wide_mlp": dense(256, [1024] * 4 + [10]),
    "tiny": dense(1, [10, 10, 1]),
    "bn_mlp": dense(128, [784] + [256] * 6 + [10]),
    "lenet": [(64 * 784, 25, 6), (64 * 100, 150, 16)]
    + dense(64, [400, 120, 84, 10]),
    "keras_cnn": [(64 * 676, 9, 32), (64 * 576, 288, 64)]
    + dense(64, [9216, 128, 10]),
    "resnet": [(32 * 784, 9, 32)] + [(32 * 784, 288, 32)] * 6 + dense(32, [32, 10]),
    "lstm_rows": [(64 * 28, 28, 512), (64 * 28, 128, 512)] + dense(64, [128, 10]),
}

# PyTorch frees and allocates large blocks in every step, and as it comes the
# system takes them back each time. A second PyTorch keeps them.
KEPT = "torch kept"
KEEP = {
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 31),
}


def gradc_command(setup, name, threads, options=()):
    """The command that times a network with gradc."""
    command = [setup.tool("gradc-bench"), str(HERE / "nets" / f"{name}.net")]
    if threads > 1:
        command.append(f"-threads={threads}")
    return command + list(options)


def products_flop(name):
    """Operations of a step's products; the first layer needs no input gradient."""
    layers = [2 * rows * terms * columns for rows, terms, columns in PRODUCTS[name]]
    return 3 * sum(layers) - layers[0]


def bound(setup, name, threads):
    """Microseconds of a step's products at the measured peak, if it was."""
    if setup.peak is None:
        return None
    return round(products_flop(name) / (1e3 * setup.peak * threads), 3)


def start_gradc(setup, name, threads):
    """gradc's side, or why it is missing."""
    if not (HERE / "nets" / f"{name}.net").exists():
        return "not yet"
    watch = ["-watch"] if name.endswith("_watched") else []
    try:
        return Peer(setup, gradc_command(setup, name, threads, watch), threads)
    except Refused as reason:
        return f"refused: {reason}"


def start_peers(setup, name, threads, with_torch):
    """All sides, or why one is missing."""
    sides = {"gradc": start_gradc(setup, name, threads)}
    command = [setup.torch_python, str(HERE / "torch_networks.py")]
    command += [name, str(threads)]
    for side, variables in (("torch", {}), (KEPT, KEEP)):
        sides[side] = "no PyTorch"
        if with_torch:
            sides[side] = Peer(setup, command, threads, variables)
    return sides


def measure_networks(setup, threads):
    """The statistics of all sides of each network, and what limits it."""
    with_torch = setup.has_torch()
    results = {}
    for name in setup.nets or GOALS:
        sides = start_peers(setup, name, threads, with_torch)
        peers = {key: side for key, side in sides.items() if isinstance(side, Peer)}
        results[name] = {**sides, **time_by_turns(peers, setup.rounds)}
        results[name]["goal"] = GOALS[name] if threads == 1 else None
        results[name]["bound"] = bound(setup, name, threads)
    return results


def networks(setup):
    """Both sides on one core."""
    return measure_networks(setup, 1)


def threads(setup):
    """Both sides with two threads on two cores."""
    return measure_networks(setup, 2) if len(setup.cores) > 1 else {}


def show_number(microseconds):
    """Three digits, or more before the point."""
    if microseconds is None:
        return "-"
    return f"{microseconds:.0f}" if microseconds >= 1000 else f"{microseconds:.3g}"


def show_time(side, statistic="median"):
    """Microseconds of a side, or why there are none."""
    if isinstance(side, str):
        return side.partition(":")[0]
    return show_number(side[statistic])


def show_ratio(result, side, statistic):
    """How many times as long as gradc a side takes."""
    sides = result[side], result["gradc"]
    if any(isinstance(side, str) for side in sides):
        return "-"
    return f"{sides[0][statistic] / sides[1][statistic]:.3g}"


def show_networks(results):
    """Medians and, in brackets, best: microseconds a step, and their ratios."""
    libraries = ["torch", KEPT]
    rows = [["us/step", "at peak", "gradc", *libraries]]
    rows[0] += ["torch/gradc", "kept/gradc", "goal"]
    for name, result in results.items():
        row = [name, show_number(result["bound"])]
        for side in ["gradc"] + libraries:
            times = [show_time(result[side], key) for key in ("median", "best")]
            is_there = isinstance(result[side], dict)
            row.append("%s (%s)" % tuple(times) if is_there else times[0])
        for side in libraries:
            both = [show_ratio(result, side, key) for key in ("median", "best")]
            row.append("%s (%s)" % tuple(both) if both[0] != "-" else "-")
        rows.append(row + [result["goal"] or "-"])
    return rows


def watching(setup):
    """Steps that are watched and steps that are not, by turns."""
    results = {}
    for name in ("deep_mlp", "deep_mlp_watched"):
        plain = Peer(setup, gradc_command(setup, name, 1))
        watched = Peer(setup, gradc_command(setup, name, 1, ["-watch"]))
        peers = {"plain": plain, "watched": watched}
        results[name] = time_by_turns(peers, setup.rounds)
    return results


def show_watching(results):
    """What watching costs, in percent of the step that is not watched."""
    rows = [["us/step", "plain", "watched", "costs", "by the best"]]
    for name, result in results.items():
        plain, watched = result["plain"], result["watched"]
        costs = [100 * (watched[k] / plain[k] - 1) for k in ("median", "best")]
        times = [show_time(plain), show_time(watched)]
        rows.append([name] + times + [f"{cost:+.1f} %" for cost in costs])
    return rows
