"""Takes the words out of a listing that gradc does not have yet.

usage: listings.py <listing.net> <result.net>

What remains trains: where phases said how, the rule of the last one does it.
"""

import re
import sys
from pathlib import Path

text = Path(sys.argv[1]).read_text()
text, phases = re.subn(r"\n *phase \w+ \{.*?\n  \}", "", text, flags=re.DOTALL)
text = re.sub(r"\n *(schedule|stop|checkpoint) .*", "", text)
if phases:
    text = text.replace("train {", "train {\n  optimizer adam lr=1e-3")
Path(sys.argv[2]).write_text(text)
