import { shellQuote } from '#lib/shell-quote.ts';
import type { Artifacts } from '#model/artifacts.ts';
import { say } from '../draft.ts';
import { linesOf, placesText } from '../places.ts';
import { defineRemedy } from '../remedy.ts';

interface Use {
  file: string;
  line: number;
  text: string;
}

/** The commit that a tag stands for is told by the repository of the action alone. */
export const actionUnpinned = defineRemedy({
  for: ['action-unpinned'],
  plan(problem) {
    const shown = linesOf(problem);
    const uses = usesOf(problem.artifacts).filter(({ file, line }) =>
      shown.some((one) => one.file === file && one.line === line),
    );
    const commands = [...new Set(uses.flatMap(({ text }) => commitCommand(text) ?? []))].sort();
    if (commands.length === 0) return [];
    const places = placesText(uses);
    return [
      {
        title: say('Désigner les actions par un commit', 'Name the actions by a commit'),
        reason: say(
          'Une étiquette est déplacée par qui tient le dépôt de l’action\u00a0; un commit ne l’est pas.',
          'A tag is moved by whoever holds the repository of the action; a commit is not.',
        ),
        risk: 'none',
        changes: [],
        proofs: [],
        suggestion: commands.join('\n'),
        needs: [
          say(
            `L’empreinte que chaque commande affiche (celle de la ligne en \`^{}\` s’il y en a une), à écrire après \`@\`, l’étiquette en commentaire\u00a0: ${places.fr}.`,
            `The hash that each command prints (that of the line with \`^{}\` where there is one), to write after \`@\`, with the tag in a comment: ${places.en}.`,
          ),
        ],
      },
    ];
  },
});

const usesOf = ({ workflows }: Artifacts): Use[] =>
  workflows.flatMap(({ file, jobs }) =>
    jobs.flatMap((job) =>
      [job.uses, ...job.steps.map(({ uses }) => uses)].flatMap((uses) =>
        uses ? [{ file, line: uses.line, text: uses.text }] : [],
      ),
    ),
  );

/** What `uses:` takes: `owner/repository[/path]@ref`. GitHub documentation, “Workflow syntax”. */
function commitCommand(text: string): string | undefined {
  const [, repository, ref] = /^([\w.-]+\/[\w.-]+)(?:\/[^@\s]*)?@([\w./-]+)$/.exec(text) ?? [];
  if (repository === undefined || ref === undefined) return undefined;
  const refs = [`refs/tags/${ref}`, `refs/tags/${ref}^{}`, `refs/heads/${ref}`].map(shellQuote).join(' ');
  return `git ls-remote https://github.com/${repository} ${refs}`;
}
