#!/bin/sh
# moto, a server that answers as AWS does, for the tests: a virtual environment of Python in the cache folder. Gives the
# path of its python on stdout, or one line on stderr that says why there is none.
#   moto.sh        brings what is missing, once for one tools/moto-requirements.txt
#   moto.sh find   only looks
set -eu
root=$(CDPATH='' cd -P -- "${0%/*}/.." && pwd -P)
. "$root/tools/node24.sh"
find_cache "$root"
[ -n "$cache" ] || fail 'moto: there is no folder to put it in; set XDG_CACHE_HOME'
pins=$root/tools/moto-requirements.txt
moto=$cache/moto

# The pins are copied last, so that what was interrupted is not taken for whole. A link to a python that is gone is not
# executable.
is_there() {
  [ -x "$moto/bin/python" ] && cmp -s -- "$pins" "$moto/requirements.txt"
}

# A virtual environment with what the pins say, in `draft`. Debian's Python comes without the pip that a virtual
# environment takes in: then the pip of the machine fills it, or uv.
fill() {
  if python3 -m venv "$draft"; then
    "$draft/bin/python" -m pip install --quiet --disable-pip-version-check -r "$pins"
  elif python3 -m venv --clear --without-pip "$draft" && python3 -m pip --version; then
    python3 -m pip --python "$draft/bin/python" install --quiet --disable-pip-version-check -r "$pins"
  else
    uv venv --clear --quiet "$draft" && uv pip install --quiet --python "$draft/bin/python" -r "$pins"
  fi
}

fetch_moto() {
  # Whoever held the lock before may have brought it.
  ! is_there || return 0
  printf 'constat: first use: bringing moto into %s\n' "$cache" >&2
  draft=$cache/moto.$$
  words=$(fill 2>&1 </dev/null) || fail "bringing moto: $(printf '%s\n' "$words" | why)"
  "$draft/bin/python" -c 'import moto.server' 2>/dev/null || fail 'bringing moto: what was installed does not start'
  cp -- "$pins" "$draft/requirements.txt"
  rm -rf -- "$moto"
  mv -- "$draft" "$moto"
}

# The line that says why, of all that was said.
why() {
  sed -n -e 's/^ERROR: //p' -e '/ensurepip is not$/s/.*/the package python3-venv is not installed/p' -e '$p' | head -n 1
}

if ! is_there; then
  [ "${1-}" != find ] || fail 'moto is not installed; sh tools/moto.sh brings it'
  command -v python3 >/dev/null || fail 'bringing moto: python3 is not installed'
  with_lock "$cache/moto.lock" fetch_moto
fi
printf '%s\n' "$moto/bin/python"
