import ignore, { type Ignore } from 'ignore';
import type { Document } from '#model/artifacts.ts';
import type { Tree } from '../readers/tree.ts';
import { sortOf } from './mood.ts';
import { isPlaceholder } from './names.ts';
import type { Page, Section, Span } from './page.ts';

type Named = Document['paths'][number];

const CODE_PATH = /^(?:\.{1,2}\/)*[\w.@-][\w.@+-]*(?:\/[\w.@+-]+)*\/?$/;
const FILE =
  /\.(?:py|[cm]?[jt]sx?|go|rs|java|kts?|rb|php|cs|swift|dart|vue|svelte|sh|bash|ps1|ya?ml|jsonc?|toml|tf|hcl|mdx?|html?|s?css|sql|proto|prisma|graphql|ipynb|conf|gradle|properties|xml|ini|rst|adoc|txt)$|(?:^|\/)(?:Dockerfile|Makefile|Procfile|Caddyfile|Jenkinsfile|Vagrantfile)(?:\.[\w-]+)?$/i;
/** Folders that a repository has had, even when the last file in them is gone. */
const TOP_FOLDERS = new Set(['src', 'scripts', 'docs', '.github', 'tests']);
/** Made by a build, or kept out of the repository on purpose. */
const GENERATED =
  /(?:^|\/)(?:node_modules|dist|build|out|target|coverage|vendor|venv|\.venv|env|__pycache__|\.next|\.nuxt|\.cache|\.terraform|\.wrangler|\.git|\.aws|\.ssh|\.kube|tmp|temp|logs?|data|output|outputs|public\/build|site-packages|bin|obj|generated|\.idea|\.vscode)(?:\/|$)|(?:^|\/)\.env(?:\.|$)|\.(?:log|db|sqlite3?|pem|key|crt|tfstate|tfvars|zip|gz|tgz|pyc|lock)$/;
