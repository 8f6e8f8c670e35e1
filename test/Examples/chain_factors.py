"""Checks by what factor each layer of the chain multiplies the gradient.

usage: chain_factors.py <log.jsonl> <factor>

With dC/da = 1 at the end of the chain, every z at 0 and every activation at 1/2
(Nielsen, chapter 5): delta of the last layer is 1/4, each layer before it has
`factor` times as much, and dC/dw is half of it.
"""

import json
import math
import sys
from pathlib import Path

log, factor = sys.argv[1], float(sys.argv[2])
step = json.loads(Path(log).read_text().splitlines()[1])
probes = step["probes"]
layers = sorted(name[6:] for name in probes if name.startswith("delta/"))
assert len(layers) > 1 and layers[0] == "link[0].dense", layers

for height, layer in enumerate(reversed(layers)):
    expected = 0.25 * factor**height
    for name, value in [
        (f"delta/{layer}", expected),
        (f"gradient_norm/{layer}.bias", expected),
        (f"gradient_norm/{layer}.weight", expected / 2),
    ]:
        if not math.isclose(probes[name], value, rel_tol=1e-6):
            sys.exit(f"{name} is {probes[name]}, not {value}")
