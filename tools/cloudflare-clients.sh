#!/bin/sh
# Real clients of Cloudflare's API, for the tests: its official SDK and Wrangler, in a folder of the cache. Gives the
# folder on stdout, or one line on stderr that says why there is none. No install script runs: what esbuild and workerd
# would do in theirs, they do without.
#   cloudflare-clients.sh        brings what is missing, once for one tools/cloudflare-clients/package-lock.json
#   cloudflare-clients.sh find   only looks
set -eu
root=$(CDPATH='' cd -P -- "${0%/*}/.." && pwd -P)
. "$root/tools/node24.sh"
find_cache "$root"
[ -n "$cache" ] || fail 'Cloudflare clients: there is no folder to put them in; set XDG_CACHE_HOME'
pins=$root/tools/cloudflare-clients
clients=$cache/cloudflare-clients

# The pins are copied last, so that what was interrupted is not taken for whole.
is_there() {
  [ -d "$clients/node_modules" ] && cmp -s -- "$pins/package-lock.json" "$clients/pins.json"
}

fetch_clients() {
  # Whoever held the lock before may have brought them.
  ! is_there || return 0
  printf 'constat: first use: bringing the clients of Cloudflare into %s\n' "$cache" >&2
  draft=$cache/cloudflare-clients.$$
  rm -rf -- "$draft"
  mkdir -- "$draft" || fail "$draft cannot be made; check the permissions of its folder"
  cp -- "$pins/package.json" "$pins/package-lock.json" "$draft"
  quiet_npm 'bringing the clients of Cloudflare' install --no-save --prefix "$draft"
  "$node" "$draft/node_modules/wrangler/bin/wrangler.js" --version >/dev/null 2>&1 ||
    fail 'bringing the clients of Cloudflare: the Wrangler that was installed does not start'
  cp -- "$pins/package-lock.json" "$draft/pins.json"
  rm -rf -- "$clients"
  mv -- "$draft" "$clients"
}

if ! is_there; then
  [ "${1-}" != find ] ||
    fail 'the clients of Cloudflare are not installed; sh tools/cloudflare-clients.sh brings them'
  find_node24
  with_lock "$cache/cloudflare-clients.lock" fetch_clients
fi
printf '%s\n' "$clients"
