# Sourced by demo and test. `environment LOCK` makes .venv, installs exactly what the lock file names, and sets $python.
# Done once: a stamp in .venv holds the checksum of what was installed.

environment() {
  local lock=$1 stamp=.venv/stamp-$1 sum found=
  for candidate in python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      found=$candidate
      break
    fi
  done
  python=.venv/bin/python
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || ! "$python" -m pip --version >/dev/null 2>&1; then
    if [ -z "$found" ]; then
      echo "Dragoman needs Python 3.11 or newer with the venv module (on Debian and Ubuntu: apt install python3 python3-venv)." >&2
      exit 1
    fi
    echo "Making .venv with $("$found" --version)" >&2
    "$found" -m venv --clear .venv
  fi
  sum=$(cat "$lock" pyproject.toml | cksum)
  if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
    echo "Installing $lock (the first time takes a few minutes)" >&2
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --editable .
    echo "$sum" >"$stamp"
  fi
}
