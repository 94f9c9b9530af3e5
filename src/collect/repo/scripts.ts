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
  if (/(^|\/)(package\.json|[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Procfile)$/.test(from)) return 1;
  return SHELL.test(from) ? 2 : 3;
}

/** Files that a shell would run: by their ending, or executable without one and starting with `#!`. */
function isShellScript(tree: Tree, file: { path: string; executable: boolean }): boolean {
  if (SHELL.test(file.path)) return true;
  if (!file.executable || /\.[\w-]+$/.test(file.path.split('/').at(-1) ?? '')) return false;
  return /^#!.*\b(ba|da|z|k)?sh\b/.test(tree.read(file.path)?.slice(0, 100) ?? '');
}

/** Package manifests of npm and Makefiles: what people start by name. */
export const recipeFiles = (tree: Tree): string[] =>
  tree.files
    .map((file) => file.path)
    .filter(
      (file) =>
        /(^|\/)(package\.json|GNUmakefile|[Mm]akefile)$/.test(file) &&
        !VENDORED.test(file) &&
        !isRetired(file),
    );

/** Shell scripts with what names them, best reached first; vendored and retired ones are left out. */
export function rankScripts(tree: Tree, artifacts: Artifacts): RankedScript[] {
  const reached = new Map<string, Set<string>>();
  for (const { script, from } of artifacts.scriptReferences)
    reached.set(script, (reached.get(script) ?? new Set()).add(from));
  return tree.files
    .filter((file) => !VENDORED.test(file.path) && !isRetired(file.path) && isShellScript(tree, file))
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
