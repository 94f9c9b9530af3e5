#!/bin/sh
# npm test: brings what the tests need, builds, checks, tests. Ends with the line `N passed, N failed`.
set -eu
root=$(CDPATH='' cd -P -- "${0%/*}/.." && pwd -P)
cd "$root"
. "$root/tools/node24.sh"
. "$root/tools/prepare.sh"
find_cache "$root"
find_node24
PATH=${node%/*}:$PATH
export PATH

# The HTML report is looked at in a real browser.
bring_chromium() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    printf 'constat: no Chromium, and no right to install it: the tests that look at the HTML report are skipped\n' >&2
    return
  fi
  printf 'constat: installing Chromium (apt-get)\n' >&2
  export DEBIAN_FRONTEND=noninteractive
  said=$( (apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core) 2>&1) ||
    printf 'constat: Chromium could not be installed (%s): the tests that look at the HTML report are skipped\n' \
      "$(printf '%s\n' "$said" | tail -n 1)" >&2
}

[ -x /usr/bin/chromium ] || bring_chromium
(install_when_stale "$root") || {
  printf '0 passed, 1 failed\n'
  exit 1
}
# Where this fails, so do the tests that run what is built, and they are counted.
(build_when_stale "$root") || :
exec "$node" tools/test.ts "$@"
