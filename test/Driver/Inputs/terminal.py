"""Runs a command on a terminal of its own and prints what it shows there.

usage: terminal.py <code> <command>...

Escapes are printed as <ESC>, returns of the carriage as <CR>. The exit code must
be <code>.
"""

import os
import pty
import sys

wanted, command = int(sys.argv[1]), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.environ.setdefault("TERM", "xterm")
    os.execvp(command[0], command)
shown = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:  # the other end is closed
        break
    if not piece:
        break
    shown += piece
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
text = shown.decode().replace("\r\n", "\n")
sys.stdout.write(text.replace("\x1b", "<ESC>").replace("\r", "<CR>"))
if code != wanted:
    sys.exit(f"exit code {code} instead of {wanted}")
