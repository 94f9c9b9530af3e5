import type { Tree } from '../readers/tree.ts';
import { readCompose } from './compose/compose-text.ts';
import { interpolate } from './interpolation.ts';
import { isRetired } from './retired.ts';
import { list, mapping, scalar } from './untyped.ts';

/** Which files of the repository one container finds, and where: what an image copies and what Compose mounts. */
export interface PlacedFiles {
  /** The Dockerfile, or the compose file and its service. */
  owner: string;
  /** The compose file, its project's service. */
  service?: { file: string; name: string };
  isRetired: boolean;
  /** Path in the container → path in the repository. */
  files: ReadonlyMap<string, string>;
}

const DOCKERFILE = /(?:^|[/.])(?:docker|container)file(?:[._-][\w.-]{1,60})?$/i;
const COMPOSE = /(?:compose|stack|swarm)[\w.-]{0,60}\.ya?ml(?:\.[\w-]{1,20})?$/i;
const LARGEST = 500_000;
const MOST_FILES = 400;
const MOST_PLACES = 4_000;

/**
 * What the tree's Dockerfiles (`COPY`, `ADD`) and compose files (bind mounts, `configs`) put where, for paths in containers
 * that `wanted` takes. Dockerfile reference, `COPY`; Compose file reference, “volumes”, “configs”.
 */
export function placedFiles(tree: Tree, wanted: RegExp): readonly PlacedFiles[] {
  const places = kept.get(tree) ?? new Map<string, readonly PlacedFiles[]>();
  kept.set(tree, places);
  const known = places.get(wanted.source) ?? findPlaced(tree, wanted);
  places.set(wanted.source, known);
  return known;
}

/** Several collectors, and several files of one, ask the same of a tree. */
const kept = new WeakMap<Tree, Map<string, readonly PlacedFiles[]>>();

function findPlaced(tree: Tree, wanted: RegExp): PlacedFiles[] {
  const anywhere = new RegExp(wanted.source.replace(/^\^/, ''));
  const dockerfiles = new Map<string, string>();
  const composes: [string, string][] = [];
  for (const { path } of tree.files) {
    const isDockerfile = DOCKERFILE.test(path);
    if (!isDockerfile && !COMPOSE.test(path)) continue;
    if (dockerfiles.size + composes.length >= MOST_FILES) break;
    const text = tree.read(path);
    if (text === undefined || text.length > LARGEST) continue;
    if (isDockerfile) dockerfiles.set(path, text);
    else if (anywhere.test(text) || text.includes('build')) composes.push([path, text]);
  }
  const images = new Map<string, PlacedFiles>();
  const imageOf = (path: string, context: string): PlacedFiles => {
    const key = `${path}\n${context}`;
    const known = images.get(key);
    if (known) return known;
    const files = new Map<string, string>();
    for (const [source, target] of copiesOf(dockerfiles.get(path) ?? ''))
      if (wanted.test(target)) place(files, tree, joined(context, source), target);
    const made = { owner: path, isRetired: isRetired(path), files };
    images.set(key, made);
    return made;
  };
  const built = new Set<string>();
  const services = composes.flatMap(([path, text]): PlacedFiles[] => {
    if (path.startsWith('.github/')) return [];
    const compose = readCompose(path, text, tree);
    if (!compose || 'error' in compose) return [];
    const whole = (value: string) => interpolate(value, compose.lookup).text;
    return [...compose.services].map(([name, service]) => {
      const files = new Map<string, string>();
      const build = service.get('build');
      const context = scalar(build) ?? scalar(mapping(build).get('context'));
      if (context !== undefined) {
        const folder = joined(compose.folder, whole(context));
        const dockerfile = joined(folder, scalar(mapping(build).get('dockerfile')) ?? 'Dockerfile');
        if (dockerfiles.has(dockerfile)) {
          built.add(dockerfile);
          for (const [target, source] of imageOf(dockerfile, folder).files) files.set(target, source);
        }
      }
      for (const [source, target] of [...mountsOf(service), ...configsOf(service, compose.top)]) {
        const to = whole(target);
        if (wanted.test(to) || wanted.test(`${to}/`))
          place(files, tree, joined(compose.folder, whole(source)), to);
      }
      return { owner: `${path} ${name}`, service: { file: path, name }, isRetired: isRetired(path), files };
    });
  });
  for (const path of dockerfiles.keys()) {
    if (built.has(path)) continue;
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    if (imageOf(path, folder).files.size === 0 && folder !== '') imageOf(path, '');
  }
  const alone = [...images.values()].filter(({ owner }) => !built.has(owner));
  return [...services, ...alone].filter(({ files }) => files.size > 0);
}

