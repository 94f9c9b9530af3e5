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
}

export interface SourceFile {
  path: string;
  marks: Marks;
}

const MANIFEST = /(?:^|\/)(?:pyproject\.toml|requirements\.txt|setup\.py|setup\.cfg|Pipfile|package\.json|go\.mod|manage\.py)$/;
/** Code that others wrote, that a tool made, or that shows how a thing is used. */
const NOT_OWN =
  /(?:^|\/)(?:node_modules|vendor|third[_-]?party|\.?venv|site-packages|dist|build|out|\.next|\.nuxt|\.output|\.svelte-kit|coverage|target|__pycache__|\.yarn|bower_components|storybook-static|changesets?|examples?|samples?|demos?|docs?|documentation|tutorials?|cookbooks?|notebooks|templates?|boilerplates?|snippets|benchmarks?|evals?|generated|__generated__)\//i;
const TEST =
  /(?:^|\/)(?:tests?|__tests__|testing|spec|specs|e2e|cypress|playwright|fixtures?|__fixtures__|testdata|__mocks__|mocks?)\/|(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test)\.py$|\.(?:test|spec|e2e|stories|cy|mock)\.[cm]?[jt]sx?$|_test\.go$/i;
const GENERATED = /\.min\.[cm]?js$|\.bundle\.[cm]?js$|[.-]generated\.\w+$|_pb2(?:_grpc)?\.py$|\.pb\.go$|\.d\.[cm]?ts$|\.gen\.(?:go|ts)$/;
const OTHER_LANGUAGE = /\.(?:php|rb|java|kt|kts|rs|cs|fs|ex|exs|scala|clj|cljs|swift|dart|pl|lua|cpp|cc|erl|hs|jl|r|vb|cr|nim|zig)$/i;

/** Whether a file is code that runs: no copy, no test, nothing that others wrote or a tool made. */
export const isRunningCode = (path: string): boolean =>
  !NOT_OWN.test(path) && !TEST.test(path) && !GENERATED.test(path) && !isRetired(path);

/** Whether a file may read settings, by its name and one look at its text, which all files get once. */
export function programsOf(tree: Tree): Program[] {
  const manifests = new Set<string>();
  for (const { path } of tree.files)
    if (MANIFEST.test(path) && !NOT_OWN.test(path) && !TEST.test(path) && !isRetired(path))
      manifests.add(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  const programs = new Map<string, { files: SourceFile[]; others: string[] }>();
  for (const { path } of tree.files) {
    const language = codeLanguage(path);
    const isOther = language === undefined && OTHER_LANGUAGE.test(path);
    if ((!language && !isOther) || !isRunningCode(path)) continue;
    const folder = nearest(path, manifests);
    const program = programs.get(folder) ?? { files: [], others: [] };
    programs.set(folder, program);
    if (isOther) program.others.push(path);
    else program.files.push({ path, marks: firstLook(tree, path)?.marks ?? 0 });
  }
  return [...programs]
    .filter(([, { files }]) => files.some(({ marks }) => marks !== 0))
    .map(([folder, program]) => ({ folder, ...program }))
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
