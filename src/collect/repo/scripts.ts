import type { Artifacts } from '#model/artifacts.ts';
import type { Tree } from '../readers/tree.ts';
import { isRetired } from './retired.ts';

/** A script of the repository and what reaches it, nearest to a deployment first. */
export interface RankedScript {
  file: string;
  reachedFrom: string[];
}

const SHELL = /\.(sh|bash)$/;
const VENDORED = /(^|\/)(node_modules|vendor|third_party|\.venv|dist|build|site-packages)\//;

/** Workflows come before package scripts, package scripts before other scripts, documents last. */
function nearness(from: string): number {
  if (from.startsWith('.github/')) return 0;
  if (
    /(^|\/)(package\.json|[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Procfile|[\w.-]*buildspec[\w.-]*\.ya?ml)$/.test(
      from,
    )
  )
    return 1;
  return SHELL.test(from) ? 2 : 3;
}

const SCRIPT_FOLDER = /(^|\/)(bin|scripts?|tools?|ci|deploy|ops|hack)\/[^/.]+$/;

/** Files that a shell would run: by their ending; without one, where scripts are kept or something names them, by `#!`. */
function isShellScript(tree: Tree, file: { path: string }, isNamed: boolean): boolean {
  if (SHELL.test(file.path)) return true;
  if (!isNamed && !SCRIPT_FOLDER.test(file.path)) return false;
  if (/\.[\w-]+$/.test(file.path.slice(file.path.lastIndexOf('/') + 1))) return false;
  return /^#!.*\b(ba|da|z|k)?sh\b/.test(tree.read(file.path)?.slice(0, 100) ?? '');
}

const RECIPE =
  /^(?:package\.json|GNUmakefile|[Mm]akefile|\.?[Jj]ustfile|[\w-]+\.just|[\w.-]{0,40}buildspec[\w.-]{0,40}\.ya?ml)$/;

/** Package manifests of npm, Makefiles, justfiles: what people start by name; buildspecs: what AWS CodeBuild starts. */
export const recipeFiles = (tree: Tree): string[] =>
  tree.files
    .map((file) => file.path)
    .filter(
      (file) =>
        RECIPE.test(file.slice(file.lastIndexOf('/') + 1)) && !VENDORED.test(file) && !isRetired(file),
    );

/** Shell scripts with what names them, best reached first; vendored and retired ones are left out. */
export const rankScripts = (tree: Tree, artifacts: Artifacts): RankedScript[] =>
  ranked(tree, artifacts, (file, isNamed) => isShellScript(tree, file, isNamed));

/** Python programs with what names them, best reached first; tests, vendored and retired ones are left out. */
export const rankPrograms = (tree: Tree, artifacts: Artifacts): RankedScript[] =>
  ranked(
    tree,
    artifacts,
    ({ path }) => path.endsWith('.py') && !/(^|\/)(tests?\/|test_|conftest)/.test(path),
  );

function ranked(
  tree: Tree,
  artifacts: Artifacts,
  isOne: (file: { path: string }, isNamed: boolean) => boolean,
): RankedScript[] {
  const reached = new Map<string, Set<string>>();
  for (const { script, from } of artifacts.scriptReferences)
    reached.set(script, (reached.get(script) ?? new Set()).add(from));
  return tree.files
    .filter(
      (file) => isOne(file, reached.has(file.path)) && !VENDORED.test(file.path) && !isRetired(file.path),
    )
    .map((file) => ({
      file: file.path,
      reachedFrom: [...(reached.get(file.path) ?? [])].sort(
        (a, b) => nearness(a) - nearness(b) || (a < b ? -1 : 1),
      ),
    }))
    .sort(
      (a, b) =>
        nearness(a.reachedFrom[0] ?? '~') - nearness(b.reachedFrom[0] ?? '~') ||
        Number(a.reachedFrom.length === 0) - Number(b.reachedFrom.length === 0) ||
        (a.file < b.file ? -1 : 1),
    );
}
