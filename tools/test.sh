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

# Installs what the system's packages have: $1 is what is missing, $2 the tests that are skipped without it, the rest are
# the packages. In a shell of its own: what it sets is not for what follows.
bring() (
  what=$1
  lost="the tests that $2 are skipped"
  shift 2
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    printf 'constat: no %s, and no right to install it: %s\n' "$what" "$lost" >&2
    return
  fi
  printf 'constat: installing %s (apt-get)\n' "$what" >&2
  # RUNLEVEL: no service is started by being installed.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  said=$( (apt-get update && apt-get install -y --no-install-recommends "$@") 2>&1) ||
    printf 'constat: %s could not be installed (%s): %s\n' "$what" "$(printf '%s\n' "$said" | tail -n 1)" "$lost" >&2
)

# The HTML report is looked at in a real browser.
[ -x /usr/bin/chromium ] || bring Chromium 'look at the HTML report' chromium fonts-dejavu-core
# AWS is moto, a server in Python.
python3 -c 'import ensurepip, venv' 2>/dev/null || bring 'Python 3 with venv' 'ask moto' python3 python3-venv
sh tools/moto.sh >/dev/null || printf 'constat: no moto: the tests that ask it are skipped\n' >&2
# Hosts are read on a machine that the tests boot. Its root folder is made while the rest is brought.
machine_parts() {
  [ -x /usr/bin/systemd-nspawn ] && [ -x /usr/bin/mmdebstrap ] && [ -x /usr/bin/ssh ] && [ -x /usr/sbin/sshd ]
}
machine_parts || bring 'systemd-nspawn, mmdebstrap and OpenSSH' 'boot a machine' \
  systemd-container mmdebstrap openssh-client openssh-server iproute2
sh tools/host-machine.sh >/dev/null &
machine=$!
# The API of Cloudflare that tests talk to is judged by its real clients.
sh tools/cloudflare-clients.sh >/dev/null ||
  printf 'constat: no clients of Cloudflare: the tests that run them are skipped\n' >&2
(install_when_stale "$root") || {
  printf '0 passed, 1 failed\n'
  exit 1
}
# Where this fails, so do the tests that run what is built, and they are counted.
(build_when_stale "$root") || :
wait "$machine" || printf 'constat: no machine to boot: the tests that read a host are skipped\n' >&2
exec "$node" tools/test.ts "$@"
