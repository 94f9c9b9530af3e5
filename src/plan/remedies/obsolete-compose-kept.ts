import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { removed } from '../git.ts';
import { fileOf } from '../places.ts';
import { defineRemedy } from '../remedy.ts';

/** What is out of use and can still be started. */
export const obsoleteComposeKept = defineRemedy({
  for: ['obsolete-compose-kept'],
  plan(problem) {
    const file = fileOf(problem);
    if (file === undefined) return [];
    return [
      {
        title: say(`Supprimer ${code(file)}`, `Delete ${code(file)}`),
        reason: say(
          'Son nom dit qu’il ne sert plus\u00a0; l’historique de git le garde.',
          'Its name says that it is out of use; the history of git keeps it.',
        ),
        risk: 'none',
        changes: [],
        proofs: [],
        hand: removed(file),
      },
    ];
  },
});
