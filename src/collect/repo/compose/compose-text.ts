import { maskSecrets } from '#lib/mask.ts';
import { readYaml, type YamlPath, type YamlSource } from '#lib/yaml-source.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Tree } from '../../readers/tree.ts';
import { parseDotenv } from '../dotenv.ts';
import type { Lookup } from '../interpolation.ts';
import { mapping } from '../untyped.ts';
import { isSecretName } from '../value-class.ts';

/** A compose file that was read, with what resolves the variables in it. */
export interface ComposeText {
  path: string;
  folder: string;
  yaml: YamlSource;
  top: ReadonlyMap<string, unknown>;
  /** The services by their key, and the keys that lead to one. */
  services: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  pathOf(service: string): YamlPath;
  lookup: Lookup;
  at(keys: YamlPath): FileEvidence;
}

/** What Compose accepts; it refuses a file with another. */
const SERVICE_NAME = /^[\w.-]{1,200}$/;

export type ComposeReading = ComposeText | { error: { line: number; message: string } };

/** Reads a compose file; undefined when it is YAML of another kind. */
export function readCompose(path: string, text: string, tree: Tree): ComposeReading | undefined {
  const yaml = readYaml(text, { merge: true });
  if ('error' in yaml) return yaml;
  const top = mapping(yaml.value);
  const isFirstFormat = !top.has('services') && isLegacy(top);
  const services = isFirstFormat ? top : mapping(top.get('services'));
  if (services.size === 0 && !top.has('include')) return undefined;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const lines = text.split('\n');
  const values = committedValues(folder, tree);
  return {
    path,
    folder,
    yaml,
    top,
    services: new Map(
      [...services]
        .filter(([name]) => SERVICE_NAME.test(name))
        .map(([name, service]) => [name, mapping(service)]),
    ),
    pathOf: (service) => (isFirstFormat ? [service] : ['services', service]),
    lookup: (name) => values.get(name),
    at(keys) {
      const line = yaml.lineOf(keys);
      // A service on one line holds its variables' values too.
      const written = (lines[line - 1] ?? '').trim().replace(/\benvironment:.+/, 'environment: …');
      const excerpt = maskSecrets(written.slice(0, 200));
      return { source: 'repo', file: path, line, ...(excerpt !== '' && { excerpt }) };
    },
  };
}

/** The first format of compose files had its services at the top. */
const isLegacy = (top: ReadonlyMap<string, unknown>): boolean =>
  top.size > 0 &&
  [...top.values()].every((service) => {
    const keys = mapping(service);
    return typeof keys.get('image') === 'string' || keys.has('build');
  });

const kept = new WeakMap<Tree, Map<string, ReadonlyMap<string, string>>>();

/** The values of the `.env` that stands beside a compose file and is committed; secrets stay out. */
function committedValues(folder: string, tree: Tree): ReadonlyMap<string, string> {
  let folders = kept.get(tree);
  if (!folders) {
    folders = new Map();
    kept.set(tree, folders);
  }
  const path = folder === '' ? '.env' : `${folder}/.env`;
  let values = folders.get(folder);
  if (!values) {
    const text = tree.paths.has(path) ? tree.read(path) : undefined;
    values = new Map(
      parseDotenv(text?.split('\n') ?? [])
        .filter(({ name, value }) => !isSecretName(name) && value.length <= 300 && !/[$@\n]/.test(value))
        .map(({ name, value }) => [name, value]),
    );
    folders.set(folder, values);
  }
  return values;
}

/**
 * The project that Compose would start: `name:`, else `COMPOSE_PROJECT_NAME` of the committed `.env`, else the
 * folder, in the characters that a project's name may have.
 */
export function projectOf({ top, folder, lookup }: ComposeText, tree: Tree): string {
  const name = top.get('name');
  if (typeof name === 'string' && name !== '' && !name.includes('$')) return name;
  const given = lookup('COMPOSE_PROJECT_NAME');
  const last = folder === '' ? tree.root.split(/[\\/]/).findLast(Boolean) : folder.split('/').at(-1);
  const normalised = (given || last || '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
  return normalised || 'default';
}
