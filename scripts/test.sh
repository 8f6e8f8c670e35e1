#!/usr/bin/env bash
# From a fresh checkout to the result of every test. Arguments go to ctest:
# scripts/test.sh -R lit-Transforms
set -euo pipefail

# Whoever names the folder may name it from where they stand.
if [[ -d ${GRADC_MNIST:-} ]]; then
  GRADC_MNIST=$(realpath "$GRADC_MNIST")
  export GRADC_MNIST
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh --test
cmake --preset release
cmake --build --preset release

if [[ ! -d ${GRADC_MNIST:-} ]]; then
  skipped=$(grep -rlE 'REQUIRES:.*\bmnist\b' test \
    --include='*.mlir' --include='*.net' --include='*.test' | wc -l) || true
  echo "GRADC_MNIST names no folder with the MNIST files; skipped: $skipped tests"
fi
exec ctest --preset release --parallel "$(nproc)" --output-on-failure "$@"
