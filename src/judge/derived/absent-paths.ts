import type { Document } from '#model/artifacts.ts';

export type AbsentPath = Document['paths'][number];

/** A decision, a specification or a plan names what was, or what shall be: only its links claim that a file is there. */
const PLANS =
  /(^|[^a-z])(adrs?|decisions?|rfcs?|specs?|specifications?|proposals?|plans?|planning|roadmap|backlog|todo|design|ideas?|brainstorm(ing)?|changelog|migrations?|prompts?)([^a-z]|$)/i;
/** A page that was put away, or that bears its day in its name, tells of what was there then. */
const PAST =
  /(^|\/)(archives?|archived|deprecated|obsolete|old|legacy|history|historique|done|closed|superseded)\/|(^|\/)\d{4}-\d{2}-\d{2}[^/]*$/i;
/** Files with secrets in them, that are kept out of every repository. */
const KEPT_OUT = /secret|credential|^\.env|password/i;

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The paths that a page claims to be there and that are not: none for a page that tells of the past. */
export function absentPaths({ file, report, paths }: Document, files: ReadonlySet<string>): AbsentPath[] {
  const absent = paths.filter(({ exists }) => !exists);
  if (absent.length === 0 || report || PAST.test(file)) return [];
  const { pages, folders } = indexOf(files);
  const own = folderOf(file);
  // instructions for agents are read from the root, wherever they stand
  const isFromRoot = (path: string) =>
    own !== '' && path.startsWith(own) && files.has(path.slice(own.length));
  // in code, a path whose folder is nowhere is relative to another place, or an example
  const isClaimed = (path: string) => {
    const folder = folderOf(path);
    return folder === '' || folders.has(folder) || folders.has(`${own}${folder}`);
  };
  const plans = PLANS.test(file);
  return absent.filter(
    ({ path, kind }) =>
      !pages.has(lastPart(path)) &&
      !isFromRoot(path) &&
      (kind === 'link' || (!plans && !KEPT_OUT.test(lastPart(path)) && isClaimed(path))),
  );
}

interface Index {
  /** The pages of a site whose plugins find one by its name alone (MkDocs); none elsewhere. */
  pages: ReadonlySet<string>;
  /** Every folder that holds a file, with a slash at the end. */
  folders: ReadonlySet<string>;
}

const known = new WeakMap<ReadonlySet<string>, Index>();

/** Looked for once per estate. */
function indexOf(files: ReadonlySet<string>): Index {
  const found = known.get(files);
  if (found) return found;
  const pages = new Set<string>();
  const folders = new Set<string>();
  const isSite = files.values().some((file) => /(^|\/)mkdocs\.ya?ml$/.test(file));
  for (const file of files) {
    if (isSite && file.endsWith('.md')) pages.add(lastPart(file));
    for (let folder = folderOf(file); folder && !folders.has(folder); folder = folderOf(folder.slice(0, -1)))
      folders.add(folder);
  }
  const index = { pages, folders };
  known.set(files, index);
  return index;
}
