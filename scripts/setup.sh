#!/usr/bin/env bash
# Installs the packages gradc needs on Debian 12; safe to repeat.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/setup.sh [--minimal | --test | --all]

  --minimal  what building gradc and training a network needs (the default)
  --test     also what the tests need
  --all      also what work on gradc itself needs

The packages are listed in scripts/packages.txt. Only missing ones are
installed; when none is missing, nothing is downloaded.
TEXT
}

fail() {
  printf 'setup: error: %s\n' "$1" >&2
  printf '  %s\n' "${@:2}" >&2
  exit 1
}

cd "$(dirname "${BASH_SOURCE[0]}")"

case "${1:---minimal}" in
--minimal) sections="build" ;;
--test) sections="build test" ;;
--all) sections="build test develop" ;;
-h | --help) usage && exit ;;
*) usage >&2 && exit 2 ;;
esac

# The subshell keeps the variables of this file to itself.
system=$(
  # shellcheck disable=SC1091
  if . /etc/os-release; then echo "${ID:-unknown} ${VERSION_ID:-}"; fi
)
if [[ $system != "debian 12" ]]; then
  fail "this is \"$system\", and the script knows Debian 12 only." \
    "Elsewhere, install what scripts/packages.txt names (LLVM and MLIR 22.1," \
    "CMake 3.25, Ninja, fmt, nlohmann-json, zlib, GoogleTest) and run" \
    "cmake --workflow --preset release."
fi

# Names of the wanted sections, without comments.
wanted=$(awk -v sections="$sections" '
  BEGIN { split(sections, names, " "); for (i in names) want[names[i]] = 1 }
  { sub(/#.*/, "") }
  match($0, /\[.*\]/) { on = substr($0, RSTART + 1, RLENGTH - 2) in want; next }
  on && NF { print $1 }
' packages.txt)

missing=()
for package in $wanted; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || true
  if [[ $status != installed ]]; then
    missing+=("$package")
  fi
done
if ((${#missing[@]} == 0)); then
  echo "setup: all packages are installed"
  exit
fi
echo "setup: missing: ${missing[*]}"

root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null ||
    fail "installing packages takes root, and there is no sudo here." \
      "Run scripts/setup.sh ${1:---minimal} as root once."
  root=(sudo)
fi
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive
  apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)

"${apt[@]}" update ||
  echo "setup: not every package source could be read; trying all the same" >&2

# apt-cache prints nothing for a package no source offers.
if [[ -z $(apt-cache madison llvm-22-dev) ]]; then
  fail "no package source offers LLVM 22. It is part of Debian 12's security" \
    "suite: a file in /etc/apt/sources.list.d (or /etc/apt/sources.list)" \
    "must hold a line" \
    "    deb <a mirror of debian-security> bookworm-security main"
fi
"${apt[@]}" install -y --no-install-recommends "${missing[@]}"
