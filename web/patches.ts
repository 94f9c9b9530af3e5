import type { Report } from '#model/report.ts';
import type { Finding, Patch } from './vocabulary.ts';

/** Lines of a diff that a page shows; the saved file holds all of them. */
export const MOST_DIFF_LINES = 400;

/** The file that a patch is saved in, from the folder of the report. */
export const patchFile = ({ id }: Pick<Patch, 'id'>): string => `patches/${id}.patch`;

/** The lines of a diff that are shown, and how many more there are. */
export function shownDiff({ diff }: Patch): { lines: string[]; left: number } {
  const all = diff.replace(/\n$/, '').split('\n');
  return { lines: all.slice(0, MOST_DIFF_LINES), left: Math.max(0, all.length - MOST_DIFF_LINES) };
}

/** What a line of a diff is; its first characters say it too. */
export type LineKind = 'diff-file' | 'diff-at' | 'diff-add' | 'diff-del' | 'diff-same';

/**
 * What each line of a unified diff is. Inside a hunk only the first character counts: a removed line `-- x` stands there
 * as `--- x`.
 */
export function lineKinds(lines: readonly string[]): LineKind[] {
  let isInHunk = false;
  return lines.map((line) => {
    if (line.startsWith('@@')) isInHunk = true;
    else if (line.startsWith('diff ')) isInHunk = false;
    if (line.startsWith('@@')) return 'diff-at';
    if (!isInHunk) return 'diff-file';
    return line.startsWith('+') ? 'diff-add' : line.startsWith('-') ? 'diff-del' : 'diff-same';
  });
}

/** Patches that close a finding. */
export const patchesOf = (patches: readonly Patch[] | undefined, { gap }: Finding): Patch[] =>
  (patches ?? []).filter(({ findings }) => findings.includes(gap));

/** Where reports go unless another folder is asked for. */
export const USUAL_FOLDER = 'constat-report';

/** A word of a command for a POSIX shell, quoted where it has to be. */
const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The command that applies a patch, from the folder in which the audit was run.
 * @param folder where the report was written to, as it was given
 */
export function applyCommand({ audit }: Report, patch: Pick<Patch, 'id'>, folder = USUAL_FOLDER): string {
  const file = `${folder.replace(/\/+$/, '')}/${patchFile(patch)}`;
  const root = audit.estate.path.replace(/(?<=.)\/+$/, '');
  if (root === '.' || root === '') return `git apply ${word(file)}`;
  // git -C goes there first: a path from here has to be made whole
  return `git -C ${word(root)} apply ${file.startsWith('/') ? word(file) : `"$PWD"/${word(file)}`}`;
}
