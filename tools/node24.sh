# shellcheck shell=sh disable=SC2012
# Node.js 24 for the launcher and the tools: POSIX shell functions, sourced. They speak on stderr, one line each time.

# Fails with one line.
fail() {
  printf 'constat: %s\n' "$1" >&2
  exit 5
}

# Sets `cache`: the user's cache folder, else (a home that cannot be written) the project's own; empty when neither can.
# $1 is the project's folder.
find_cache() {
  case ${XDG_CACHE_HOME-} in
    /*) cache=$XDG_CACHE_HOME/constat ;;
    *) cache=${HOME:+$HOME/.cache/constat} ;;
  esac
  for cache in "$cache" "$1/.cache"; do
    [ -n "$cache" ] || continue
    [ -d "$cache" ] || mkdir -p -- "$cache" 2>/dev/null || continue
    [ -w "$cache" ] && return
  done
  cache=
}

# Whether the process that holds a lock ($1) is gone. Another user's process cannot be signalled, but is there.
is_gone() {
  holder=$(cat "$1/pid" 2>/dev/null)
  # No pid: its holder stands between two commands, or died there.
  if [ -z "$holder" ]; then [ "$waited" -ge 10 ]; else ! kill -0 "$holder" 2>/dev/null && [ ! -d "/proc/$holder" ]; fi
}

# Runs a function while holding a lock that other processes of this machine wait for. $1 is the lock's folder; the
# rest is the function and its arguments. A lock whose holder is gone is taken away, by one process at a time.
# What the function makes in the folder `draft` is removed however it ends.
with_lock() {
  lock=$1
  shift
  waited=0
  missed=0
  until mkdir -- "$lock" 2>/dev/null; do
    # It may have been released since: only what can again and again neither be made nor seen cannot be made.
    if [ ! -d "$lock" ]; then
      missed=$((missed + 1))
      [ "$missed" -le 5 ] || fail "$lock cannot be made; check the permissions of its folder"
      continue
    fi
    missed=0
    if is_gone "$lock" && mkdir -- "$lock.stale" 2>/dev/null; then
      is_gone "$lock" && rm -rf -- "$lock"
      rmdir -- "$lock.stale"
      continue
    fi
    waited=$((waited + 1))
    [ "$waited" -le 900 ] || fail "$lock is held since 15 minutes; delete it if no Constat is running"
    sleep 1
  done
  draft=
  trap 'rm -rf -- "$lock" ${draft:+"$draft"}' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  printf '%s\n' "$$" >"$lock/pid"
  "$@"
  trap - EXIT HUP INT TERM
  rm -rf -- "$lock" ${draft:+"$draft"}
}

# Runs npm with its words kept for the case that it fails: then the last of them that says why is shown.
# $1 says what was tried; the rest are npm's arguments.
quiet_npm() {
  tried=$1
  shift
  command -v npm >/dev/null || fail "$tried: npm is not installed"
  words=$(npm "$@" --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error 2>&1 </dev/null) && return
  # npm tells first, one `key value` on a line, what machines ask for.
  why=$(printf '%s\n' "$words" | sed -n 's/^npm error //p' | grep -v -e '^[a-z]* [^ ]*$' | head -n 1)
  fail "$tried: npm failed: ${why:-$(printf '%s\n' "$words" | tail -n 1)}"
}

# Whether this program is a Node.js of version 24 or later.
is_node24() {
  version=$("$1" -v 2>/dev/null) || return 1
  major=${version#v}
  major=${major%%.*}
  case $major in '' | *[!0-9]*) return 1 ;; esac
  [ "$major" -ge 24 ]
}

# Sets `node` to a Node.js of version 24 or later: that of PATH, else the cache's, else one that npm brings there.
# `cache` is set. Asking a Node.js for its version takes a fifth of a start: the answer is kept with the identity of the
# program (inode, size, time, path), for as long as that is the same.
find_node24() {
  node=$(command -v node) || node=
  answer=
  identity=$(ls -dliL -- "$node" 2>/dev/null) || identity=
  if [ -n "$cache" ] && [ -r "$cache/node" ]; then
    IFS= read -r answer <"$cache/node" || answer=
  fi
  case $answer in
    "new $identity") [ -z "$identity" ] || return 0 ;;
    "old $identity") ;;
    *) ask_version && return ;;
  esac
  [ -n "$cache" ] || fail 'Node.js 24 is needed, and there is no folder to put it in; install it, or set XDG_CACHE_HOME'
  node=$cache/node24/bin/node
  [ -x "$node" ] || with_lock "$cache/node24.lock" fetch_node24
}

ask_version() {
  answer=old
  ! is_node24 "$node" || answer=new
  if [ -n "$cache" ] && is_itself; then
    printf '%s %s\n' "$answer" "$identity" >"$cache/node"
  fi
  [ "$answer" = new ]
}

# Whether what PATH has is the program, not a shim that starts one version here and another there.
is_itself() {
  program=$("$node" -p process.execPath 2>/dev/null) || return 1
  [ "$(ls -diL -- "$node" | cut -d / -f 1)" = "$(ls -diL -- "$program" | cut -d / -f 1)" ]
}

fetch_node24() {
  # Whoever held the lock before may have brought it.
  [ ! -x "$node" ] || return 0
  case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=darwin ;;
    *) fail "Node.js 24 is needed; install it from https://nodejs.org ($(uname -s) is not known here)" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) fail "Node.js 24 is needed; install it from https://nodejs.org ($(uname -m) is not known here)" ;;
  esac
  printf 'constat: first use: bringing Node.js 24 into %s\n' "$cache" >&2
  draft=$cache/node24.$$
  rm -rf -- "$draft"
  mkdir -- "$draft" || fail "$draft cannot be made; check the permissions of its folder"
  quiet_npm 'bringing Node.js 24' install --prefix "$draft" --global=false --no-package-lock --no-save \
    "node-$system-$machine@24"
  fetched=$draft/node_modules/node-$system-$machine
  is_node24 "$fetched/bin/node" ||
    fail 'Node.js 24 is needed, and the one that npm has does not run here; install it from https://nodejs.org'
  rm -rf -- "$cache/node24"
  mv -- "$fetched" "$cache/node24"
}
