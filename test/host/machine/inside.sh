#!/bin/sh
# The first process of the namespaces that boot.sh makes: puts the machine's root together, and becomes systemd-nspawn.
#   inside.sh ROOT FOLDER GROUP INTERFACE NETWORK
set -eu
here=$(CDPATH='' cd -P -- "${0%/*}" && pwd -P)
root=$1
folder=$2
group=$3
interface=$4
network=$5

# What is started from here on is counted in the run's control groups, which the machine takes for the whole tree.
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  echo $$ >"/sys/fs/cgroup/$group/cgroup.procs"
else
  for hierarchy in $(find /sys/fs/cgroup -mindepth 1 -maxdepth 1 -type d); do
    echo $$ >"$hierarchy/$group/cgroup.procs"
  done
fi

merged=$folder/root
mount -t overlay overlay -o "lowerdir=$root,upperdir=$folder/changes,workdir=$folder/work,volatile" "$merged" 2>/dev/null ||
  cp -a --reflink=auto -- "$root/." "$merged/"
cp -R -- "$here/root/." "$merged/"
mkdir -p -- "$merged/usr/lib/constat-scenarios"
cp -- "$here"/scenarios/*.sh "$merged/usr/lib/constat-scenarios/"
mkdir -p -m 700 -- "$merged/root/.ssh"
cp -- "$folder/key.pub" "$merged/root/.ssh/authorized_keys"
chroot "$merged" sh /usr/lib/constat-scenarios/prepare.sh

until ip link show "$interface" >/dev/null 2>&1; do sleep 0.05; done
ip link set lo up
ip link set "$interface" name eth0
ip address add "$network.2/24" dev eth0
ip -6 address add "fd5e:c0a8::${network##*.}:2/112" dev eth0 nodad
ip link set eth0 up

# The Docker engine keeps its layers in a plain folder: an overlay cannot lie on an overlay.
if [ -x "$root/../../traefik-3.6.7" ]; then
  set -- --bind-ro="$(readlink -f "$root/../../traefik-3.6.7"):/opt/traefik"
else
  set --
fi
export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
exec systemd-nspawn --quiet --register=no --keep-unit --boot --directory="$merged" --machine=phare-1 \
  --capability=all --system-call-filter='add_key keyctl bpf' --bind="$folder/docker:/var/lib/docker" \
  --resolv-conf=off --timezone=off --link-journal=no --console=pipe "$@"
