import { posix } from 'node:path';
import { LineIndex } from '#lib/line-index.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Tree } from '../../readers/tree.ts';
import { Specifiers } from '../worker-code/specifiers.ts';
import type { Code } from './code.ts';
import { readGo } from './go.ts';
import { readJavaScript } from './javascript.ts';
import { codeLanguage } from './marks.ts';
import { readPython } from './python.ts';

const LARGEST = 400_000;
/** Lines of a bundle are longer than those that people write. */
const LONGEST_LINE = 5_000;

/** What may still be parsed in one audit. */
export class Budget {
  files = 1_500;
  characters = 12_000_000;
}

/** The files of one program, parsed when they are first asked for. */
export class Sources {
  readonly tree: Tree;
  readonly folder: string;
  readonly #budget: Budget;
  readonly #specifiers: Specifiers;
  readonly #codes = new Map<string, Code | undefined>();
  readonly #lines = new Map<string, LineIndex>();
  readonly #packages = new Map<string, readonly string[]>();
  /** Files that were asked for and not parsed, for their size or because it was enough. */
  readonly left = new Set<string>();

  constructor(tree: Tree, folder: string, budget: Budget) {
    this.tree = tree;
    this.folder = folder;
    this.#budget = budget;
    this.#specifiers = new Specifiers(tree);
  }

  get codes(): Code[] {
    return [...this.#codes.values()].filter((code) => code !== undefined);
  }

  /** A file as parsed; undefined where it is none, or is too large. */
  code(path: string): Code | undefined {
    if (this.#codes.has(path)) return this.#codes.get(path);
    const code = this.#read(path);
    this.#codes.set(path, code);
    return code;
  }

  #read(path: string): Code | undefined {
    const language = codeLanguage(path);
    const text = language && this.tree.read(path);
    if (language === undefined || text === undefined) return undefined;
    if (
      text.length > LARGEST ||
      this.#budget.files <= 0 ||
      this.#budget.characters < text.length ||
      isBundle(text)
    ) {
      this.left.add(path);
      return undefined;
    }
    this.#budget.files -= 1;
    this.#budget.characters -= text.length;
    if (language === 'python') return readPython(path, text);
    return language === 'go' ? readGo(path, text) : readJavaScript(path, text);
  }

  at(code: Code, offset: number): FileEvidence {
    const lines = this.#lines.get(code.path) ?? new LineIndex(code.text);
    this.#lines.set(code.path, lines);
    return { source: 'repo', file: code.path, line: lines.of(offset) };
  }

  /** Where an import leads: files of the tree, or the name of a module that is none of it. */
  module(code: Code, module: string): { files: readonly string[] } | { external: string } {
    if (code.language === 'javascript') {
      const target = this.#specifiers.resolve(module, code.path);
      return target.is === 'file' ? { files: [target.file] } : { external: module.replace(/^node:/, '') };
    }
    const files = code.language === 'python' ? this.#python(code.path, module) : this.#go(code.path, module);
    return files.length > 0 ? { files } : { external: module };
  }

  /** `name` of a package of Python may be a file of its own. */
  pythonModule(path: string, module: string): string | undefined {
    return this.#python(path, module)[0];
  }

  #python(path: string, module: string): string[] {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const parts = module.slice(dots).split('.').filter(Boolean);
    let base = posix.dirname(path);
    const roots: string[] = [];
    if (dots > 0) {
      for (let up = 1; up < dots; up += 1) base = posix.dirname(base);
      roots.push(base);
    } else {
      roots.push(this.folder, posix.join(this.folder, 'src'));
      for (let up = 0; up < 12 && base !== '.'; up += 1, base = posix.dirname(base)) roots.push(base);
      roots.push('');
    }
    for (const root of roots) {
      const whole = posix.join(root, ...parts);
      for (const file of [`${whole}.py`, posix.join(whole, '__init__.py')])
        if (this.tree.paths.has(file)) return [file];
    }
    return [];
  }

  #go(path: string, module: string): readonly string[] {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const file = folder === '.' ? 'go.mod' : `${folder}/go.mod`;
      const text = this.tree.paths.has(file) ? this.tree.read(file) : undefined;
      const own = text === undefined ? undefined : /^module\s+(\S{1,300})/m.exec(text)?.[1];
      if (own !== undefined) {
        if (module !== own && !module.startsWith(`${own}/`)) return [];
        return this.goPackage(posix.join(folder === '.' ? '' : folder, module.slice(own.length + 1)));
      }
      if (folder === '.') return [];
    }
  }

  /** The files of a package of Go: those of one folder. */
  goPackage(folder: string): readonly string[] {
    const plain = folder === '.' ? '' : folder;
    if (this.#packages.size === 0)
      for (const { path } of this.tree.files) {
        if (!path.endsWith('.go') || path.endsWith('_test.go')) continue;
        const own = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
        this.#packages.set(own, [...(this.#packages.get(own) ?? []), path]);
      }
    return this.#packages.get(plain) ?? [];
  }
}

const isBundle = (text: string): boolean => {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    if ((end < 0 ? text.length : end) - at > LONGEST_LINE) return true;
    if (end < 0) return false;
    at = end + 1;
  }
  return false;
};
