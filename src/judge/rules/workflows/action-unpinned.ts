import type { WorkflowSource } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import { ownOrganisations } from '../../derived/organisation.ts';
import { at, some, titled } from '../../derived/place.ts';
import { type MovableUse, movableUses } from '../../derived/remote-uses.ts';

const WHOSE: Record<MovableUse['owner'], Text> = {
  other: { fr: 'actions de tiers', en: 'actions of third parties' },
  elsewhere: { fr: 'workflows d’un autre dépôt', en: 'workflows of another repository' },
  known: { fr: 'actions d’éditeurs connus', en: 'actions of known vendors' },
};

/** A tag of someone else's repository is moved by whoever takes that repository, and the next run obeys. */
export const actionUnpinned = defineRule({
  id: 'action-unpinned',
  severity: 'medium',
  subject: 'estate',
  title: { fr: 'Action tierce désignée par une étiquette', en: 'Third-party action named by a tag' },
  risk: {
    fr: 'Qui prend le dépôt de l’action déplace l’étiquette, et le prochain lancement exécute son code avec les secrets du workflow.',
    en: 'Whoever takes the repository of the action moves the tag, and the next run executes their code with the secrets of the workflow.',
  },
  remedy: {
    fr: 'Désigner l’action par l’empreinte complète d’un commit, la version en commentaire, et laisser un outil de mise à jour la suivre.',
    en: 'Name the action by the full hash of a commit, with the version in a comment, and let an update tool follow it.',
  },
  references: ['https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions'],
  evaluate(estate) {
    const own = ownOrganisations(estate);
    const running = estate.artifacts.workflows.filter(({ triggers }) => triggers.length > 0);
    const uses = running.flatMap((workflow) =>
      movableUses(workflow, own).map((use) => ({ ...use, workflow })),
    );
    return gaps([...Map.groupBy(uses, ({ owner }) => owner)].flatMap(([owner, list]) => gapOf(owner, list)));
  },
});

/** One gap for all the workflows: the same hand mends them, and one line each would bury the rest of the report. */
function gapOf(owner: MovableUse['owner'], uses: (MovableUse & { workflow: WorkflowSource })[]): Gap[] {
  const evidence = some(uses.map(({ workflow, line }) => at(workflow.file, line)));
  if (!evidence) return [];
  const names = codes([...new Set(uses.map(({ text }) => text))].sort(), 8);
  const files = [...new Set(uses.map(({ workflow }) => workflow.file))].sort();
  const where: Text =
    files.length === 1
      ? { fr: code(files[0] ?? ''), en: code(files[0] ?? '') }
      : { fr: `${files.length} workflows`, en: `${files.length} workflows` };
  const whose = WHOSE[owner];
  return [
    {
      key: owner,
      ...(owner !== 'other' && { severity: 'low' }),
      title: titled(
        where,
        `${whose.fr} non figé${owner === 'elsewhere' ? '' : 'e'}s`,
        `${whose.en} not pinned`,
      ),
      message: {
        fr: `Une étiquette ou une branche, que son propriétaire peut déplacer, désigne des ${whose.fr} : ${names.fr}.`,
        en: `A tag or a branch, which its owner can move, names ${whose.en}: ${names.en}.`,
      },
      evidence,
    },
  ];
}
