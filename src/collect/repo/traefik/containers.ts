import { parseImageReference } from '#lib/image-reference.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Reading } from '../../collector.ts';
import type { Tree } from '../../readers/tree.ts';
import { flagsOf, variablesOf as optionsOfVariables, type Written } from '../../traefik/arguments.ts';
import type { Assignment } from '../../traefik/option.ts';
import { type ComposeText, projectOf, readCompose } from '../compose/compose-text.ts';
import { type Found, joined, Layers, resolved } from '../compose/layers.ts';
import { readService, variablesOf } from '../compose/service.ts';
import { mapping, scalar } from '../untyped.ts';
import { placeAt } from './read-options.ts';

export interface Label {
  name: string;
  value: string;
  at: FileEvidence;
}

/** A service of a compose file as Traefik sees its container, or as Traefik itself. */
export interface Container {
  service: string;
  project: string;
  at: FileEvidence;
  labels: Label[];
  /** The labels are of `deploy`, which Swarm alone gives to Traefik. */
  isSwarm: boolean;
  /** Ports on which it listens, as the file says: `expose` and the inner side of `ports`. */
  ports: number[];
  isTraefik: boolean;
  version?: string;
  flags: Assignment[];
  variables: Assignment[];
  /** Where paths inside the container come from: paths of the tree, or what of one is known. */
  mounts: { source: string; isTail: boolean; target: string }[];
  /** Ports published on the host: of Traefik itself. */
  published: { port: string; target: string; address?: string; at: FileEvidence }[];
}

export interface ComposeContainers {
  file: string;
  project: string;
  containers: Container[];
  /** Files of which services are extended here. */
  extended: string[];
}

const LABEL = /^traefik\./i;

/** The services of a compose file that bear labels of Traefik, or run it; undefined where the text is no compose file. */
export function containersOf(
  reading: Reading,
  tree: Tree,
): ComposeContainers | { error: { line: number; message: string } } | undefined {
  const text = readCompose(reading.path, reading.text, tree);
  if (!text || 'error' in text) return text;
  const project = projectOf(text, tree);
  const base = baseOf(text, tree);
  const containers = [...text.services.keys()].flatMap((name) => {
    const layers = new Layers(text, name, tree);
    const container = containerOf(name, layers, { text, project, reading, base });
    return container.isTraefik || container.labels.length > 0 ? [container] : [];
  });
  const extended = [...text.services.values()].flatMap((service) => {
    const file = scalar(mapping(service.get('extends')).get('file'));
    return file === undefined ? [] : (joined(text.folder, file) ?? []);
  });
  return { file: text.path, project, containers, extended };
}

interface Context {
  text: ComposeText;
  project: string;
  reading: Reading;
  base: ComposeText | undefined;
}

function containerOf(name: string, layers: Layers, { text, project, reading, base }: Context): Container {
  const place = ({ line }: Pick<Found, 'line'>) => placeAt(reading, line);
  const service = readService(name, layers);
  const isPartial = !service.image && !service.build;
  const before = isPartial && base?.services.has(name) ? new Layers(base, name, EMPTY) : undefined;
  const own = labelsIn(layers, place);
  const swarm = swarmLabels(layers, place);
  const isSwarm = swarm.length > 0 && own.length === 0;
  const labels = isSwarm ? swarm : own;
  const beneath =
    before && labels.length > 0 ? labelsIn(before, ({ text: from, path }) => from.at(path)) : [];
  const image = parseImageReference(service.image?.reference ?? '');
  const words = wordsOf(layers, place);
  const isTraefik =
    /(?:^|\/)(?:traefik|mirrored-library-traefik)$/.test(image?.repository ?? '') ||
    words.some((word) => /^--(?:entrypoints|providers)\./i.test(word.text));
  const variables = variablesOf(layers).flatMap(({ name: variable, value, found }) =>
    value ? [{ name: variable, value: value.text, at: { ...place(found), excerpt: `${variable}=…` } }] : [],
  );
  const exposed = layers.items('expose').flatMap((found) => resolved(found)?.text ?? []);
  const version = /^v?(\d{1,2}(?:\.\d{1,3}){0,2})(?:-|$)/.exec(image?.tag ?? '')?.[1];
  return {
    service: name,
    project,
    at: placeAt(reading, layers.line),
    // the file's own come first: what they name is named here
    labels: [...labels, ...beneath.filter((one) => !labels.some((two) => two.name === one.name))],
    isSwarm,
    ports: portsOf([...exposed, ...service.ports.map(({ target }) => target)]),
    isTraefik,
    ...(isTraefik && version !== undefined && { version }),
    flags: isTraefik ? flagsOf(words) : [],
    variables: isTraefik ? optionsOfVariables(variables) : [],
    mounts: isTraefik ? mountsOf(service.volumes, text, layers) : [],
    published: service.ports.flatMap(({ published, target, address, line }) =>
      published === undefined
        ? []
        : [
            {
              port: published,
              target,
              ...(address !== undefined && { address }),
              at: placeAt(reading, line),
            },
          ],
    ),
  };
}

