import { shellQuote } from '#lib/shell-quote.ts';
import type { Patch } from '#model/patch.ts';
import { type DraftStep, say } from './draft.ts';

/** A patch with the file in which the report saves it, from the root of the repository. */
export interface SavedPatch extends Patch {
  savedAs: string;
}

/** A patch as a step that a person takes: `git apply`, and the same backwards. git documentation, “git-apply”. */
export function patchStep({ title, note, savedAs }: SavedPatch): DraftStep {
  const file = shellQuote(savedAs);
  return {
    title,
    reason: say(
      `Le correctif ne change que les lignes qu’il montre.${note ? ` ${note.fr}` : ''}`,
      `The patch changes only the lines that it shows.${note ? ` ${note.en}` : ''}`,
    ),
    risk: 'none',
    changes: [],
    proofs: [],
    hand: {
      command: `git apply ${file}`,
      undo: `git apply --reverse ${file}`,
      before: {},
      proof: {
        title,
        command: `git apply --reverse --check ${file} && echo applied`,
        expected: say('`applied` est affiché', '`applied` is printed'),
      },
    },
  };
}
