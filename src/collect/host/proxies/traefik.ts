import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState } from '#model/host.ts';
import { code, codes } from '#model/text.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import { type TraefikAnswers, traefikFromApi } from '../../traefik/api.ts';
import { filesOf, filesScript } from '../os/files.ts';
import { note, notUnderstood, refusalOf } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { GET, urlAt } from './http-get.ts';
import { optionIn, placeOf, type Runner, runnersOf } from './runners.ts';
import { traefikFromFiles } from './traefik-files.ts';
import { unasked } from './unasked.ts';

const MOST_RUNNERS = 10;
const MOST_FILES = 200;
/** The port of the entry point `traefik`, on which the API is served where `api.insecure` says so. pkg/config/static. */
const PORT = 8080;
const PATHS = ['entrypoints', 'overview', 'rawdata'] as const;

/** Mounts that hold no configuration, or too much else. */
const ELSEWHERE =
  /^\/(?:proc|sys|dev|var\/run|run|usr\/share\/zoneinfo)?\/?$|\.sock$|\/(?:localtime|timezone)$/;

const isAny = (address: string): boolean => address === '' || address === '0.0.0.0' || address === '::';

/** Where the API of one may answer: on the port that is published for it, on its own address, on the host itself. */
export function addressesOf({ container, command }: Runner, state: Readonly<HostState>): string[] {
  const flag = /--entry[pP]oints\.traefik\.address(?:=|\s+)\S{0,60}?:(\d{1,5})(?:\/tcp)?(?=\s|$)/.exec(
    command ?? '',
  )?.[1];
  const port = flag === undefined ? PORT : Number(flag);
  if (!container || container.networkMode === 'host') {
    const listening = state.listeners.filter((one) => one.port === port && one.protocol === 'tcp');
    const addresses = listening.map(({ address }) => (isAny(address) ? '127.0.0.1' : address));
    return [...new Set(addresses)].slice(0, 3).map((address) => urlAt(address, port));
  }
  const published = container.ports
    .filter(({ containerPort, protocol }) => containerPort === port && protocol === 'tcp')
    .map(({ hostAddress, hostPort }) => urlAt(isAny(hostAddress) ? '127.0.0.1' : hostAddress, hostPort));
  const own = container.networks.flatMap(({ address, addressV6 }) => address ?? addressV6 ?? []);
  return [...new Set([...published, ...own.map((address) => urlAt(address, port))])].slice(0, 6);
}

/**
 * Asks the API; the first address that answers as Traefik does is asked for the rest, each answer on one line (JSON has line
 * ends between values alone). Where none does, the arguments and the files that it is given are printed.
 */
function script(runner: Runner, state: Readonly<HostState>): string {
  const { container } = runner;
  const addresses = addressesOf(runner, state);
  const inspected =
    '{"Args":{{json .Args}},"Entrypoint":{{json .Config.Entrypoint}},"Cmd":{{json .Config.Cmd}},"Env":{{json .Config.Env}}}';
  return `${GET}
for u in ${addresses.map(shellQuote).join(' ')}; do
  v=$(g "$u/api/version" | head -c 4096 | tr -d '\\r\\n')
  case $v in '{'*'"Version"'*) ;; *) continue ;; esac
  echo "at $u"
  printf 'version %s\\n' "$v"
  for p in ${PATHS.join(' ')}; do
    printf '%s ' $p
    g "$u/api/$p" | tr -d '\\r\\n'
    echo
  done
  exit 0
done
echo none
${container ? `printf 'started '\n${container.engine} container inspect --format ${shellQuote(inspected)} ${container.id} | tr -d '\\r\\n'\necho` : ''}
${filesOfRunner(runner)}`;
}