/** A tree without files: what the base extends is not followed. */
const EMPTY = { paths: new Set<string>(), read: () => undefined } as unknown as Tree;

const BASES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** The base file beside one that is merged over it. */
function baseOf(text: ComposeText, tree: Tree): ComposeText | undefined {
  const folder = text.folder === '' ? '' : `${text.folder}/`;
  const path = BASES.map((name) => `${folder}${name}`).find((one) => tree.paths.has(one));
  if (path === undefined || path === text.path) return undefined;
  const written = tree.read(path);
  const base = written === undefined ? undefined : readCompose(path, written, tree);
  return base && !('error' in base) ? base : undefined;
}

type PlaceOf = (found: Found) => FileEvidence;

/** Labels of both forms; the service's own come before those of what it extends. */
function labelsIn(layers: Layers, place: PlaceOf): Label[] {
  return unique(
    layers.items('labels').flatMap((found) => {
      const last = found.path.at(-1);
      const written = resolved(found)?.text ?? (found.value === null ? '' : undefined);
      if (written === undefined) return [];
      return labelOf(typeof last === 'number' ? written : [String(last), written], place(found));
    }),
  );
}

function swarmLabels(layers: Layers, place: PlaceOf): Label[] {
  const deploy = layers.first('deploy');
  if (!deploy) return [];
  const labels = mapping(deploy.value).get('labels');
  const entries: [string | number, unknown][] = Array.isArray(labels)
    ? [...labels.entries()]
    : [...mapping(labels)];
  return unique(
    entries.flatMap(([step, value]) => {
      const path = [...deploy.path, 'labels', step];
      const written = resolved({ value, text: deploy.text })?.text;
      if (written === undefined) return [];
      const at = place({ value, text: deploy.text, path, line: layers.lineOf(deploy.text, path) });
      return labelOf(typeof step === 'number' ? written : [step, written], at);
    }),
  );
}

function labelOf(written: string | [string, string], at: FileEvidence): Label[] {
  const [name = '', value = ''] =
    typeof written === 'string'
      ? written.includes('=')
        ? [written.slice(0, written.indexOf('=')), written.slice(written.indexOf('=') + 1)]
        : [written]
      : written;
  return LABEL.test(name.trim()) ? [{ name: name.trim(), value, at }] : [];
}

const unique = (labels: Label[]): Label[] =>
  [...new Map([...labels].reverse().map((one) => [one.name, one])).values()].reverse();

const WORD = /(?:"[^"]{0,4000}"|'[^']{0,4000}'|[^\s"'])+/g;

/** The words of `entrypoint` and `command`, as lists or as one text. */
function wordsOf(layers: Layers, place: PlaceOf): Written[] {
  return ['entrypoint', 'command'].flatMap((key) => {
    const found = layers.first(key);
    if (!found) return [];
    if (!Array.isArray(found.value)) {
      const text = resolved(found)?.text ?? '';
      const words = [...text.slice(0, 50_000).matchAll(WORD)];
      return words.map(([word]) => ({ text: word.replace(/(["'])(.*?)\1/g, '$2'), at: place(found) }));
    }
    return found.value.flatMap((value: unknown, index): Written[] => {
      const path = [...found.path, index];
      const text = resolved({ value, text: found.text })?.text;
      const at = { value, text: found.text, path, line: layers.lineOf(found.text, path) };
      return text === undefined ? [] : [{ text, at: place(at) }];
    });
  });
}

const portsOf = (written: readonly string[]): number[] =>
  [...new Set(written.map((one) => one.split('/')[0] ?? ''))]
    .filter((one) => /^\d{1,5}$/.test(one))
    .map(Number)
    .sort((a, b) => a - b);

/** Folders and files that Traefik sees, by where they stand in the tree. `configs` of Compose are files too. */
function mountsOf(
  volumes: readonly { source: string; target: string }[],
  text: ComposeText,
  layers: Layers,
): Container['mounts'] {
  const configs = layers.items('configs').flatMap(({ value }) => {
    const keys = mapping(value);
    const source = scalar(value) ?? scalar(keys.get('source'));
    const file =
      source === undefined
        ? undefined
        : scalar(mapping(mapping(text.top.get('configs')).get(source)).get('file'));
    const target = scalar(keys.get('target')) ?? `/${source}`;
    return file === undefined ? [] : [{ source: /^[./~$]/.test(file) ? file : `./${file}`, target }];
  });
  return [...volumes, ...configs].flatMap(({ source, target }): Container['mounts'] => {
    const to = target.split(':')[0]?.replace(/\/+$/, '') ?? '';
    if (source === '' || to === '') return [];
    const tail = /^(?:\$\{?[A-Za-z_]\w*(?::?-[^}]*)?\}?|~|\/)\/?(.*)$/.exec(source)?.[1];
    if (tail !== undefined)
      return tail === '' ? [] : [{ source: tail.replace(/\/+$/, ''), isTail: true, target: to }];
    if (!/^\.{0,2}\//.test(source) && source !== '.' && !source.includes('/')) return [];
    const path = joined(text.folder, source);
    return path === undefined ? [] : [{ source: path, isTail: false, target: to }];
  });
}
