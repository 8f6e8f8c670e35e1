"""Times processes by turns, so that a noisy minute hits all of them alike.

A process prints `ready`, then obeys lines `STEPS SAMPLES [wall]` on its standard
input: it runs SAMPLES groups of STEPS steps and prints a JSON array of the
microseconds that a step took in each group: of the process on its core, or, as it
must be where several threads work at once, of the clock on the wall.
"""

import json
import statistics
import subprocess
import time

SAMPLE = 2e3  # microseconds; shorter than the system's turns
SLICE = 250e3
PAUSE = 0.05  # seconds in which the threads of the last process fall asleep


class Refused(Exception):
    """A process that did not get ready; its text is what it said."""


class Peer:
    """A process that times its own steps when it is told to."""

    def __init__(self, setup, command, threads=1, variables=None):
        self.process = setup.start(
            command,
            threads,
            variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.clock = " wall" if threads > 1 else ""
        self.samples = []
        said = []
        for line in self.process.stdout:
            if line.strip() == "ready":
                break
            said.append(line.strip())
        else:
            self.process.wait()
            raise Refused(" ".join(said) or f"{command[0]} ended")
        self.calibrate()

    def calibrate(self):
        """Finds how many steps make a sample, and samples a slice."""
        self.time(1, 3)
        step = max(min(self.time(1, 5)), 1e-3)
        step = min(self.time(max(1, int(1e3 / step)), 3))
        self.steps = max(1, round(SAMPLE / step))
        self.count = max(2, round(SLICE / (self.steps * step)))

    def time(self, steps, samples):
        """Microseconds of a step in each of some samples."""
        try:
            self.process.stdin.write(f"{steps} {samples}{self.clock}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Refused("it ended") from None
        for line in self.process.stdout:
            if line.startswith("["):
                return json.loads(line)
        raise Refused("it ended")

    def take_slice(self):
        """One turn; its first sample finds caches full of another's data."""
        time.sleep(PAUSE)
        self.samples += self.time(self.steps, self.count + 1)[1:]

    def close(self):
        """Ends the process."""
        self.process.stdin.close()
        self.process.wait()

    def statistics(self):
        """Microseconds a step."""
        quarter = statistics.quantiles(self.samples, n=4)[0]
        return {
            "median": round(statistics.median(self.samples), 3),
            "quartile": round(quarter, 3),
            "best": round(min(self.samples), 3),
            "samples": len(self.samples),
        }


def time_by_turns(peers, rounds):
    """The statistics of each of some peers, by name; closes them."""
    for _ in range(rounds):
        for peer in peers.values():
            peer.take_slice()
    for peer in peers.values():
        peer.close()
    return {name: peer.statistics() for name, peer in peers.items()}
