import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState } from '#model/host.ts';
import type { Refusal } from '#model/lookup.ts';
import { code } from '#model/text.ts';
import { nginxFromDump } from '../../nginx/dump.ts';
import type { HostAnswer, HostCommand } from '../../readers/host/session.ts';
import { note, notUnderstood, refusalOf } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { tellUse } from './certificate-use.ts';
import { placeOf, type Runner, runnersOf } from './runners.ts';
import { unasked } from './unasked.ts';

/** One nginx that was asked, as the script gives it. */
interface Asked {
  /** `other`: it runs in a container of another engine than these, and was not asked. */
  how: 'host' | 'docker' | 'podman' | 'other';
  /** The container's id, or the unit (`-` where none is known). */
  who: string;
  /** Several may run on the host itself. */
  number: string;
  /** `T`: what `nginx -T` printed. `F`: its files as they lie there, where it could not. */
  by: 'T' | 'F';
  code: number;
  text: string;
}

const MOST_RUNNERS = 40;
const MOST_FILES = 300;

/**
 * Asks every nginx that runs, found by the titles of its processes (which name the configuration too) and by what is known of
 * containers: in its own container, and on the host.
 *
 * `nginx -T` tests the configuration and prints it whole. It starts no server and stops none: it opens the log files, the pid
 * file and the sockets as a start would, and closes them again (ngx_init_cycle with `test_configuration`), which is why
 * administrators run it on what serves. Read is so what a reload would load. Each line of what it prints has a bar before
 * it, so that nothing in a file can look like the end of it. nginx documentation, “Command-line parameters”.
 */
const script = (listed: readonly string[], engines: string): string => `d=' ' k=0
t() {
  if [ "$1" = host ]; then y="$1:$2:$3"; else y="$1:$2"; fi
  case $d in *" $y "*) return ;; esac
  d="$d$y " k=$((k + 1)) h=$1 w=$2 f=$3
  shift 3
  echo "R $h $w $k"
  "$@" -v 2>&1 | head -n 3 | sed 's/^/|/'
  r=$( { { "$@" -T -q \${f:+-c "$f"} 2>&1; echo "$?" >&4; } | sed 's/^/|/' >&3; } 4>&1 ) 3>&1
  echo "T $r"
  if [ "$r" != 0 ] && [ "$h" = host ]; then files "$f" | sed 's/^/|/'; echo 'F 0'; fi
}
files() {
  f=\${1:-/etc/nginx/nginx.conf}
  [ -r "$f" ] || return
  echo "# configuration file $f:"
  cat "$f"
  find -L "\${f%/*}" -maxdepth 4 -type f ! -path "$f" ! -name '*.key' ! -name '*.pem' ! -name '*htpasswd*' ! -name '.*' ! -name '*
*' -size -256k 2>/dev/null | sort | head -n ${MOST_FILES} | while IFS= read -r g; do
    [ -r "$g" ] || continue
    echo
    echo "# configuration file $g:"
    cat "$g"
  done
}
ask() {
  case $1 in
  docker | podman) case ' ${engines} ' in *" $1 "*)
    for b in nginx openresty angie; do
      if $1 exec "$2" "$b" -v >/dev/null 2>&1; then t "$1" "$2" "$3" "$1" exec "$2" "$b"; return; fi
    done
    case $4 in sure) echo "R $1 $2 0"; $1 exec "$2" nginx -v 2>&1 | sed 's/^/|/'; echo 'T 1' ;; esac ;;
  esac ;;
  *) for b in "$5" nginx openresty angie; do
      if command -v "$b" >/dev/null 2>&1; then t host "$2" "$3" "$b"; return; fi
    done ;;
  esac
}
for p in $(grep -lsxE 'nginx|openresty|angie' /proc/[0-9]*/comm 2>/dev/null | head -n 500); do
  p=\${p%/comm}
  l=$(tr '\\0' ' ' <"$p/cmdline" 2>/dev/null | head -c 2000)
  case $l in *': master process '*) ;; *) continue ;; esac
  c=$(printf '%s\\n' "$l" | sed -n 's/^[^:]*: master process .* -c \\{0,1\\}\\([^ ;]*\\).*/\\1/p')
  g=$(sed -n -e 's/.*docker[-/]\\([0-9a-f]\\{64\\}\\).*/docker \\1/p' -e 's/.*libpod[-/]\\([0-9a-f]\\{64\\}\\).*/podman \\1/p' "$p/cgroup" 2>/dev/null | head -n 1)
  if [ -n "$g" ]; then
    i=\${g#* }
    ask "\${g%% *}" "$(printf '%.12s' "$i")" "$c" sure
  elif grep -q '^NSpid:.*[0-9][[:space:]][[:space:]]*[0-9]' "$p/status" 2>/dev/null; then
    # in a namespace of its own, and of no engine that is read
    echo "R other -"; echo 'T 1'
  else
    u=$(sed -n 's|.*/\\([A-Za-z0-9:_.@-]*\\.service\\).*|\\1|p' "$p/cgroup" 2>/dev/null | tail -n 1)
    x=$(readlink "$p/exe" 2>/dev/null)
    ask host "\${u:--}" "$c" sure "\${x:-nginx}"
  fi
done
${listed.join('\n')}
:`;

