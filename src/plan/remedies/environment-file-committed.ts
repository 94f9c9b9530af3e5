import { code, codes } from '#model/text.ts';
import { type DraftStep, say } from '../draft.ts';
import { untracked } from '../git.ts';
import { fileOf, linesOf } from '../places.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/** Files that are to be out of the repository and are in it. */
export const environmentFileCommitted = defineRemedy({
  for: ['environment-file-committed', 'terraform-state-committed', 'tracked-although-ignored'],
  plan(problem) {
    const files = filesOf(problem);
    if (files.length === 0) return [];
    const { trackedIgnored } = problem.artifacts;
    const shown = codes(files);
    const step: DraftStep = {
      title: say(`Retirer ${shown.fr} du suivi de git`, `Stop tracking ${shown.en} with git`),
      reason: say(
        'Chaque clone emporte ce que git suit. Le fichier reste sur le disque\u00a0; l’historique garde ses versions passées.',
        'Every clone carries what git tracks. The file stays on the disk; the history keeps its past versions.',
      ),
      risk: 'none',
      changes: [],
      proofs: [],
      hand: untracked(
        files,
        files.filter((file) => !trackedIgnored.some((one) => one.file === file)),
      ),
    };
    return [...replacement(problem), step];
  },
});

/** The files of the finding; of an ignore pattern all that it names, of which the finding shows some. */
function filesOf(problem: Problem): string[] {
  if (problem.id !== 'tracked-although-ignored') return [fileOf(problem) ?? []].flat();
  const places = linesOf(problem);
  const shown = new Set(places.map(({ file }) => file));
  const patterns = problem.artifacts.trackedIgnored.filter(
    ({ file, ignoredBy }) =>
      shown.has(file) && places.some((one) => one.file === ignoredBy.file && one.line === ignoredBy.line),
  );
  const pattern = patterns[0]?.ignoredBy;
  return problem.artifacts.trackedIgnored
    .filter(({ ignoredBy }) => ignoredBy.file === pattern?.file && ignoredBy.line === pattern.line)
    .map(({ file }) => file);
}

/** What was shown is known to whoever has a copy: taking the file out does not take that back. */
function replacement(problem: Problem): DraftStep[] {
  const file = fileOf(problem);
  if (problem.id === 'tracked-although-ignored' || file === undefined) return [];
  const variables = problem.artifacts.environmentFiles
    .filter((one) => one.file === file)
    .flatMap((one) => one.variables.filter((variable) => variable.secret && variable.class === 'strong'));
  const names = codes(variables.map(({ name }) => name));
  const values = variables.length > 0 ? names : say('les secrets qu’il tient', 'the secrets that it holds');
  return [
    {
      title: say(
        `Remplacer les secrets que ${code(file)} a montrés`,
        `Replace the secrets that ${code(file)} showed`,
      ),
      reason: say(
        'Ces valeurs sont dans chaque copie du dépôt et dans son historique\u00a0: seules de nouvelles les rendent inutiles.',
        'These values are in every copy of the repository and in its history: only new ones make them useless.',
      ),
      risk: 'restart',
      changes: [],
      proofs: [],
      needs: [
        say(
          `De nouvelles valeurs, faites chez qui les a données\u00a0: ${values.fr}. Puis les mettre là où le service les lit, et révoquer les anciennes.`,
          `New values, made where the old ones were given: ${values.en}. Then put them where the service reads them, and revoke the old ones.`,
        ),
      ],
    },
  ];
}