/** The services of Compose, those in use, that are given one of these files. */
export const givenTo = (
  placed: readonly PlacedFiles[],
  files: readonly string[],
): { file: string; service: string }[] =>
  placed.flatMap(({ service, isRetired: isOut, files: own }) =>
    service && !isOut && files.some((file) => [...own.values()].includes(file))
      ? [{ file: service.file, service: service.name }]
      : [],
  );

/** `COPY a b /target/` and its form with brackets; what comes from another stage or image is none of the tree's files. */
function copiesOf(text: string): [string, string][] {
  const workdirs: string[] = ['/'];
  return text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [, keyword, rest = ''] = /^\s{0,20}(COPY|ADD|WORKDIR)\s+(.{1,2000})$/i.exec(line) ?? [];
      if (keyword === undefined || /--from=/i.test(rest)) return [];
      if (/workdir/i.test(keyword)) {
        workdirs[0] = rest.trim().startsWith('/') ? rest.trim() : `${workdirs[0]}/${rest.trim()}`;
        return [];
      }
      const plain = rest.replace(/^(?:--\S{1,200}\s+){1,6}/, '').trim();
      const words = plain.startsWith('[')
        ? [...plain.matchAll(/"([^"]{1,500})"/g)].map(([, word = '']) => word)
        : plain.split(/\s+/);
      const target = words.pop();
      if (target === undefined || words.length === 0) return [];
      const to = target.startsWith('/') ? target : `${workdirs[0]}/${target}`;
      return words.map((word) => [word, words.length > 1 && !to.endsWith('/') ? `${to}/` : to]);
    });
}

function mountsOf(service: ReadonlyMap<string, unknown>): [string, string][] {
  return list(service.get('volumes')).flatMap((volume): [string, string][] => {
    const short = scalar(volume);
    if (short !== undefined) {
      const [, source, target] = /^([^:]{1,500}):(\/[^:]{0,500})(?::[\w,]{1,40})?$/.exec(short) ?? [];
      return source !== undefined && target !== undefined && /^[.~/$]/.test(source) ? [[source, target]] : [];
    }
    const long = mapping(volume);
    const source = scalar(long.get('source'));
    const target = scalar(long.get('target'));
    return source !== undefined && target !== undefined && long.get('type') === 'bind'
      ? [[source, target]]
      : [];
  });
}

function configsOf(
  service: ReadonlyMap<string, unknown>,
  top: ReadonlyMap<string, unknown>,
): [string, string][] {
  const known = mapping(top.get('configs'));
  return list(service.get('configs')).flatMap((config): [string, string][] => {
    const name = scalar(config) ?? scalar(mapping(config).get('source'));
    const file = name === undefined ? undefined : scalar(mapping(known.get(name)).get('file'));
    const target = scalar(mapping(config).get('target')) ?? (name === undefined ? undefined : `/${name}`);
    return file !== undefined && target !== undefined ? [[file, target]] : [];
  });
}

/** A file at its place, or all that a folder holds below it. */
function place(files: Map<string, string>, tree: Tree, source: string, target: string): void {
  if (source.startsWith('/') || source.startsWith('~')) return;
  const to = target.replace(/\/+$/, '');
  const from = source.replace(/\/+$/, '');
  if (tree.paths.has(from)) {
    const isFolder = target.endsWith('/');
    files.set(isFolder ? `${to}/${from.slice(from.lastIndexOf('/') + 1)}` : to || '/', from);
    return;
  }
  const star = /^(.*?)([^/]*\*[^/]*)$/.exec(from);
  const prefix = star ? (star[1] as string) : from === '' ? '' : `${from}/`;
  const [head = '', tail = ''] = star ? (star[2] as string).split('*') : [];
  let left = MOST_PLACES;
  for (const path of tree.paths) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    if (star && !(rest.startsWith(head) && rest.endsWith(tail) && !rest.includes('/'))) continue;
    files.set(`${to}/${rest}`, path);
    left -= 1;
    if (left === 0) return;
  }
}

/** A path of the repository from a folder; what leads out of it stays absolute. */
function joined(folder: string, path: string): string {
  if (path.startsWith('/') || path.startsWith('~') || path.startsWith('$'))
    return path.startsWith('$') ? `/${path}` : path;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return `/${path}`;
      parts.pop();
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
