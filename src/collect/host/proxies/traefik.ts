import { shellQuote } from '#lib/shell-quote.ts';
import type { CallEvidence } from '#model/evidence.ts';
import type { HostState } from '#model/host.ts';
import type { Refusal } from '#model/lookup.ts';
import { code } from '#model/text.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import { type TraefikAnswers, traefikFromApi } from '../../traefik/api.ts';
import { filesOf, filesScript } from '../os/files.ts';
import { note } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { GET } from './get.ts';
import { calledProxy, keepProxy, type RunningProxy, runningProxies, unreadProxy } from './running.ts';
import { filesSeen, settingsOf, traefikFromFiles } from './traefik-files.ts';

const MOST_BYTES = 1_000_000;
const MOST_ADDRESSES = 5;
const DEFAULT_PORT = 8080;
const OPERATION = 'GET /api/rawdata';

/** Where the API may answer on the host itself: what is published, the container's own addresses, loopback. */
export function apiAddresses(proxy: RunningProxy, state: HostState): string[] {
  const { container } = proxy;
  const at: CallEvidence = { source: 'host', operation: OPERATION, at: state.at };
  const own = settingsOf(proxy, at)?.entryPoints.find(({ name }) => name === 'traefik');
  const port = own !== undefined && own.port > 0 ? own.port : DEFAULT_PORT;
  const url = (address: string, number: number): string[] =>
    /^[0-9a-fA-F.:]{2,45}$/.test(address)
      ? [`http://${address.includes(':') ? `[${address}]` : address}:${number}`]
      : [];
  const local = (address: string): string => (/^(?:|0\.0\.0\.0|::)$/.test(address) ? '127.0.0.1' : address);
  if (!container || container.networkMode === 'host') {
    // on loopback, another program may be asked: only where it, or nobody that is known, listens there
    const listens = state.listeners.filter((one) => one.port === port && one.protocol === 'tcp');
    const isOwn = listens.some(({ process }) => process === undefined || process.name === 'traefik');
    return isOwn || listens.length === 0 ? url(local(own?.address ?? ''), port) : [];
  }
  const published = container.ports.filter(({ protocol }) => protocol === 'tcp');
  const [exact, others] = [
    published.filter(({ containerPort }) => containerPort === port),
    published.filter(({ containerPort }) => containerPort !== port && ![80, 443].includes(containerPort)),
  ];
  return [
    ...new Set([
      ...exact.flatMap(({ hostAddress, hostPort }) => url(local(hostAddress), hostPort)),
      ...container.networks.flatMap(({ address }) => url(address ?? '', port)),
      // a static file may give its entry point any port
      ...others.flatMap(({ hostAddress, hostPort }) => url(local(hostAddress), hostPort)),
    ]),
  ].slice(0, MOST_ADDRESSES);
}

/** Lines `U URL`, then of each answer `A NAME` and its text behind bars; else `none`, and the files. */
function script(proxy: RunningProxy, state: HostState): string {
  const sources = filesSeen(proxy).map(({ source }) => shellQuote(source));
  const files =
    sources.length === 0
      ? ''
      : `for s in ${sources.join(' ')}; do
  if [ ! -r "$s" ] || { [ -d "$s" ] && [ ! -x "$s" ]; }; then echo "D $s"; fi
done
n=$(find -L ${sources.join(' ')} -maxdepth 3 -type f \\( -name '*.yml' -o -name '*.yaml' -o -name '*.toml' \\) 2>/dev/null | sort | head -n 200)
set -f; IFS='
'
set -- $n
set +f; unset IFS
${filesScript([], { globs: ['"$@"'], most: MOST_BYTES })}`;
  return `${GET}
for u in ${apiAddresses(proxy, state).map(shellQuote).join(' ')}; do
  v=$(g "$u/api/version" 2>/dev/null </dev/null) || continue
  case $v in *'"Version"'*) ;; *) continue ;; esac
  echo "U $u"
  echo 'A version'; printf '%s\\n' "$v" | head -c 4000 | sed 's/^/|/'; echo
  for p in rawdata entrypoints overview; do echo "A $p"; g "$u/api/$p" 2>/dev/null </dev/null | sed 's/^/|/'; echo; done
  exit 0
done
echo none
${files}
:`;
}

const ANSWERS = ['version', 'rawdata', 'entrypoints', 'overview'] as const;

/** The answers of the API by their names; undefined where it did not answer. */
export function answersOf(stdout: string): TraefikAnswers | undefined {
  if (!/^U http/.test(stdout)) return undefined;
  const found: TraefikAnswers = {};
  let current: (typeof ANSWERS)[number] | undefined;
  const lines: Partial<Record<(typeof ANSWERS)[number], string[]>> = {};
  for (const line of stdout.split('\n')) {
    const name = /^A (\w{1,20})$/.exec(line)?.[1];
    if (name !== undefined) current = ANSWERS.find((one) => one === name);
    else if (current && line.startsWith('|')) {
      lines[current] ??= [];
      lines[current]?.push(line.slice(1));
    }
  }
  for (const name of ANSWERS) {
    const text = lines[name]?.join('\n');
    if (text !== undefined && text.trim() !== '') found[name] = text;
  }
  return found;
}

/**
 * Traefik, by its API where it answers on the host; else by its files and the labels of running containers, and then what
 * is in effect is not known. Traefik, “API & Dashboard”, “Endpoints”.
 */
export const traefik = defineSection({
  parts: ['traefik'],
  round: 2,
  commands: (known) =>
    runningProxies('traefik', known).map((proxy) => ({
      id: proxy.id,
      operation: OPERATION,
      script: script(proxy, known),
      needsRoot: true,
      seconds: 60,
    })),
  read(answers, state) {
    for (const proxy of runningProxies('traefik', state)) {
      const answer = answers.get(proxy.id);
      if (!answer) continue;
      note(state, 'traefik', unreadProxy('traefik', proxy, answer));
      if (answer.end !== 'done' && !(['cut', 'timeout'].includes(answer.end) && answer.stdout !== ''))
        continue;
      const at: CallEvidence = { source: 'host', operation: answer.operation, at: state.at };
      const said = answersOf(answer.stdout);
      if (said) {
        const config = traefikFromApi(said, at, proxy.runsIn);
        // without routers or entry points what it serves is not known
        if (config.blindSpots.some(({ what }) => /^\/api\/(?:rawdata|entrypoints)$/.test(what)))
          note(state, 'traefik', inPart(answer, proxy, 'failed'));
        keepProxy(state, config, proxy);
        continue;
      }
      const files = filesOf(answer.stdout);
      const isDenied = files.some(({ state: how }) => how === 'denied');
      note(state, 'traefik', inPart(answer, proxy, isDenied ? 'denied' : 'failed'));
      keepProxy(state, traefikFromFiles(proxy, files, state), proxy);
    }
  },
});

const inPart = ({ operation }: HostAnswer, proxy: RunningProxy, sort: Refusal['sort']): Refusal => {
  const name = code(calledProxy('traefik', proxy));
  return {
    sort,
    operation,
    ...(sort === 'denied' && { permission: 'root' }),
    why: {
      fr: `l’API de Traefik (${name}) n’a pas répondu sur l’hôte, ou pas entièrement\u00a0: ce qui est en vigueur n’est connu qu’en partie`,
      en: `the API of Traefik (${name}) did not answer on the host, or not in full: what is in effect is only known in part`,
    },
  };
};
