#!/usr/bin/env bash
# From a fresh checkout to a trained network and the health of its gradients.
# Another net may be named: scripts/quickstart.sh examples/nielsen.net
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh --minimal
cmake --preset release
cmake --build --preset release --target gradc
exec build/release/tools/gradc/gradc "${@:-examples/digits.net}"
