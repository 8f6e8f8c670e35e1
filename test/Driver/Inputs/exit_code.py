"""Runs a command and checks its exit code; output goes through.

usage: exit_code.py <code> <command>...
"""

import subprocess
import sys

wanted, command = int(sys.argv[1]), sys.argv[2:]
code = subprocess.run(command).returncode
if code != wanted:
    sys.exit(f"exit code {code} instead of {wanted}: {' '.join(command)}")