const LOCAL = /(?:^|[-_./])local(?:[-_./]|$)|settings\.local|\.override\./;
const EXTERNAL = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|mailto:|\?|~|\\)/i;
const LOCATION = /(?:::[\w:[\]-]+|:\d+(?:[-:]\d+)?|#L?\d*.*)$/;
const MOST = 2_000;

/** What is looked up in a tree, each part made when first asked for. */
class Index {
  readonly #tree: Tree;
  #folders: Set<string> | undefined;
  #byBase: Map<string, string[]> | undefined;
  #ignored: Ignore | undefined;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  get folders(): ReadonlySet<string> {
    if (this.#folders) return this.#folders;
    const folders = new Set<string>();
    for (const path of this.#tree.paths)
      for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
        const folder = path.slice(0, cut);
        if (folders.has(folder)) break;
        folders.add(folder);
      }
    this.#folders = folders;
    return folders;
  }

  /** Every path and folder, by its last part. */
  get byBase(): ReadonlyMap<string, readonly string[]> {
    if (this.#byBase) return this.#byBase;
    const byBase = new Map<string, string[]>();
    const add = (path: string) => {
      const base = path.slice(path.lastIndexOf('/') + 1);
      const list = byBase.get(base);
      if (list) list.push(path);
      else byBase.set(base, [path]);
    };
    for (const path of this.#tree.paths) add(path);
    for (const folder of this.folders) add(folder);
    this.#byBase = byBase;
    return byBase;
  }

  get ignored(): Ignore {
    const { paths } = this.#tree;
    this.#ignored ??= ignore().add(paths.has('.gitignore') ? (this.#tree.read('.gitignore') ?? '') : '');
    return this.#ignored;
  }
}

const indexes = new WeakMap<Tree, Index>();

function indexOf(tree: Tree): Index {
  const known = indexes.get(tree);
  if (known) return known;
  const index = new Index(tree);
  indexes.set(tree, index);
  return index;
}

/** Whether a file or folder of the repository has this path, or one that ends with it. */
export function isRepositoryPath(path: string, tree: Tree): boolean {
  const { byBase } = indexOf(tree);
  const wanted = path.replace(/^(?:\.\/)+|\/+$/g, '');
  const base = wanted.slice(wanted.lastIndexOf('/') + 1);
  return byBase.get(base)?.some((known) => known === wanted || known.endsWith(`/${wanted}`)) ?? false;
}

/** Whether a folder anywhere in the repository has this name: the code of the service that a page speaks of. */
export function isFolderName(name: string, tree: Tree): boolean {
  const { byBase, folders } = indexOf(tree);
  return byBase.get(name)?.some((path) => folders.has(path)) ?? false;
}

/** Whether a file or folder of this name stands beside a page: `etl` in `jobs/README.md` is then `jobs/etl`. */
export function isBeside(name: string, page: string, tree: Tree): boolean {
  const beside = page.slice(0, page.lastIndexOf('/') + 1) + name;
  return tree.paths.has(beside) || indexOf(tree).folders.has(beside);
}

/**
 * The paths of the repository that a page names as being there: relative links, and code that can only be a path.
 * A path that nothing has is given only where it must be one of this repository: what a build makes, what
 * `.gitignore` names, what belongs to another project or is only proposed is left out.
 */
export function pathsOf(page: Page, file: string, tree: Tree): Named[] {
  const found = new Map<string, Named>();
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  const add = (named: Named | undefined) => {
    if (named && found.size < MOST && !found.has(`${named.line} ${named.path}`))
      found.set(`${named.line} ${named.path}`, named);
  };
  const read = (spans: readonly Span[], line: number, place: { section?: Section }, sentence: string) => {
    for (const span of spans) {
      if (span.struck) continue;
      if (span.href !== undefined) add(link(span.href, line, folder, tree));
      else if (span.style === 'code' && span.text.includes('/'))
        add(code(span.text, line, folder, tree, () => sortOf(sentence, place) === 'declared'));
    }
  };
  for (const block of page.blocks) {
    if (block.type === 'text')
      for (const { line, spans, text } of block.lines) read(spans, line, block, text);
    if (block.type === 'table')
      for (const row of block.rows)
        for (const { spans } of row.cells.flatMap((cell) => cell.lines))
          read(spans, row.line, block, row.cells.map((cell) => cell.text).join(' '));
  }
  return [...found.values()].sort((a, b) => a.line - b.line || (a.path < b.path ? -1 : 1));
}

function link(href: string, line: number, folder: string, tree: Tree): Named | undefined {
  if (href === '' || EXTERNAL.test(href)) return undefined;
  let target = href.split(/[?#]/)[0] ?? '';
  try {
    target = decodeURIComponent(target);
  } catch {
    return undefined;
  }
  if (target === '' || isPlaceholder(target)) return undefined;
  const path = target.startsWith('/') ? normal(target.slice(1)) : normal(`${folder}/${target}`);
  if (path === undefined || path === '') return undefined;
  const { folders } = indexOf(tree);
  const isThere = (form: string) => tree.paths.has(form) || folders.has(form);
  const there = isThere(path)
    ? path
    : [path.replace(/\.html?$/, '.md'), `${path}.md`, `${path}.mdx`].find(isThere);
  if (there !== undefined) return { path: there, line, exists: true, kind: 'link' };
  // Sites resolve absolute links and links without an ending in their own way
  if (target.startsWith('/') || !FILE.test(path) || isLeftOut(path, tree)) return undefined;
  return { path, line, exists: false, kind: 'link' };
}

function code(
  text: string,
  line: number,
  folder: string,
  tree: Tree,
  isDeclared: () => boolean,
): Named | undefined {
  const written = text.trim().replace(LOCATION, '');
  if (!CODE_PATH.test(written) || written.length > 300) return undefined;
  const bare = written.replace(/^(?:\.\/)+|\/$/g, '');
  const { folders, byBase } = indexOf(tree);
  const candidates = [bare, `${folder}/${bare}`].map(normal).filter((path) => path !== undefined);
  const there = candidates.find((path) => tree.paths.has(path) || folders.has(path));
  if (there !== undefined) return { path: there, line, exists: true, kind: 'code' };
  const [first = ''] = bare.split('/');
  if (
    !FILE.test(bare) ||
    first === '..' ||
    isPlaceholder(bare) ||
    /^@|\.(?:com|io|org|net|dev|app)$/.test(first)
  )
    return undefined;
  const suffix = byBase.get(bare.slice(bare.lastIndexOf('/') + 1))?.find((path) => path.endsWith(`/${bare}`));
  if (suffix !== undefined) return { path: suffix, line, exists: true, kind: 'code' };
  const head = bare.split('/').slice(0, -1).slice(0, 2).join('/');
  const isOurs =
    TOP_FOLDERS.has(first) ||
    [head, `${folder}/${head}`].some((path) => folders.has(path)) ||
    (head.includes('/') && isRepositoryPath(head, tree));
  if (!isOurs || isLeftOut(bare, tree) || !isDeclared()) return undefined;
  return { path: bare, line, exists: false, kind: 'code' };
}

function isLeftOut(path: string, tree: Tree): boolean {
  if (GENERATED.test(path) || LOCAL.test(path)) return true;
  if (tree.submodules.some((submodule) => path === submodule || path.startsWith(`${submodule}/`)))
    return true;
  return ignore.isPathValid(path) && indexOf(tree).ignored.ignores(path);
}

/** A path without `.` and `..`; undefined when it leaves the repository. */
function normal(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
