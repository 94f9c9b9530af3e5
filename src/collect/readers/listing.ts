import { type Dirent, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Unread } from '#model/coverage.ts';
import { code } from '#model/text.ts';
import type { GitListing } from './git-index.ts';
import { type IgnoreFile, ignoringRule, readIgnoreRules } from './ignore-rules.ts';

/** What stands in a tree, sorted by path. Nothing was opened to know it but folders and ignore files. */
export interface Listing {
  files: string[];
  submodules: string[];
  /** Links to files of the tree, by path: the path of the file. */
  links: Map<string, string>;
  unread: Unread[];
}

/** Folders that hold what tools put there, skipped where no git says what is the project's own. */
const SKIPPED = new Set([
  '.git',
  '.hg',
  '.svn',
  '.jj',
  'node_modules',
  'bower_components',
  'jspm_packages',
  'vendor',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.terraform',
  '.terragrunt-cache',
  '.serverless',
  '.aws-sam',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.turbo',
  '.gradle',
  '.idea',
]);
const MOST_FILES = 1_000_000;

type Stands = 'file' | 'folder' | 'link' | 'other';

function standsAs(entry: Dirent, folder: string): Stands {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isFIFO() || entry.isSocket() || entry.isBlockDevice() || entry.isCharacterDevice())
    return 'other';
  // Some file systems do not tell the type when they list a folder.
  const stat = lstatSync(join(folder, entry.name), { throwIfNoEntry: false });
  return stat?.isFile() ? 'file' : stat?.isDirectory() ? 'folder' : stat?.isSymbolicLink() ? 'link' : 'other';
}

/** Sorts out what is listed; both ways of listing end here. */
class Lister {
  readonly #root: string;
  readonly #files: string[] = [];
  readonly #links: string[] = [];
  readonly #submodules: string[] = [];
  readonly unread: Unread[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** What stands in a folder, by name; undefined, and told once, when it cannot be listed. */
  entries(folder: string): Map<string, Stands> | undefined {
    const place = join(this.#root, folder);
    try {
      const list = readdirSync(place, { withFileTypes: true });
      return new Map(list.map((entry) => [entry.name, standsAs(entry, place)]));
    } catch {
      this.skip(folder || '.', 'dossier illisible', 'folder that cannot be listed', true);
      return undefined;
    }
  }

  add(path: string, stands: Exclude<Stands, 'folder'>): void {
    if (stands === 'file') this.#files.push(path);
    else if (stands === 'link') this.#links.push(path);
    else this.skip(path, 'ni fichier ni dossier', 'neither a file nor a folder');
  }

  addSubmodule(path: string): void {
    this.#submodules.push(path);
    this.skip(path, 'sous-module git, nommé et non lu', 'git submodule, named and not read');
  }

  skip(file: string, fr: string, en: string, asked = false): void {
    this.unread.push({ file, why: { fr, en }, asked });
  }

  finish(): Listing {
    const files = this.#files.sort();
    const known = this.#links.length > 0 ? new Set(files) : new Set<string>();
    const links = new Map<string, string>();
    for (const path of this.#links.sort()) {
      const target = this.#target(path);
      if (target === undefined) this.skip(path, 'lien qui ne mène à rien', 'link that leads nowhere');
      else if (target === 'outside')
        this.skip(path, 'lien qui sort du dossier audité', 'link that leads out of the tree');
      else if (known.has(target)) links.set(path, target);
    }
    return { files, links, submodules: this.#submodules.sort(), unread: this.unread };
  }

  #target(path: string): string | undefined {
    try {
      const target = relative(this.#root, realpathSync.native(join(this.#root, path)));
      return target === '..' || target.startsWith(`..${sep}`) ? 'outside' : target.split(sep).join('/');
    } catch {
      return undefined;
    }
  }
}

/** What git tracks, as far as it stands in the folder; a path below a link is not the tree's. */
export function listFromGit(root: string, tracked: readonly string[]): Listing {
  const lister = new Lister(root);
  const folders = new Map<string, Map<string, Stands> | undefined>();
  const entriesOf = (folder: string): Map<string, Stands> | undefined => {
    if (folders.has(folder)) return folders.get(folder);
    const cut = folder.lastIndexOf('/');
    const stands = folder === '' || entriesOf(folder.slice(0, Math.max(0, cut)))?.get(folder.slice(cut + 1));
    const entries = stands === true || stands === 'folder' ? lister.entries(folder) : undefined;
    folders.set(folder, entries);
    return entries;
  };
  const absent: string[] = [];
  for (const path of new Set(tracked)) {
    const cut = path.lastIndexOf('/');
    const stands = entriesOf(path.slice(0, Math.max(0, cut)))?.get(path.slice(cut + 1));
    if (stands === undefined) absent.push(path);
    else if (stands === 'folder') lister.addSubmodule(path);
    else lister.add(path, stands);
  }
  if (absent.length > 0) {
    const first = code(absent.sort()[0] ?? '');
    const rest = absent.length - 1;
    lister.skip(
      '.',
      `suivi par git mais absent du dossier\u00a0: ${first}${rest > 0 ? ` et ${rest} autre${rest > 1 ? 's' : ''}` : ''}`,
      `tracked by git but not in the folder: ${first}${rest > 0 ? ` and ${rest} more` : ''}`,
    );
  }
  return lister.finish();
}

/** What a folder holds where git does not say: without ignored files and what tools put there. Links are not followed. */
export function listByWalking(root: string, read: (path: string) => string | undefined): Listing {
  const lister = new Lister(root);
  const stack: { folder: string; above: readonly IgnoreFile[] }[] = [{ folder: '', above: [] }];
  let count = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { folder } = next;
    const entries = lister.entries(folder.slice(0, -1));
    if (!entries) continue;
    let { above } = next;
    const file = `${folder}.gitignore`;
    const rules = entries.get('.gitignore') === 'file' ? readIgnoreRules(read(file) ?? '') : undefined;
    if (rules) above = [...above, { file, folder, rules }];
    for (const [name, stands] of entries) {
      if (SKIPPED.has(name)) continue;
      const path = folder + name;
      if (ignoringRule(stands === 'folder' ? `${path}/` : path, above)) continue;
      if (stands === 'folder') stack.push({ folder: `${path}/`, above });
      else lister.add(path, stands);
    }
    count += entries.size;
    if (count > MOST_FILES) {
      lister.skip(
        '.',
        'plus d’un million de fichiers : le reste n’est pas lu',
        'over a million files: the rest is not read',
        true,
      );
      break;
    }
  }
  return lister.finish();
}

/** Why git's list was not used, as a line of coverage. */
export const withoutGit = ({ failure = '' }: GitListing): Unread => ({
  file: '.git/index',
  why: {
    fr: `liste des fichiers suivis illisible (${failure})\u00a0: le dossier a été parcouru à la place`,
    en: `the list of tracked files cannot be read (${failure}): the folder was walked instead`,
  },
  asked: false,
});
