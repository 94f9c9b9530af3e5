#!/bin/sh
# Runs a command with Node.js 24 first in PATH and the dependencies installed: with-node24.sh COMMAND [ARGUMENT…]
set -eu
root=$(CDPATH='' cd -P -- "${0%/*}/.." && pwd -P)
. "$root/tools/node24.sh"
. "$root/tools/prepare.sh"
find_cache "$root"
find_node24
install_when_stale "$root"
PATH=${node%/*}:$PATH
export PATH
exec "$@"
