"""Finds directives in tests that look alive and are dead.

FileCheck and lit pass over a directive they cannot read, in silence: one
without its colon, one with a misspelt suffix or a prefix no RUN line names.

usage: directives.py [--self-test] [<root>]
"""

import re
import sys
import tempfile
from pathlib import Path

from source_files import finish, lit_tests, numbered_lines, project_root

LIT_WORDS = r"RUN|REQUIRES|UNSUPPORTED|XFAIL|ALLOW_RETRIES|DEFINE|REDEFINE|COM"
SUFFIX = r"(-(NEXT|SAME|NOT|DAG|EMPTY|LABEL|COUNT-[1-9][0-9]*))?(\{LITERAL\})?"
PREFIXES = re.compile(r"--?check-prefix(?:es)?[= ]([\w,-]+)")
# A word in capitals right after the sign of a comment. Two or more letters:
# "// A test" is a sentence.
COMMENTED = re.compile(r"(?://|#|;)\s*([A-Z][A-Z0-9_]+(?:-[A-Z0-9_]+)*)(.?)")
# As MLIR reads it.
EXPECTED = re.compile(
    r"expected-(error|note|remark|warning)(-re)? *"
    r"(@([+-][0-9]+|above|below|unknown))? *\{\{.*\}\}$"
)


def check_word(line, prefixes):
    """What is wrong with a line's directives for lit and FileCheck."""
    longest_first = sorted(prefixes, key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first)) or "CHECK"
    alive = rf"({LIT_WORDS}|({names}){SUFFIX}):"
    if not prefixes:
        alive = rf"({LIT_WORDS}):"
    directive = re.compile(rf"({LIT_WORDS}|CHECK|{names})(-[A-Z].*)?")
    for match in COMMENTED.finditer(line):
        if re.match(alive, line[match.start(1) :]):
            continue
        word, after = match.groups()
        if after == ":":
            return f"no RUN line has {word}: read (prose may say it otherwise)"
        if directive.fullmatch(word):
            return f"{word} without a colon is read by nothing"
    return None


def check_expected(line, verifies):
    """What is wrong with a line's expected diagnostic."""
    match = re.search(r"(?://|#|;).*?(expected-\w*)", line)
    if not match:
        return None
    if not verifies:
        return f"no RUN line verifies diagnostics: {match[1]} is dead"
    if not EXPECTED.search(line, match.start(1)):
        return f"{match[1]} cannot be read: {{{{text}}}} must end the line"
    return None


def commands_of(lines):
    """The RUN and DEFINE lines, those that end in a backslash joined."""
    commands, open_line = [], False
    for line in lines:
        match = re.search(r"(?:RUN|DEFINE):(.*)", line)
        if match:
            text = match[1].rstrip()
            if open_line:
                commands[-1] += text.rstrip("\\")
            else:
                commands.append(text.rstrip("\\"))
            open_line = text.endswith("\\")
    return commands


def prefixes_of(commands):
    """The prefixes FileCheck looks for, over all commands."""
    prefixes = set()
    for call in re.findall(r"FileCheck([^|&;\n]*)", "\n".join(commands)):
        names = PREFIXES.findall(call) or ["CHECK"]
        prefixes.update(name for group in names for name in group.split(","))
    return prefixes


def check(root):
    complaints = []
    for path in lit_tests(root):
        lines = list(numbered_lines(path))
        commands = commands_of(line for _, line in lines)
        prefixes = prefixes_of(commands)
        verifies = any("verify-diagnostics" in text for text in commands)
        for number, line in lines:
            why = check_word(line, prefixes)
            why = why or check_expected(line, verifies)
            if why:
                complaints.append(f"{path.relative_to(root)}:{number}: {why}")
    return complaints


DEAD = """\
// CHECK foo
// CHECK-NEXT foo
foo // CHECK-LABEL @foo
// CHECK-NXT: foo
// CHECK-COUNT: foo
// CHECK-COUNT-: foo
// CHECK-COUNT-2 foo
// CHEKC: foo
// AFTER-SAME: foo
// BEFORE foo
# RUN gradc
// expected-error @below {text}
// expected-error @bellow {{text}}
// expected-eror {{text}}
// expected-note text
// expected-warning {{text}} and more
"""
ALIVE = """\
// RUN: gradc-opt %s --verify-diagnostics --check-prefix=NO \\
// RUN:   | FileCheck %s --check-prefixes=BEFORE,BEFORE-TWO
// RUN: gradc-opt %s | FileCheck %s
// REQUIRES: mnist
// CHECK: foo
// CHECK-NEXT: foo
// CHECK-SAME: foo
// CHECK-NOT: foo
// CHECK-DAG: foo
// CHECK-EMPTY:
// CHECK-LABEL: foo
// CHECK-COUNT-12: foo
// CHECK{LITERAL}: [[foo]]
// BEFORE-NEXT: foo
// BEFORE-TWO-NEXT: foo
// BEFORE-TWO: foo
// A check that is none, and the CHECK lines are spoken of.
// IR as it was.
// expected-error @+2 {{text}}
// expected-note@below {{text}}
foo // expected-warning-re @above {{text {{.*}}}}
"""
HEAD = """\
// RUN: gradc-opt %s --verify-diagnostics | FileCheck %s
// RUN: gradc-opt %s | FileCheck %s --check-prefix=BEFORE
"""
UNREAD = """\
// RUN: gradc-opt %s | FileCheck %s --check-prefix=AFTER
// CHECK: foo
// expected-error {{text}}
"""


def self_test():
    """Every line of DEAD and UNREAD must be named, and none of ALIVE."""
    with tempfile.TemporaryDirectory() as folder:
        tests = Path(folder, "test")
        tests.mkdir()
        (tests / "alive.mlir").write_text(ALIVE)
        (tests / "dead.mlir").write_text(HEAD + DEAD)
        (tests / "unread.mlir").write_text(UNREAD)
        found = {text.split(": ")[0] for text in check(Path(folder))}
    wanted = {f"test/dead.mlir:{n + 3}" for n in range(len(DEAD.splitlines()))}
    wanted.update({"test/unread.mlir:2", "test/unread.mlir:3"})
    return [f"self-test: {place}" for place in sorted(found ^ wanted)]


finish(self_test() if "--self-test" in sys.argv else check(project_root()))
