import type { YamlPath } from '#lib/yaml-source.ts';
import type { Tree } from '../../readers/tree.ts';
import { type Interpolated, interpolate } from '../interpolation.ts';
import { mapping, scalar } from '../untyped.ts';
import { type ComposeText, readCompose } from './compose-text.ts';

const MOST_LAYERS = 8;

/** A service as one file writes it: the service itself first, then what it extends. */
interface Layer {
  text: ComposeText;
  keys: ReadonlyMap<string, unknown>;
  path: YamlPath;
}

/** A value of a service, with the place where it is written. */
export interface Found {
  value: unknown;
  text: ComposeText;
  path: YamlPath;
  /** The line in the service's own file: of the value, or of the `extends` that brings it. */
  line: number;
}

/** A service with what it extends, its own keys first. */
export class Layers {
  readonly #layers: Layer[] = [];
  readonly #own: ComposeText;
  readonly #path: YamlPath;
  readonly line: number;

  /** @param base the file that the first one is merged over */
  constructor(text: ComposeText, service: string, tree: Tree, base?: ComposeText) {
    this.#own = text;
    this.#path = text.pathOf(service);
    this.line = text.yaml.lineOf(this.#path);
    this.#add(text, service, tree);
    if (base) this.#add(base, service, tree);
  }

  #add(text: ComposeText, service: string, tree: Tree): void {
    let next: { text: ComposeText; service: string } | undefined = { text, service };
    while (next && this.#layers.length < MOST_LAYERS) {
      const { text: from, service: name }: { text: ComposeText; service: string } = next;
      const keys = from.services.get(name);
      if (!keys || this.#layers.some((layer) => layer.keys === keys)) break;
      this.#layers.push({ text: from, keys, path: from.pathOf(name) });
      next = extended(from, keys, tree);
    }
  }

  /** The first layer's value counts: for what is not added up. */
  first(key: string): Found | undefined {
    return this.all(key)[0];
  }

  /** Every layer's value, the service's own first: for lists and mappings, which are added up. */
  all(key: string): Found[] {
    const found: Found[] = [];
    for (const layer of this.#layers) {
      const value = layer.keys.get(key);
      const path = [...layer.path, key];
      const tag = layer.keys.has(key) ? layer.text.yaml.tagOf(path) : undefined;
      if (value !== undefined && value !== null && tag !== '!reset')
        found.push({ value, text: layer.text, path, line: this.lineOf(layer.text, path) });
      // both take back what the layers below say
      if (tag === '!reset' || tag === '!override') break;
    }
    return found;
  }

  lineOf(text: ComposeText, path: YamlPath): number {
    const own = this.#own;
    if (text === own) return own.yaml.lineOf(path);
    return own.yaml.lineOf([...this.#path, 'extends']);
  }

  /** The items of a list or the entries of a mapping, over all layers. */
  items(key: string): Found[] {
    return this.all(key).flatMap(({ value, text, path }) => {
      const entries: [string | number, unknown][] = Array.isArray(value)
        ? [...value.entries()]
        : [...mapping(value)];
      return entries.map(([step, item]) => {
        const at = [...path, step];
        return { value: item, text, path: at, line: this.lineOf(text, at) };
      });
    });
  }
}

function extended(from: ComposeText, keys: ReadonlyMap<string, unknown>, tree: Tree) {
  const written = keys.get('extends');
  const service = scalar(written) ?? scalar(mapping(written).get('service'));
  const file = scalar(mapping(written).get('file'));
  if (service === undefined) return undefined;
  if (file === undefined) return { text: from, service };
  const text = otherCompose(from, file, tree);
  return text && { text, service };
}

/** A compose file that another names by a path from its own folder; undefined when the tree has none there. */
export function otherCompose(from: ComposeText, file: string, tree: Tree): ComposeText | undefined {
  const { text: written, status } = interpolate(file, from.lookup);
  const path = status === 'template' ? undefined : joined(from.folder, written);
  if (path === undefined || path === from.path || !tree.paths.has(path)) return undefined;
  const text = tree.read(path);
  const reading = text === undefined ? undefined : readCompose(path, text, tree);
  return reading && !('error' in reading) ? reading : undefined;
}

/** A path from a folder of the tree, `.` and `..` resolved; undefined when it leads out of the tree. */
export function joined(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || path.startsWith('~')) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** A scalar of a compose file with its variables put in. */
export function resolved({ value, text }: Pick<Found, 'value' | 'text'>): Interpolated | undefined {
  const written = scalar(value);
  return written === undefined ? undefined : interpolate(written, text.lookup);
}

const DEFAULT = /\$\{([A-Za-z_]\w{0,127}):?-/g;
const LONGEST_VALUE = 50_000;

/** Whether a default stands in for a variable to which no committed file gives a value: the machine may give one. */
export function usesDefault({ value, text }: Pick<Found, 'value' | 'text'>): boolean {
  const written = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  if (!written.includes('${')) return false;
  const names = written.slice(0, LONGEST_VALUE).matchAll(DEFAULT);
  return [...names].some(([, name = '']) => text.lookup(name) === undefined);
}