const listedOf = (runners: readonly Runner[]): string[] =>
  runners.slice(0, MOST_RUNNERS).map(({ container, unit, command }) => {
    const file = / -c ?([^\s;]{1,300})/.exec(command ?? '')?.[1] ?? '';
    const words = container
      ? [container.engine, container.id, file, /nginx|openresty|angie/.test(command ?? '') ? 'sure' : 'maybe']
      : ['host', unit ?? '-', file, 'sure', command?.split(/\s/, 1)[0] || 'nginx'];
    return `ask ${words.map((word) => (word === '' ? "''" : shellQuote(word))).join(' ')}`;
  });

/** What runs nginx, and the configuration that each of them has. */
export const nginx = defineSection({
  parts: ['nginx'],
  round: 2,
  commands(known) {
    const runners = runnersOf('nginx', known);
    const operation = 'nginx -T';
    const listed = (which: (one: Runner) => boolean) => listedOf(runners.filter(which));
    const all: HostCommand = {
      id: 'nginx',
      operation,
      script: script(
        listed(() => true),
        'docker podman',
      ),
      needsRoot: true,
      seconds: 60,
    };
    // containers that a user runs without root are asked as that user
    const isPodman = known.containers.some(({ engine }) => engine === 'podman');
    return isPodman && !known.user.isRoot
      ? [
          all,
          {
            id: 'nginx.user',
            operation,
            script: script(
              listed(({ container }) => container?.engine === 'podman'),
              'podman',
            ),
            seconds: 40,
          },
        ]
      : [all];
  },
  read(answers, state) {
    unasked(state, 'nginx');
    const seen = new Map<string, { one: Asked; answer: HostAnswer }>();
    for (const answer of answers.values()) {
      const refusal = refusalOf(answer, 'root');
      note(state, 'nginx', refusal);
      for (const one of askedOf(answer.stdout)) {
        const key = `${one.how} ${one.who} ${one.how === 'host' ? one.number : ''}`;
        const before = seen.get(key)?.one;
        if (!before || (before.by === 'T' && before.code !== 0)) seen.set(key, { one, answer });
        if (one.by === 'F' && before?.by === 'T') note(state, 'nginx', failed(before, answer));
      }
    }
    for (const { one, answer } of seen.values()) take(one, answer, state);
  },
});

function take(one: Asked, answer: HostAnswer, state: HostState): void {
  if (one.by === 'T' ? one.code !== 0 : !one.text.includes('# configuration file ')) {
    note(state, 'nginx', failed(one, answer));
    return;
  }
  const container = state.containers.find(({ id, engine }) => id === one.who && engine === one.how);
  const unit = state.units.find(({ name }) => one.how === 'host' && name === one.who);
  if (one.how !== 'host' && !container) {
    note(state, 'nginx', notUnderstood(answer));
    return;
  }
  const operation = container ? `${container.engine} exec ${container.name} nginx -T` : 'nginx -T';
  const at = { source: 'host' as const, operation, at: state.at };
  const runner = { ...(container && { container }), ...(unit && { unit: unit.name }) };
  const { config, certificates } = nginxFromDump(one.text, at, placeOf(runner), state.name);
  // files that lie beside the configuration are not what it uses
  if (one.by === 'T') tellUse(state, certificates, container);
  // files as they lie there are not what runs: what else it is given is not known
  if (one.by === 'F') config.blindSpots.push({ what: 'nginx -T', at });
  state.proxies.push(config);
}

/** The answers of each nginx, between lines that only the script itself writes. */
export function askedOf(stdout: string): Asked[] {
  const found: Asked[] = [];
  let head: Pick<Asked, 'how' | 'who' | 'number'> | undefined;
  let lines: string[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('|')) {
      lines.push(line.slice(1));
      continue;
    }
    const start = /^R (host|docker|podman|other) (\S{1,300})(?: (\d{1,4}))?$/.exec(line);
    if (start) {
      head = { how: start[1] as Asked['how'], who: start[2] ?? '', number: start[3] ?? '0' };
      lines = [];
      continue;
    }
    const end = /^([TF]) (\d{1,3})$/.exec(line);
    if (!end || !head) continue;
    found.push({ ...head, by: end[1] as Asked['by'], code: Number(end[2]), text: lines.join('\n') });
    lines = [];
  }
  return found.slice(0, MOST_RUNNERS);
}

const OTHER = {
  fr: 'un nginx tourne dans un conteneur d’un autre moteur que Docker et Podman\u00a0: Constat ne l’a pas interrogé',
  en: 'an nginx runs in a container of another engine than Docker and Podman: Constat did not ask it',
};
const DENIED = /permission denied|13: Permission|operation not permitted/i;

function failed(one: Asked, answer: HostAnswer): Refusal {
  const { operation } = answer;
  if (one.how === 'other') return { sort: 'failed', operation, why: OTHER };
  const isDenied = DENIED.test(one.text) && !answer.asRoot;
  const where = one.how === 'host' ? code('nginx -T') : code(`${one.how} exec ${one.who} nginx -T`);
  const permission = one.how === 'docker' ? 'docker group or root' : 'root';
  return isDenied
    ? {
        sort: 'denied',
        operation,
        permission,
        why: {
          fr: `${where} a été refusé (il y faut ${code(permission)})`,
          en: `${where} was denied (it needs ${code(permission)})`,
        },
      }
    : {
        sort: 'failed',
        operation,
        why: {
          fr: `${where} n’a pas donné la configuration\u00a0: nginx ne l’accepte pas, ou n’est pas où il semblait être`,
          en: `${where} did not give the configuration: nginx does not accept it, or is not where it seemed to be`,
        },
      };
}
