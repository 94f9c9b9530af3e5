import path from 'node:path';
import type { Tree } from '../readers/tree.ts';
import { LIMITS } from './limits.ts';
import { markScriptFile } from './mark.ts';
import { type Guard, inspect, type Script } from './script.ts';
import type { Symbols } from './symbols.ts';

/** Where the repository lies on the simulated runner. */
export const ROOT = '/home/runner/work/repository/repository';

interface Entry {
  name: string;
  /** The path in the tree; undefined for a folder. */
  file?: string;
}

const SHELL_NAME = /\.(sh|bash)$/;
const SHELL_LINE = /^#!.{0,80}\b(ba|da|z|k)?sh\b/;
const INTERPRETER_LINE = /^#!\s?\S{0,60}?(?:env (?:-S )?)?\b(python[\d.]*|node|ruby|perl|pwsh|deno|bun)\b/;

/** The audited tree as the rehearsal sees it: its files by number (for marks), its scripts parsed and marked once. */
export class Repository {
  readonly tree: Tree;
  readonly symbols: Symbols;
  /**
   * Marks of commands whose failure does not end their script: an answer in a condition, before `||` or after `!`, or
   * passed over where there is no errexit.
   */
  readonly guarded = new Map<string, Guard>();
  private readonly numbers = new Map<string, number>();
  private readonly numbered: string[] = [];
  private readonly scripts = new Map<string, Script | undefined>();
  private readonly contents = new Map<string, string>();
  private folders: Map<string, Entry[]> | undefined;
  private executables: Set<string> | undefined;

  constructor(tree: Tree, symbols: Symbols) {
    this.tree = tree;
    this.symbols = symbols;
  }

  /** The text of a file of the tree; undefined for any path that is none. */
  text(file: string): string | undefined {
    return this.tree.paths.has(file) ? this.tree.read(file) : undefined;
  }

  /** The path in the tree of a path relative to a folder; undefined when it leads out of the tree. */
  within(folder: string, relative: string): string | undefined {
    const joined = path.posix.normalize(path.posix.join(folder, relative)).replace(/\/$/, '');
    return joined === '..' || joined.startsWith('../') || joined.startsWith('/') ? undefined : joined;
  }

  /** What a folder of the tree holds; undefined when it is none. */
  entries(folder: string): readonly Entry[] | undefined {
    this.folders ??= foldersOf(this.tree);
    return this.folders.get(folder);
  }

  /** Whether a file can be started by its name. Git loses this bit often enough to trust the endings too. */
  runs(file: string): boolean {
    this.executables ??= new Set(this.tree.files.filter((f) => f.executable).map((f) => f.path));
    return SHELL_NAME.test(file) || this.executables.has(file);
  }

  /** A number that stands for the file in marks. */
  number(file: string): number {
    let number = this.numbers.get(file);
    if (number === undefined) {
      number = this.numbered.push(file) - 1;
      this.numbers.set(file, number);
    }
    return number;
  }

  fileOf(number: number): string | undefined {
    return this.numbered[number];
  }

  /** The shell script that a file holds; undefined when it holds none. */
  script(file: string): Script | undefined {
    if (!this.scripts.has(file)) {
      const text = this.text(file);
      const first = text?.slice(0, 120) ?? '';
      const shell = first.startsWith('#!') ? SHELL_LINE.test(first) : SHELL_NAME.test(file);
      const fits = text !== undefined && text.length <= LIMITS.scriptLength;
      this.scripts.set(file, shell && fits ? inspect(text) : undefined);
    }
    return this.scripts.get(file);
  }

  /** A file as the simulated machine reads it: shell scripts are marked, other scripts hand themselves to their interpreter. */
  content(file: string): string {
    let content = this.contents.get(file);
    if (content === undefined) {
      const script = this.script(file);
      content = script
        ? markScriptFile(script, this.number(file), this.symbols, {
            path: `${ROOT}/${file}`,
            guarded: this.guarded,
          })
        : this.plain(file);
      this.contents.set(file, content);
    }
    return content;
  }

  private plain(file: string): string {
    const text = this.text(file) ?? '';
    const interpreter = text.startsWith('#!') && this.runs(file) && INTERPRETER_LINE.exec(text.slice(0, 120));
    return interpreter ? `${interpreter[1]} "$0" "$@"\n` : text;
  }
}

function foldersOf(tree: Tree): Map<string, Entry[]> {
  const folders = new Map<string, Entry[]>([['', []]]);
  const enter = (folder: string): Entry[] => {
    let entries = folders.get(folder);
    if (!entries) {
      entries = [];
      folders.set(folder, entries);
      enter(folder.slice(0, Math.max(0, folder.lastIndexOf('/')))).push({
        name: folder.slice(folder.lastIndexOf('/') + 1),
      });
    }
    return entries;
  };
  for (const { path: file } of tree.files) {
    const cut = file.lastIndexOf('/');
    enter(cut < 0 ? '' : file.slice(0, cut)).push({ name: file.slice(cut + 1), file });
  }
  return folders;
}
