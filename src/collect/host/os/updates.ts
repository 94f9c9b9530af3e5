import type { HostState } from '#model/host.ts';
import type { Refusal } from '#model/lookup.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import { note, notUnderstood, refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';

/**
 * What waits, of the package manager that the first line names. `apt-get -s upgrade` prints `Inst name [old] (new archive [arch])`
 * (apt-get(8)); `dnf check-update` one package a line; `apk version -l '<'` lines with `<`.
 */
export function updatesOf(text: string): HostState['updates'] | undefined {
  const lines = text.split('\n');
  const manager = lines[0]?.trim() ?? '';
  const value = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
  const stamp = Number(value('=stamp'));
  const rest = {
    ...(stamp > 0 && stamp < 1e11 && { asOf: new Date(stamp * 1000).toISOString().replace('.000Z', 'Z') }),
    ...(value('=reboot') !== undefined && { needsReboot: value('=reboot') === 'yes' }),
  };
  if (manager === 'apt') {
    const waiting = lines.filter((line) => /^Inst \S{1,200} \[/.test(line));
    // `bookworm-security`, `Debian-Security:12/stable-security`, `Ubuntu:24.04/noble-security`
    const security = waiting.filter((line) => /\(.*-security\b/i.test(line.slice(0, 1_000)));
    return { manager, all: waiting.length, security: security.length, ...rest };
  }
  if (manager === 'dnf' || manager === 'yum') {
    const until = lines.findIndex((line) => /^Obsoleting Packages/.test(line));
    const waiting = (until < 0 ? lines : lines.slice(0, until)).filter((line) =>
      /^[\w.+-]{1,200}\.(?:x86_64|aarch64|noarch|i686|s390x|ppc64le|armv7hl)\s+\S+\s+\S+/.test(line),
    );
    return { manager, all: waiting.length, ...rest };
  }
  if (manager === 'apk') return { manager, all: lines.filter((line) => / < \S/.test(line)).length, ...rest };
  return undefined;
}

/** A machine whose lists were never brought knows of no update, whatever waits. */
const noLists = ({ operation }: HostAnswer): Refusal => ({
  sort: 'unavailable',
  operation,
  why: {
    fr: 'les listes de paquets de cet hôte sont vides\u00a0: ce qui attend une mise à jour est inconnu',
    en: 'the lists of packages of this host are empty: what waits to be updated is unknown',
  },
});

/** Reads the cache that is there: nothing is fetched, nothing locked, nothing installed. */
export const updates = defineSection({
  parts: ['updates'],
  round: 1,
  commands: () => [
    {
      id: 'updates',
      operation: 'apt-get -s upgrade',
      script: `r() { for f in "$@"; do [ ! -e "$f" ] || { stat -c '=stamp %Y' "$f" && return; }; done; }
if command -v apt-get >/dev/null 2>&1; then
  echo apt
  set -- /var/lib/apt/lists/*_Packages*
  [ -e "$1" ] || echo '=empty'
  r /var/lib/apt/periodic/update-success-stamp /var/cache/apt/pkgcache.bin /var/lib/apt/lists
  if [ -e /var/run/reboot-required ]; then echo '=reboot yes'; else echo '=reboot no'; fi
  apt-get -s -q -o Debug::NoLocking=true upgrade --with-new-pkgs
elif command -v dnf >/dev/null 2>&1; then
  echo dnf
  r /var/cache/dnf/expired_repos.json /var/cache/dnf /var/cache/libdnf5
  dnf -C -q check-update
  n=$?
  [ "$n" = 100 ] || exit "$n"
elif command -v apk >/dev/null 2>&1; then
  echo apk
  r /var/cache/apk /lib/apk/db/installed
  apk version -l '<'
else exit 127; fi`,
      seconds: 40,
    },
  ],
  read(answers, state) {
    const answer = answers.get('updates');
    if (!answer) return;
    // Half a list is no number.
    if (answer.end !== 'done') {
      refuse(state, 'updates', answer);
      return;
    }
    if (/^=empty$/m.test(answer.stdout)) {
      note(state, 'updates', noLists(answer));
      return;
    }
    const found = updatesOf(answer.stdout);
    if (found) state.updates = found;
    else note(state, 'updates', notUnderstood(answer));
  },
});
