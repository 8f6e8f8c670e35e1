"""Whether two logs have the same probes, within a relative bound.

Usage: compare_probes.py A.json B.json BOUND
"""

import json
import sys


def read_steps(path):
    with open(path) as file:
        events = [json.loads(line) for line in file]
    return [event for event in events if event["event"] == "step"]


def main():
    first, second = read_steps(sys.argv[1]), read_steps(sys.argv[2])
    bound = float(sys.argv[3])
    assert len(first) == len(second) == 10, (len(first), len(second))
    compared = 0
    for a, b in zip(first, second):
        assert a["probes"].keys() == b["probes"].keys()
        for name, value in a["probes"].items():
            other = b["probes"][name]
            if value is None or other is None:
                assert value == other, (name, value, other)
                continue
            error = abs(value - other)
            assert error <= bound * abs(value), (a["step"], name, value, other)
            compared += 1
    print(compared, "probes agree")


if __name__ == "__main__":
    main()
