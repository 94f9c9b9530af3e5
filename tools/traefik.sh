#!/bin/sh
# The real Traefik, for those who look after the tests of hosts: built from its module in the cache folder, where the tests
# use it (test/host/machine.test.ts holds what stands in for it to it). Takes ten minutes and 177 MB: nothing calls this.
# Gives its path on stdout.
set -eu
root=$(CDPATH='' cd -P -- "${0%/*}/.." && pwd -P)
. "$root/tools/node24.sh"
find_cache "$root"
[ -n "$cache" ] || fail 'Traefik: there is no folder to put it in; set XDG_CACHE_HOME'
version=3.6.7
traefik=$cache/traefik-$version

# The module cannot be installed by its path: what it replaces counts only in a main module.
build_traefik() {
  [ ! -x "$traefik" ] || return 0
  draft=$traefik.$$
  mkdir -- "$draft"
  module=$(cd "$draft" && go mod download -json "github.com/traefik/traefik/v3@v$version" | sed -n 's/.*"GoMod": "\(.*\)",/\1/p')
  {
    printf 'module traefik-for-tests\n\ngo 1.24\n\ntool github.com/traefik/traefik/v3/cmd/traefik\n\n'
    printf 'require github.com/traefik/traefik/v3 v%s\n\n' "$version"
    sed -n '/^replace/,/^)/p' "$module"
  } >"$draft/go.mod"
  (cd "$draft" && go mod tidy -e 2>/dev/null && CGO_ENABLED=0 go build -ldflags '-s -w' -o traefik \
    github.com/traefik/traefik/v3/cmd/traefik) || fail 'Traefik could not be built'
  mv -- "$draft/traefik" "$traefik"
}

[ -x "$traefik" ] || with_lock "$traefik.lock" build_traefik
printf '%s\n' "$traefik"