function filesOfRunner({ container, command }: Runner): string {
  const mounted = container?.mounts
    .filter(
      ({ source, destination }) =>
        source.startsWith('/') && !ELSEWHERE.test(destination) && !ELSEWHERE.test(source),
    )
    .map(({ source }) => source);
  const named = optionIn(command, ['--configFile', '--configfile', '-c']);
  const folder = named?.startsWith('/') ? named.slice(0, named.lastIndexOf('/')) : '';
  // not the whole host for a file that stands at its top
  const places = mounted ?? [
    '/etc/traefik',
    ...(folder === '' ? (named?.startsWith('/') ? [named] : []) : [folder]),
  ];
  if (places.length === 0) return '';
  // links are followed: ConfigMaps and releases are made of them
  return `l=$(find -L ${[...new Set(places)].slice(0, 40).map(shellQuote).join(' ')} -maxdepth 4 -type f \\( -name '*.yml' -o -name '*.yaml' -o -name '*.toml' \\) ! -name '*
*' -size -512k 2>/dev/null | head -n ${MOST_FILES})
for m in ${[...new Set(places)].slice(0, 40).map(shellQuote).join(' ')}; do [ ! -d "$m" ] || { [ -r "$m" ] && [ -x "$m" ]; } || echo "D $m"; done
set -f; IFS='
'
set -- $l
set +f; unset IFS
${filesScript([], { globs: ['"$@"'], most: 512 * 1024 })}`;
}

/** What runs Traefik, and what is in effect in each: by its API, else as far as its files, arguments and labels tell. */
export const traefik = defineSection({
  parts: ['traefik'],
  round: 2,
  commands: (known) =>
    runnersOf('traefik', known)
      .slice(0, MOST_RUNNERS)
      .map((runner, index) => ({
        id: `traefik.${index}`,
        operation: 'GET /api/rawdata',
        script: script(runner, known),
        needsRoot: true,
        seconds: 45,
      })),
  read(answers, state) {
    unasked(state, 'traefik');
    for (const [index, runner] of runnersOf('traefik', state).entries()) {
      const answer = answers.get(`traefik.${index}`);
      if (!answer) continue;
      const said = answered(answer.stdout);
      // what was cut off is no answer, and none of what stood before is lost
      const isCut = answer.end === 'timeout' || answer.end === 'cut';
      if (answer.end !== 'done' && !isCut) note(state, 'traefik', refusalOf(answer, 'root'));
      const config =
        said.at !== undefined ? fromApi(said, runner, state) : fromFiles(answer, said, runner, state);
      if (config) state.proxies.push({ ...config, host: state.name });
      // what came of the API was not whole: what is not in it may be there
      if (said.at !== undefined && config && config.blindSpots.length > 0)
        note(state, 'traefik', notUnderstood(answer));
    }
  },
});

interface Said extends TraefikAnswers {
  at?: string;
  started?: string;
}

/** The lines of the script. Those of files have a bar before them. */
function answered(stdout: string): Said {
  const said: Record<string, string> = {};
  for (const line of stdout.split('\n')) {
    const [, name, value] = /^(at|version|entrypoints|overview|rawdata|started) (.*)$/.exec(line) ?? [];
    if (name !== undefined && value && !Object.hasOwn(said, name)) said[name] = value;
  }
  return said;
}

function fromApi({ at, started: _, ...answers }: Said, runner: Runner, state: HostState) {
  const config = traefikFromApi(
    answers,
    { source: 'host', operation: `GET ${at}/api/rawdata`, at: state.at },
    placeOf(runner),
  );
  // what it did not tell is not absent
  const untold = codes(config.blindSpots.map(({ what }) => what).filter((what) => what.startsWith('/api/')));
  if (untold.en !== '')
    note(state, 'traefik', {
      sort: 'failed',
      operation: `GET ${at}/api/rawdata`,
      why: {
        fr: `la réponse de Traefik à ${untold.fr} n’est pas entière, ou n’est pas de lui`,
        en: `what Traefik answered to ${untold.en} is not whole, or not its own`,
      },
    });
  return config;
}

function fromFiles(answer: HostAnswer, said: Said, runner: Runner, state: HostState) {
  if (!/^none$/m.test(answer.stdout)) return undefined;
  const name = runner.container?.name ?? runner.unit ?? 'traefik';
  note(state, 'traefik', {
    sort: 'unavailable',
    operation: answer.operation,
    why: {
      fr: `l’API de Traefik (${code(name)}) ne répond pas sur l’hôte\u00a0: ce qui est en vigueur n’a été lu que dans ses fichiers et ses labels`,
      en: `the API of Traefik (${code(name)}) does not answer on the host: what is in effect was read from its files and labels alone`,
    },
  });
  return traefikFromFiles({ started: said.started, files: filesOf(answer.stdout) }, runner, state);
}
