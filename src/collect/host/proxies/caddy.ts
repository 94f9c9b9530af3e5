import { shellQuote } from '#lib/shell-quote.ts';
import type { CallEvidence } from '#model/evidence.ts';
import type { HostState } from '#model/host.ts';
import { code } from '#model/text.ts';
import { caddyJson } from '../../caddy/json.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import { readJson } from '../../repo/json-source.ts';
import { note, notUnderstood, refusalOf } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { GET } from './http-get.ts';
import { optionIn, placeOf, type Runner, runnersOf } from './runners.ts';
import { unasked } from './unasked.ts';

const MOST_RUNNERS = 10;
/** Where it answers by itself, to the machine or the container alone. Caddy documentation, “API”. */
const ADMIN = 'http://127.0.0.1:2019/config/';

/**
 * The configuration in effect from the administration's address; where that is off, what `caddy adapt` makes of the file,
 * which reads and prints, and loads nothing. Caddy documentation, “Command Line”.
 */
function script({ container, command }: Runner): string {
  const named = optionIn(command, ['--config', '-c']);
  const file = shellQuote(named?.startsWith('/') ? named : '/etc/caddy/Caddyfile');
  const adapter = optionIn(command, ['--adapter', '-a']);
  const adapt = `caddy adapt --config ${file}${adapter === undefined ? '' : ` --adapter ${shellQuote(adapter)}`}`;
  const line = "tr -d '\\r\\n'";
  if (!container)
    return `${GET}
v=$(g ${ADMIN} | ${line})
case $v in '{'*) echo api; printf '%s\\n' "$v"; exit 0 ;; esac
echo adapt; ${adapt} 2>/dev/null | ${line}; echo`;
  const exec = `${container.engine} exec ${container.id}`;
  return `for a in 'wget -qO- -T 5' 'curl -q -fsS -m 5'; do
  v=$(${exec} $a ${ADMIN} 2>/dev/null | ${line})
  case $v in '{'*) echo api; printf '%s\\n' "$v"; exit 0 ;; esac
done
echo adapt; ${exec} ${adapt} 2>/dev/null | ${line}; echo`;
}

/** What runs Caddy, and the configuration of each. */
export const caddy = defineSection({
  parts: ['caddy'],
  round: 2,
  commands: (known) =>
    runnersOf('caddy', known)
      .slice(0, MOST_RUNNERS)
      .map((runner, index) => ({
        id: `caddy.${index}`,
        operation: 'GET /config/',
        script: script(runner),
        needsRoot: true,
        seconds: 40,
      })),
  read(answers, state) {
    unasked(state, 'caddy');
    for (const [index, runner] of runnersOf('caddy', state).entries()) {
      const answer = answers.get(`caddy.${index}`);
      if (answer) take(answer, runner, state);
    }
  },
});

function take(answer: HostAnswer, runner: Runner, state: HostState): void {
  note(state, 'caddy', refusalOf(answer, 'root'));
  const [by = '', text = ''] = answer.stdout.split('\n');
  if (by !== 'api' && by !== 'adapt') return;
  const json = text.startsWith('{') ? readJson(text) : undefined;
  if (!json || 'error' in json) {
    note(state, 'caddy', by === 'api' ? notUnderstood(answer) : unanswered(answer, runner));
    return;
  }
  const name = runner.container?.name ?? runner.unit ?? 'caddy';
  const operation = by === 'api' ? `GET ${ADMIN} (${name})` : `caddy adapt (${name})`;
  const at: CallEvidence = { source: 'host', operation, at: state.at };
  const config = caddyJson(json.value, { source: 'host', standing: 'declared', files: [] }, () => at);
  // what a file says is not what runs
  if (by === 'adapt') config.blindSpots.push({ what: ADMIN, at });
  state.proxies.push({ ...config, host: state.name, runsIn: placeOf(runner) });
}

const unanswered = ({ operation }: HostAnswer, { container, unit }: Runner) => ({
  sort: 'failed' as const,
  operation,
  why: {
    fr: `l’administration de Caddy (${code(container?.name ?? unit ?? 'caddy')}) ne répond pas, et son fichier n’a pas été trouvé`,
    en: `the administration of Caddy (${code(container?.name ?? unit ?? 'caddy')}) does not answer, and its file was not found`,
  },
});
