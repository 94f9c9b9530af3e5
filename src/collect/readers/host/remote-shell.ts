import { shellQuote } from '#lib/shell-quote.ts';
import type { HostCommand } from './session.ts';

/** Seconds that a command may take where it does not say. */
export const COMMAND_SECONDS = 20;
/** Bytes of one command: the kernel takes no longer argument (execve(2), `MAX_ARG_STRLEN`, 128 KiB). */
export const LONGEST_SCRIPT = 100_000;
const LONGEST_STDERR = 2_000;

/** Where programs are; `sbin` is in no ordinary user's path. The last three: NixOS, Snap, Homebrew of servers. */
const PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin:/snap/bin:/opt/bin';

/**
 * What the shell on the host is told first. For any POSIX shell: dash, bash, ksh, busybox ash. It writes no file and keeps no
 * history. The mark is a variable of the shell alone: it stands in no command line and in no environment, and `echo` is
 * built into every one of them.
 *
 * `Q number seconds root|user script` runs one command, between marks:
 *
 *     MARK b 3 ⏎ what it wrote ⏎ MARK e 3 user ⏎ exit code ⏎ the end of its stderr ⏎ MARK z 3
 */
export const preface = (mark: string, mostBytes: number, sudo: boolean): string => `
m='${mark}'
unset HISTFILE ENV BASH_ENV CDPATH MAIL MAILPATH PS4 2>/dev/null
set +x +v +e +u
P='${PATH}'
PATH="$P:$PATH"
LC_ALL=C LANG=C LANGUAGE=C TERM=dumb PAGER=cat SYSTEMD_PAGER=cat SYSTEMD_COLORS=0 SYSTEMD_URLIFY=0 NO_COLOR=1 TZ=UTC DOCKER_CLI_HINTS=false
export PATH LC_ALL LANG LANGUAGE TERM PAGER SYSTEMD_PAGER SYSTEMD_COLORS SYSTEMD_URLIFY NO_COLOR TZ DOCKER_CLI_HINTS
umask 077
cd /
exec 3>&1
if timeout -k 1 5 true </dev/null >/dev/null 2>&1; then T=k
elif timeout 5 true </dev/null >/dev/null 2>&1; then T=p
elif timeout -t 5 true </dev/null >/dev/null 2>&1; then T=t
else T=w; fi
if [ "$(echo 12 | head -c 1 2>/dev/null)" = 1 ]; then H() { head -c ${mostBytes + 1}; }; else H() { cat; }; fi
if [ "$(echo 12 | tail -c 2 2>/dev/null)" = 2 ]; then E() { tail -c ${LONGEST_STDERR}; }; else E() { tail -n 20; }; fi
if setsid sleep 0 </dev/null >/dev/null 2>&1; then S=setsid; else S=; fi
W() (
  n=$1
  shift
  case $T in
    k) exec timeout -s KILL "$n" "$@" ;;
    p) exec timeout "$n" "$@" ;;
    t) exec timeout -t "$n" "$@" ;;
  esac
  $S "$@" &
  p=$!
  (
    trap 'kill $s; exit' TERM
    sleep "$n" &
    s=$!
    wait $s
    [ -z "$S" ] || kill -TERM "-$p"
    kill -TERM "$p"
  ) >/dev/null 2>&1 3>&- &
  d=$!
  wait "$p"
  c=$?
  kill "$d" 2>/dev/null
  exit "$c"
)
R() {
  if [ "$2" = root ]; then
    # A limit inside of sudo too: what runs as root cannot be ended from outside by who is not.
    k=
    [ "$T" != k ] || k="timeout -s KILL $1"
    W "$(($1 + 3))" sudo -n -- env PATH="$P" LC_ALL=C LANG=C TERM=dumb PAGER=cat SYSTEMD_PAGER=cat SYSTEMD_COLORS=0 NO_COLOR=1 TZ=UTC HOME=/root $k /bin/sh -c "$3"
  else
    W "$1" /bin/sh -c "$3"
  fi
}
Q() {
  a=user
  [ "$3" = user ] || [ "$s" != yes ] || a=root
  echo
  echo "$m b $1"
  r=$( { { { R "$2" "$a" "$4" </dev/null 3>&- 4>&- 6>&-; echo "$?" >&4; } | H >&3; } 2>&1 4>&6 | E; } 6>&1 )
  echo
  echo "$m e $1 $a"
  echo "$r"
  echo
  echo "$m z $1"
}
u=$(id -u 2>/dev/null)
s=off
${
  sudo
    ? `if [ "$u" != 0 ]; then s=no; W 10 sudo -n -- /bin/sh -c : </dev/null >/dev/null 2>&1 && s=yes; fi`
    : ''
}
echo
echo "$m r \${u:-unknown} $s"
`;

/** One command as the shell is told it. */
export const asked = (
  number: number,
  { script, needsRoot, seconds = COMMAND_SECONDS }: HostCommand,
): string =>
  `Q ${number} ${Math.max(1, Math.ceil(seconds))} ${needsRoot ? 'root' : 'user'} ${shellQuote(script)}\n`;
