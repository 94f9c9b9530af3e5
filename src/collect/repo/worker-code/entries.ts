import type { Artifacts } from '#model/artifacts.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Tree } from '../../readers/tree.ts';

/** Where a Worker begins, or the functions of a Pages project. */
export interface Entry {
  config?: string;
  entry: string;
  /** The modules to begin with; empty where the entry is none of the tree: it is built, or of a package. */
  modules: readonly string[];
  /** Where the entry is named. */
  at: FileEvidence;
}

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const LEFT_OUT = /(?:^|\/)(?:node_modules|__tests__|test|tests|\.wrangler|dist|coverage)\//;
/** Folders of functions that other platforms deploy. */
const OF_OTHERS = /(?:^|\/)(?:supabase|netlify|firebase|azure|amplify|\.netlify)\/functions\//;
const FUNCTIONS = /^(?:.*\/)?functions\//;
/** https://developers.cloudflare.com/pages/functions/api-reference/ */
const PAGES_HANDLER = /\bexport\b[^;]{0,200}\bonRequest(?:Get|Post|Put|Patch|Delete|Head|Options)?\b/;
const PAGES_WORKER = /(?:^|\/)_worker\.js$|(?:^|\/)_worker\.js\/index\.[jt]s$/;
const MOST_FUNCTIONS = 400;

/** Where the code of Workers begins: by the configurations of Wrangler, and by what Pages deploys without any. */
export function workerEntries(tree: Tree, { wranglerConfigs }: Pick<Artifacts, 'wranglerConfigs'>): Entry[] {
  const known = new Set<string>();
  const found = wranglerConfigs.flatMap(({ main, file }): Entry[] => {
    if (!main || known.has(main.path)) return [];
    known.add(main.path);
    const isThere = tree.paths.has(main.path) && CODE.test(main.path);
    return [
      { config: file, entry: main.path, modules: isThere ? [main.path] : [], at: placeAt(file, main.line) },
    ];
  });
  const pages = pagesEntries(tree).filter(({ entry }) => !known.has(entry));
  return [...found, ...pages.map((entry) => configured(entry, wranglerConfigs))];
}

/** The configuration beside what Pages deploys, or above it. */
function configured(entry: Entry, configs: Artifacts['wranglerConfigs']): Entry {
  const folder = (file: string) => file.slice(0, file.lastIndexOf('/') + 1);
  const [config] = configs
    .filter(({ file, main }) => !main && entry.entry.startsWith(folder(file)))
    .sort((a, b) => folder(b.file).length - folder(a.file).length);
  return config ? { ...entry, config: config.file } : entry;
}

const placeAt = (file: string, line: number): FileEvidence => ({ source: 'repo', file, line });

/** `_worker.js`, and folders of functions in which a handler of Pages is exported. */
function pagesEntries(tree: Tree): Entry[] {
  const folders = new Map<string, string[]>();
  const workers: Entry[] = [];
  const entry = (path: string, modules: readonly string[]): Entry => ({
    entry: path,
    modules,
    at: placeAt(modules[0] ?? path, 1),
  });
  for (const { path } of tree.files) {
    if (LEFT_OUT.test(path) || !CODE.test(path)) continue;
    if (PAGES_WORKER.test(path)) workers.push(entry(path, [path]));
    const folder = FUNCTIONS.exec(path)?.[0]?.replace(/\/$/, '');
    if (folder === undefined || OF_OTHERS.test(path) || /\.(?:test|spec|d)\.[jt]sx?$/.test(path)) continue;
    const files = folders.get(folder) ?? [];
    if (files.length < MOST_FUNCTIONS && PAGES_HANDLER.test(tree.read(path)?.slice(0, 200_000) ?? ''))
      folders.set(folder, [...files, path]);
  }
  return [...workers, ...[...folders].map(([folder, files]) => entry(folder, files))];
}

/** Whether a tree may hold the code of a Worker at all: decided by paths, before the parser is loaded. */
export const mayHaveWorkers = (
  { files }: Pick<Tree, 'files'>,
  { wranglerConfigs }: Pick<Artifacts, 'wranglerConfigs'>,
): boolean =>
  wranglerConfigs.length > 0 ||
  files.some(({ path }) => PAGES_WORKER.test(path) || (FUNCTIONS.test(path) && CODE.test(path)));
