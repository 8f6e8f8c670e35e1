"""Runs a command on one processor, where no thread can help.

usage: one_processor.py <command>...
"""

import os
import sys

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.execvp(sys.argv[1], sys.argv[1:])
