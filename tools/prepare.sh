# shellcheck shell=sh disable=SC2154
# What a checkout needs before anything of it runs: POSIX shell functions, sourced after node24.sh. Dependencies are
# installed without their install scripts. $1 is always the project's folder.

# Installs the dependencies when they are not there, or older than the lock file.
install_when_stale() {
  is_installed "$1" || in_turn "$1" install_dependencies
}

# Builds dist/ when it is not there, or older than what it is made of.
build_when_stale() {
  is_built "$1" || in_turn "$1" build
}

is_installed() {
  [ -f "$1/node_modules/.package-lock.json" ] && [ ! "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]
}

# Folders are older than what was last added to them or removed, so that a deleted file is seen too.
is_built() {
  [ -f "$1/dist/constat.js" ] && [ -z "$(find "$1/src" "$1/web" "$1/tools/build.ts" "$1/package.json" \
    "$1/package-lock.json" -newer "$1/dist/constat.js" -print -quit)" ]
}

# One process at a time.
in_turn() {
  mkdir -p -- "$1/.cache" 2>/dev/null || fail "$1 cannot be written: Constat cannot be built there"
  with_lock "$1/.cache/prepare.lock" "$2" "$1"
}

# Whoever held the lock before may have done what the next two do.
install_dependencies() {
  is_installed "$1" && return
  printf 'constat: installing dependencies (npm install)\n' >&2
  # Not `npm ci`: it refuses a lock file without the optional packages of other platforms, which a registry that lacks
  # some of them gives. The versions are those of the lock file all the same, and nothing is written to it.
  quiet_npm 'installing dependencies' install --no-save --prefix "$1"
}

build() {
  is_built "$1" && return
  install_dependencies "$1"
  printf 'constat: building\n' >&2
  "$node" "$1/tools/build.ts" || fail 'the build failed'
}
