import type { Tree } from '../../readers/tree.ts';
import { firstLook } from '../first-look.ts';
import { isRetired } from '../retired.ts';
import { codeLanguage, type Marks } from './marks.ts';

/** A folder with a manifest, or the root, and the files of it that run. */
export interface Program {
  folder: string;
  files: readonly SourceFile[];
  /** Programs of other languages that stand in it: what they read is not seen. */
  others: readonly string[];
  /** Files that were not looked at: there are too many. */
  left: readonly string[];
}

export interface SourceFile {
  path: string;
  marks: Marks;
}

const MANIFEST =
  /(?:^|\/)(?:pyproject\.toml|requirements\.txt|setup\.py|setup\.cfg|Pipfile|package\.json|go\.mod|manage\.py)$/;
/** Code that others wrote, that a tool made, or that shows how a thing is used. */
const NOT_OWN =
  /(?:^|\/)(?:node_modules|vendor|third[_-]?party|\.?venv|site-packages|dist|build|out|\.next|\.nuxt|\.output|\.svelte-kit|coverage|target|__pycache__|\.yarn|bower_components|storybook-static|changesets?|examples?|samples?|demos?|docs?|documentation|tutorials?|cookbooks?|notebooks|templates?|boilerplates?|snippets|benchmarks?|evals?|generated|__generated__)\//i;
const TEST_FOLDER =
  /(?:^|\/)(?:tests?|__tests__|testing|spec|specs|e2e|cypress|playwright|fixtures?|__fixtures__|testdata|__mocks__|mocks?)\//i;
const TEST_FILE =
  /(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test)\.py$|\.(?:test|spec|e2e|stories|cy|mock)\.[cm]?[jt]sx?$|_test\.go$/i;
const GENERATED =
  /\.min\.[cm]?js$|\.bundle\.[cm]?js$|[.-]generated\.\w+$|_pb2(?:_grpc)?\.py$|\.pb\.go$|\.d\.[cm]?ts$|\.gen\.(?:go|ts)$/;
/** Code of languages that are not read. */
export const OTHER_LANGUAGE =
  /\.(?:php|rb|java|kt|kts|rs|cs|fs|ex|exs|scala|clj|cljs|swift|dart|pl|lua|cpp|cc|erl|hs|jl|r|vb|cr|nim|zig)$/i;

/** Whether a file is code that runs: no copy, no test, nothing that others wrote or a tool made. */
export const isRunningCode = (path: string): boolean =>
  !NOT_OWN.test(path) && !TEST_FOLDER.test(path) && isRunningFile(path) && !isRetired(path);

const isRunningFile = (path: string): boolean => !TEST_FILE.test(path) && !GENERATED.test(path);

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Files of code that are looked at in one audit: where there are more, small programs come first. */
const MOST_FILES = 3_000;
/** Where programs say how they are set up, and of those that are too large the files that are looked at. */
const TELLING =
  /(?:^|\/)(?:[\w.-]*(?:config|setting|env|constant|cors|auth|security)[\w.-]*|main|app|application|server|index|manage|wsgi|asgi|run|__init__)\.\w+$/i;
const MOST_TELLING = 150;

/** The programs of a tree that may read settings, serve requests or start commands: by the names of files and one look at each. */
export function programsOf(tree: Tree): Program[] {
  const manifests = new Set<string>();
  for (const { path } of tree.files)
    if (MANIFEST.test(path) && !NOT_OWN.test(path) && !TEST_FOLDER.test(path) && !isRetired(path))
      manifests.add(folderOf(path));
  // what folders tell is asked once for all files in them
  const folders = new Map<string, string | undefined>();
  const programOf = (path: string): string | undefined => {
    const own = folderOf(path);
    if (!folders.has(own))
      folders.set(own, isRunningCode(`${own}/x.py`) ? nearest(path, manifests) : undefined);
    return folders.get(own);
  };
  const programs = new Map<string, { paths: string[]; others: string[] }>();
  for (const { path } of tree.files) {
    const isCode = codeLanguage(path) !== undefined;
    if ((!isCode && !OTHER_LANGUAGE.test(path)) || !isRunningFile(path)) continue;
    const folder = programOf(path);
    if (folder === undefined || isRetired(path)) continue;
    const program = programs.get(folder) ?? { paths: [], others: [] };
    programs.set(folder, program);
    (isCode ? program.paths : program.others).push(path);
  }
  let budget = MOST_FILES;
  return [...programs]
    .sort(([a, { paths: ofA }], [b, { paths: ofB }]) => ofA.length - ofB.length || (a < b ? -1 : 1))
    .map(([folder, { paths, others }]): Program => {
      const isWhole = paths.length <= budget;
      const looked = isWhole
        ? paths
        : paths.filter((path) => TELLING.test(path)).slice(0, Math.min(MOST_TELLING, budget));
      budget -= looked.length;
      const taken = new Set(looked);
      return {
        folder,
        files: looked.map((path) => ({ path, marks: firstLook(tree, path)?.marks ?? 0 })),
        others,
        left: isWhole ? [] : paths.filter((path) => !taken.has(path)),
      };
    })
    .filter(({ files }) => files.some(({ marks }) => marks !== 0))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The nearest folder above a file that has a manifest; the root where none has. */
export function nearest(path: string, manifests: ReadonlySet<string>): string {
  for (let folder = path; folder !== ''; ) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    if (manifests.has(folder)) return folder;
  }
  return '';
}
