#!/bin/sh
# The root folder of the machine that tests of hosts boot (test/host/machine.ts): Debian with systemd, sshd, Docker and
# nginx, in the cache folder. Gives its path on stdout, or one line on stderr that says why there is none.
#   host-machine.sh        makes it when it is missing, once for one recipe (this file)
#   host-machine.sh find   only looks
set -eu
root=$(CDPATH='' cd -P -- "${0%/*}/.." && pwd -P)
. "$root/tools/node24.sh"
find_cache "$root"
[ -n "$cache" ] || fail 'machine for tests of hosts: there is no folder to put it in; set XDG_CACHE_HOME'
recipe=$(cksum <"$root/tools/host-machine.sh")
machine=$cache/host-machine-${recipe%% *}

packages=systemd,systemd-sysv,dbus,openssh-server,sudo,nginx-light,docker.io,docker-compose,iproute2,nftables,iptables
packages=$packages,cron,curl,sqlite3,openssl,procps,python3

# The machine is put in its place last, so that what was interrupted is not taken for whole.
is_there() {
  [ -x "$machine/root/usr/bin/dockerd" ] || [ -x "$machine/root/usr/sbin/dockerd" ]
}

# What a machine for tests has no use for is left out: manuals, translations, lists of packages that are not installed.
fill() {
  mmdebstrap --quiet --mode=root --variant=minbase --format=directory --include="$packages" \
    --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    "$suite" "$draft/root"
}

make_machine() {
  # Whoever held the lock before may have made it.
  ! is_there || return 0
  suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  printf 'constat: first use: making the machine for tests of hosts in %s\n' "$cache" >&2
  # Another recipe's, which nobody has booted for two weeks.
  find "$cache" -maxdepth 1 -name 'host-machine-[0-9]*' ! -name '*.*' -mtime +14 -exec rm -rf -- {} +
  draft=$machine.$$
  mkdir -- "$draft" || fail "$draft cannot be made; check the permissions of its folder"
  words=$(fill 2>&1 </dev/null) ||
    fail "machine for tests of hosts: mmdebstrap failed: $(printf '%s\n' "$words" | grep -v '^I:' | tail -n 1)"
  # An address of the machine that it is made on would go with it.
  rm -f -- "$draft/root/etc/resolv.conf"
  rm -rf -- "$machine"
  mv -- "$draft" "$machine"
}

if ! is_there; then
  [ "${1-}" != find ] || fail 'the machine for tests of hosts is not made; sh tools/host-machine.sh makes it'
  [ "$(id -u)" -eq 0 ] || fail 'machine for tests of hosts: only root can make and boot it'
  command -v mmdebstrap >/dev/null || fail 'machine for tests of hosts: mmdebstrap is not installed'
  with_lock "$machine.lock" make_machine
fi
touch -c -- "$machine"
printf '%s\n' "$machine/root"
