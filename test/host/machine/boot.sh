#!/bin/sh
# Boots one machine for tests of hosts and keeps it until the end of its input:
#   boot.sh ROOT FOLDER
# ROOT is what tools/host-machine.sh made, and stays as it is; FOLDER, which exists, holds all that this run writes, and
# is gone afterwards. Says one line when systemd is up: `ready ADDRESS PID`, with the pid of the machine's first process.
# Everything lives in namespaces whose first process dies with this one, and in a control group of its own. What is left
# of a run that was killed is taken away by the next one.
set -eu
here=$(CDPATH='' cd -P -- "${0%/*}" && pwd -P)
root=$1
folder=$2
group=constat-host-$$

# Control groups: one hierarchy, or (version 1) one for each controller.
hierarchies() {
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    printf '/sys/fs/cgroup\n'
  else
    find /sys/fs/cgroup -mindepth 1 -maxdepth 1 -type d
  fi
}

make_groups() {
  for hierarchy in $(hierarchies); do
    mkdir -p -- "$hierarchy/$1"
    # Nothing can be put into a set without processors.
    if [ -f "$hierarchy/$1/cpuset.mems" ] && [ ! -f /sys/fs/cgroup/cgroup.controllers ]; then
      cat "$hierarchy/cpuset.cpus" >"$hierarchy/$1/cpuset.cpus"
      cat "$hierarchy/cpuset.mems" >"$hierarchy/$1/cpuset.mems"
    fi
  done
}

# Processes that were killed may need a moment until they are gone.
remove_groups() {
  for hierarchy in $(hierarchies); do
    tries=0
    while [ -d "$hierarchy/$1" ] && [ "$tries" -lt 50 ]; do
      find "$hierarchy/$1" -depth -type d -exec rmdir -- {} + 2>/dev/null || sleep 0.1
      tries=$((tries + 1))
    done
  done
}

# $1 is a run's folder, whose process is gone.
sweep() {
  [ ! -s "$1/group" ] || remove_groups "$(cat "$1/group")"
  [ ! -s "$1/link" ] || ip link delete "$(cat "$1/link")" 2>/dev/null || :
  rm -rf -- "$1"
}

for other in "${folder%/*}"/*/; do
  other=${other%/}
  keeper=$(cat "$other/pid" 2>/dev/null) || continue
  # Another one, that is about to write it.
  [ -n "$keeper" ] || continue
  kill -0 "$keeper" 2>/dev/null || sweep "$other"
done

namespaces=
end() {
  trap - EXIT
  [ -z "$namespaces" ] || kill -KILL "$namespaces" 2>/dev/null || :
  wait
  sweep "$folder"
}
trap end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
printf '%s\n' "$$" >"$folder/pid"
printf '%s\n' "$group" >"$folder/group"
make_groups "$group"

# Two ends of a cable; who makes it has its number. The machine has no other way out, and no route beyond it.
number=0
until ip link add "cst${number}h" type veth peer name "cst${number}g" 2>/dev/null; do
  number=$((number + 1))
  [ "$number" -lt 250 ] || { printf 'constat: no network interface can be made\n' >&2; exit 1; }
done
link=cst${number}h
printf '%s\n' "$link" >"$folder/link"
address=10.213.$number.2
ip address add "10.213.$number.1/24" dev "$link"
ip link set "$link" up

mkdir -p -- "$folder/changes" "$folder/work" "$folder/root" "$folder/docker"
setpriv --pdeathsig KILL unshare --mount --propagation private --net --pid --fork --kill-child=KILL --mount-proc \
  sh "$here/inside.sh" "$root" "$folder" "$group" "cst${number}g" "10.213.$number" >"$folder/console" 2>&1 </dev/null &
namespaces=$!
tries=0
# The cable is put in once there is a namespace other than this one's to put it in.
until [ "$(readlink "/proc/$namespaces/ns/net")" != "$(readlink /proc/self/ns/net)" ] &&
  ip link set "cst${number}g" netns "$namespaces" 2>/dev/null; do
  tries=$((tries + 1))
  kill -0 "$namespaces" 2>/dev/null && [ "$tries" -lt 100 ] || { cat "$folder/console" >&2; exit 1; }
  sleep 0.05
done

# The machine's first process is the child of systemd-nspawn, which is the child of unshare.
children() {
  cat "/proc/$1/task/$1/children" 2>/dev/null
}
first=
tries=0
until [ -n "$first" ] && nsenter -t "$first" -a -- systemctl is-system-running --wait >"$folder/state" 2>/dev/null ||
  grep -qx degraded "$folder/state" 2>/dev/null; do
  tries=$((tries + 1))
  kill -0 "$namespaces" 2>/dev/null && [ "$tries" -lt 300 ] || { tail -n 20 "$folder/console" >&2; exit 1; }
  sleep 0.1
  for spawner in $(children "$namespaces"); do
    [ "$(cat "/proc/$spawner/comm" 2>/dev/null)" = systemd-nspawn ] || continue
    for child in $(children "$spawner"); do
      [ "$(cat "/proc/$child/comm" 2>/dev/null)" != systemd ] || first=$child
    done
  done
done
printf 'ready %s %s\n' "$address" "$first"

# Until whoever started it has ended.
cat >/dev/null
