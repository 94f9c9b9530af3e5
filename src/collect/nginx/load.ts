import { type Broken, type Directive, parseNginx } from './tokens.ts';

/** What the files of one configuration are, and where an `include` leads. */
export interface NginxFiles {
  /** The text of a file, marks of templates already taken out; undefined where it cannot be read. */
  text(file: string): string | undefined;
  /**
   * The files that `include pattern` reads, in their order. `packaged`: files that come with nginx and say nothing of
   * where requests go. `unknown`: nobody can tell from here.
   */
  included(pattern: string): readonly string[] | 'packaged' | 'unknown';
}

/** A configuration with its includes put in. */
export interface LoadedNginx {
  directives: Directive[];
  /** The main file first, then as they were met. */
  files: string[];
  blind: { what: string; at: Directive }[];
  broken: (Broken & { file: string })[];
}

const MOST_FILES = 500;
const DEEPEST = 12;
const MOST_DIRECTIVES = 150_000;

/** Reads the main files and puts in what they include. nginx documentation, “Core functionality”, `include`. */
export function loadNginx(mains: readonly string[], files: NginxFiles): LoadedNginx {
  const loaded: LoadedNginx = { directives: [], files: [], blind: [], broken: [] };
  const parsed = new Map<string, Directive[]>();
  let left = MOST_DIRECTIVES;

  const read = (file: string): Directive[] | undefined => {
    const before = parsed.get(file);
    if (before) return before;
    if (parsed.size >= MOST_FILES) return undefined;
    const text = files.text(file);
    if (text === undefined) return undefined;
    const { directives, broken } = parseNginx(text, file);
    if (broken) loaded.broken.push({ ...broken, file });
    // nginx takes nothing of a file that is not balanced
    const taken = broken ? [] : directives;
    parsed.set(file, taken);
    loaded.files.push(file);
    return taken;
  };

  const expand = (directives: readonly Directive[], open: readonly string[]): Directive[] =>
    directives.flatMap((directive): Directive[] => {
      left -= 1;
      if (left < 0) return [];
      if (directive.name !== 'include') {
        return [directive.block ? { ...directive, block: expand(directive.block, open) } : directive];
      }
      const pattern = directive.args[0] ?? '';
      const found = files.included(pattern);
      const what = `include ${pattern}`;
      if (found === 'packaged') return [];
      if (found === 'unknown' || open.length >= DEEPEST) {
        loaded.blind.push({ what, at: directive });
        return [];
      }
      return found.flatMap((file) => {
        const own = open.includes(file) ? undefined : read(file);
        if (!own || loaded.broken.some((one) => one.file === file)) {
          loaded.blind.push({ what, at: directive });
          return [];
        }
        return expand(own, [...open, file]);
      });
    });

  for (const main of mains) {
    const own = read(main);
    if (own) loaded.directives.push(...expand(own, [main]));
  }
  const [first] = loaded.directives;
  if (left < 0 && first) loaded.blind.push({ what: 'include', at: first });
  return loaded;
}
