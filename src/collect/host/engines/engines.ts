import type { ContainerEngine, HostState } from '#model/host.ts';
import { type Answered, objectOf, textOf } from '../../fields.ts';
import type { HostAnswer, HostCommand } from '../../readers/host/session.ts';
import { note, notUnderstood, refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { containerOf } from './container.ts';
import { environmentOf, imageOf, networkOf, volumeOf } from './things.ts';

type Engine = ContainerEngine['product'];

const ENGINE_PARTS = ['containers', 'networks', 'volumes', 'images'] as const;
type EnginePart = (typeof ENGINE_PARTS)[number];
/** Things of one sort that are taken from one host. */
const MOST = 20_000;
/** Names to inspect at once: a command line has its limit. */
const AT_ONCE = 100;

/** How the things of a part are listed, and inspected one on each line. */
const LISTED: Record<EnginePart, { list: string; inspect: string }> = {
  containers: { list: 'ps --all --quiet --no-trunc', inspect: 'container inspect' },
  networks: { list: "network ls --format '{{.Name}}'", inspect: 'network inspect' },
  volumes: { list: "volume ls --format '{{.Name}}'", inspect: 'volume inspect' },
  images: { list: 'image ls --quiet --no-trunc', inspect: 'image inspect' },
};

/** What there is where the engine keeps things: without both, its client stands alone and nothing runs under it. */
const PLACES: Record<Engine, string> = {
  docker:
    '[ -e /var/run/docker.sock ] || [ -d /var/lib/docker ] || [ -e "${XDG_RUNTIME_DIR:-/nowhere}/docker.sock" ]',
  // it has no server: it works wherever it is installed
  podman: 'true',
};

/**
 * `absent`: the host has no such engine. Else a line with the number of things, then each as JSON on a line of its own.
 * What was there and is gone when it is inspected is left out.
 */
const script = (engine: Engine, part: EnginePart): string => {
  const { list, inspect } = LISTED[part];
  return `command -v ${engine} >/dev/null 2>&1 || { echo absent; exit 0; }
{ ${PLACES[engine]}; } || { echo absent; exit 0; }
n=$(${engine} ${list}) || exit $?
n=$(printf '%s\\n' "$n" | sort -u | sed '/^$/d')
[ -n "$n" ] || { echo 0; exit 0; }
printf '%s\\n' "$n" | wc -l
printf '%s\\n' "$n" | xargs -n ${AT_ONCE} ${engine} ${inspect} --format '{{json .}}'
c=$?
[ $c = 123 ] || exit $c`;
};

const commandsOf = (engine: Engine, as: '' | '.user'): HostCommand[] => [
  ...ENGINE_PARTS.map((part) => ({
    id: `${engine}${as}.${part}`,
    operation: `${engine} ${LISTED[part].inspect}`,
    script: script(engine, part),
    ...(as === '' && { needsRoot: true }),
    seconds: 40,
  })),
  {
    id: `${engine}${as}.version`,
    operation: `${engine} version`,
    script: `command -v ${engine} >/dev/null 2>&1 || { echo absent; exit 0; }
${engine} version --format '{{json .}}'
echo; ${engine} info --format '{{json .}}' 2>/dev/null | tr ',' '\\n' | grep -i rootless | head -n 3
echo; ${engine} compose version --short 2>/dev/null || ${engine}-compose version --short 2>/dev/null; :`,
    ...(as === '' && { needsRoot: true }),
  },
];

/** Containers that none of the engines that are read starts: those of Kubernetes, of containerd and of LXC. */
const OTHERS: HostCommand = {
  id: 'engines.others',
  operation: 'ls /run',
  script:
    'for s in /run/k3s/containerd/containerd.sock /run/containerd/containerd.sock /run/crio/crio.sock /var/snap/lxd/common/lxd/unix.socket; do [ ! -e $s ] || echo $s; done',
};

function engineSection(engine: Engine) {
  return defineSection({
    parts: ['containers', 'networks', 'volumes', 'images'],
    round: 1,
    commands: () => [
      ...commandsOf(engine, ''),
      // what a user runs without root is seen by that user alone
      ...(engine === 'podman' ? commandsOf(engine, '.user') : [OTHERS]),
    ],
    read(answers, state) {
      for (const as of engine === 'podman' ? (['', '.user'] as const) : ([''] as const))
        readEngine(engine, (what) => answers.get(`${engine}${as}.${what}`), state);
      const others = answers.get('engines.others')?.stdout.trim();
      // Docker runs containerd by itself
      const alone = others && (state.engines.length === 0 || /k3s|crio|lxd/.test(others));
      if (alone)
        for (const part of ENGINE_PARTS)
          note(state, part, {
            sort: 'unavailable',
            operation: OTHERS.operation,
            why: {
              fr: 'des conteneurs d’un autre moteur que Docker et Podman peuvent tourner\u00a0: Constat ne les lit pas encore',
              en: 'containers of another engine than Docker and Podman may run: Constat does not read them yet',
            },
          });
    },
  });
}

function readEngine(
  engine: Engine,
  answerOf: (what: EnginePart | 'version') => HostAnswer | undefined,
  state: HostState,
): void {
  const permission = engine === 'docker' ? 'docker group or root' : 'root';
  const things = (part: EnginePart): Answered[] => {
    const answer = answerOf(part);
    if (!answer || refuse(state, part, answer, permission)) return [];
    const { lines, isWhole, isAbsent } = linesOf(answer.stdout);
    if (!isAbsent && !isWhole && !/no such/i.test(answer.stderr)) note(state, part, notUnderstood(answer));
    return lines;
  };
  const images = things('images');
  const environments = new Map(
    images.map((said) => [textOf(said.Id)?.replace(/^sha256:/, ''), environmentOf(said)] as const),
  );
  const none: ReadonlySet<string> = new Set();
  const keep = <T>(list: T[], found: (T | undefined)[], key: (one: T) => string): void => {
    const known = new Set(list.map(key));
    for (const one of found)
      if (one !== undefined && !known.has(key(one)) && list.length < MOST) {
        known.add(key(one));
        list.push(one);
      }
  };
  keep(
    state.images,
    images.map((said) => imageOf(engine, said)),
    ({ id }) => `${engine} ${id}`,
  );
  keep(
    state.containers,
    things('containers').map((said) => containerOf(engine, said, (id) => environments.get(id) ?? none)),
    ({ id }) => id,
  );
  keep(
    state.networks,
    things('networks').map((said) => networkOf(engine, said)),
    (one) => `${one.engine} ${one.name}`,
  );
  keep(
    state.volumes,
    things('volumes').map((said) => volumeOf(engine, said)),
    (one) => `${one.engine} ${one.name}`,
  );
  const version = answerOf('version');
  const told = version?.end === 'done' ? engineOf(engine, version.stdout) : undefined;
  if (told && !state.engines.some(({ product }) => product === engine)) state.engines.push(told);
}

/** The things of an answer, and whether they are as many as were listed. */
function linesOf(stdout: string): { lines: Answered[]; isWhole: boolean; isAbsent: boolean } {
  const [first = '', ...rest] = stdout.split('\n');
  if (first.trim() === 'absent') return { lines: [], isWhole: true, isAbsent: true };
  const lines = rest.flatMap((line): Answered[] => {
    if (!line.startsWith('{')) return [];
    try {
      return [objectOf(JSON.parse(line))];
    } catch {
      return [];
    }
  });
  return { lines, isWhole: /^\s*\d+\s*$/.test(first) && lines.length >= Number(first), isAbsent: false };
}

/** `docker version`, what `docker info` says of root, and the version of Compose, each after an empty line. */
function engineOf(product: Engine, stdout: string): ContainerEngine | undefined {
  if (stdout.startsWith('absent')) return undefined;
  const [versions = '', rootless = '', compose = ''] = stdout.split(/\n\n/);
  let said: Answered;
  try {
    said = objectOf(JSON.parse(versions.split('\n')[0] ?? ''));
  } catch {
    return undefined;
  }
  const version =
    textOf(objectOf(said.Server).Version) ??
    (product === 'podman' ? textOf(objectOf(said.Client).Version) : undefined);
  if (version === undefined) return undefined;
  const plugin = /\d+\.\d+[\w.+-]{0,30}/.exec(compose)?.[0];
  return {
    product,
    version,
    isRootless: /name=rootless|"rootless":\s*true/i.test(rootless),
    ...(plugin !== undefined && { compose: plugin }),
  };
}

export const docker = engineSection('docker');
export const podman = engineSection('podman');
