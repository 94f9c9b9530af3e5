import { excerpt } from '#lib/excerpt.ts';
import type { YamlPlaces } from '#lib/yaml-source.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Tree } from '../../readers/tree.ts';
import type { Located } from '../cloudformation/located.ts';

/** A place is one number: that of its file, and its line there. */
const FILES_APART = 10_000_000;

/** Where everything in a service stands, of which files of the tree may hold parts. */
export class Places {
  readonly lines: YamlPlaces = new WeakMap();
  /** Objects some of whose texts were written with variables, with the keys of these. */
  readonly #computed = new WeakMap<object, Set<string>>();
  readonly #files: { path: string; text: string }[] = [];

  /** Takes the places of a file over; the first one is the service's own. */
  add(path: string, text: string, { value, places }: Located): unknown {
    const file = this.#files.push({ path, text }) - 1;
    const seen = new Set<object>();
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null || seen.has(node)) return;
      seen.add(node);
      const own = places.get(node) ?? new Map<string | number, number>();
      this.lines.set(node, new Map([...own].map(([key, line]) => [key, file * FILES_APART + line])));
      for (const inner of Object.values(node)) visit(inner);
    };
    visit(value);
    return value;
  }

  /** A copy stands where the original stood; texts that differ were computed. */
  copied(original: object, copy: object): void {
    const lines = this.lines.get(original);
    if (lines) this.lines.set(copy, lines);
    const computed = new Set(this.#computed.get(original) ?? []);
    const before = new Map<string, unknown>(Object.entries(original));
    for (const [key, value] of Object.entries(copy))
      if (typeof value !== 'object' && value !== before.get(key)) computed.add(key);
    if (computed.size > 0) this.#computed.set(copy, computed);
  }

  /** One object with the keys of several, the last ones first; each key stands where it was written. */
  merged(...objects: readonly unknown[]): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    const lines = new Map<string | number, number>();
    const computed = new Set<string>();
    for (const object of objects) {
      if (typeof object !== 'object' || object === null || Array.isArray(object)) continue;
      for (const [key, value] of Object.entries(object)) {
        entries.set(key, value);
        const line = this.lines.get(object)?.get(key);
        if (line !== undefined) lines.set(key, line);
        if (this.isComputed(object, key)) computed.add(key);
        else computed.delete(key);
      }
    }
    const object = Object.fromEntries(entries);
    this.lines.set(object, lines);
    this.#computed.set(object, computed);
    return object;
  }

  isComputed(holder: unknown, key: string): boolean {
    return typeof holder === 'object' && holder !== null && this.#computed.get(holder)?.has(key) === true;
  }

  lineOf(holder: unknown, key: string | number, otherwise: number): number {
    return (
      (typeof holder === 'object' && holder !== null ? this.lines.get(holder)?.get(key) : undefined) ??
      otherwise
    );
  }

  /** Evidence in one of the other files; undefined where the place is in the service's own. */
  elsewhere(place: number): FileEvidence | undefined {
    const index = Math.floor(place / FILES_APART);
    const file = this.#files[index];
    if (index === 0 || !file) return undefined;
    const line = place % FILES_APART;
    const shown = excerpt(file.text.split('\n', line)[line - 1] ?? '').trim();
    return { source: 'repo', file: file.path, line, ...(shown !== '' && { excerpt: shown }) };
  }
}

/** Whether a file of the tree is there, by a path that the service writes. */
export const inTree = (path: string, tree: Tree): boolean => !path.startsWith('..') && tree.paths.has(path);
