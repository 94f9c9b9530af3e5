import { shellQuote } from '#lib/shell-quote.ts';
import { code, codes } from '#model/text.ts';
import { type HandWork, say } from './draft.ts';

/** A path that git takes as it is, not as a pattern of paths. git documentation, “gitglossary”, pathspec. */
const pathspec = (file: string): string => shellQuote(/^:|[*?[\]\\]/.test(file) ? `:(literal)${file}` : file);

const words = (files: readonly string[]): string => files.map(pathspec).join(' ');

/** The line of `.gitignore` that ignores this path alone. git documentation, “gitignore”, PATTERN FORMAT. */
export const ignoreLine = (file: string): string =>
  `/${file.replaceAll(/[\\*?[\]!#]/g, '\\$&').replace(/ +$/, (spaces) => spaces.replaceAll(' ', '\\ '))}`;

/**
 * git stops following files, which stay on the disk.
 * @param ignored those that no ignore file names: they are added to the one at the root, so that they do not come back
 */
export function untracked(files: readonly string[], ignored: readonly string[]): HandWork {
  const shown = codes(files);
  return {
    command: [
      `git rm --cached -- ${words(files)}`,
      ...(ignored.length > 0
        ? [`printf '%s\\n' ${ignored.map((file) => shellQuote(ignoreLine(file))).join(' ')} >> .gitignore`]
        : []),
    ].join('\n'),
    undo: `git add --force -- ${words(files)}`,
    before: { 'git ls-files': [...files] },
    proof: {
      title: say(`git ne suit plus ${shown.fr}`, `git no longer tracks ${shown.en}`),
      command: `git ls-files -- ${words(files)}`,
      expected: say('rien n’est affiché', 'nothing is printed'),
    },
  };
}

/** A file is taken out of the repository; the history keeps it. */
export const removed = (file: string): HandWork => ({
  command: `git rm -- ${pathspec(file)}`,
  undo: `git restore --staged --worktree -- ${pathspec(file)}`,
  before: { 'git ls-files': [file] },
  proof: {
    title: say(`${code(file)} n’est plus dans le dépôt`, `${code(file)} is no longer in the repository`),
    command: `git ls-files -- ${pathspec(file)}`,
    expected: say('rien n’est affiché', 'nothing is printed'),
  },
});
