import { defineRule, gaps, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';
import { movableUses } from '../../derived/remote-uses.ts';

/** A tag of someone else's repository is moved by whoever takes that repository, and the next run obeys. */
export const actionUnpinned = defineRule({
  id: 'action-unpinned',
  severity: 'medium',
  subject: 'workflow',
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
  evaluate(workflow) {
    const uses = movableUses(workflow);
    const others = uses.filter(({ owner }) => owner === 'other');
    const told = others.length ? others : uses;
    const evidence = some(told.map(({ line }) => at(workflow.file, line)));
    if (!evidence) return ok;
    const names = codes(new Set(told.map(({ text }) => text)));
    const whose = others.length
      ? { fr: 'de tiers', en: 'of third parties' }
      : { fr: 'd’éditeurs connus', en: 'of known vendors' };
    return gaps([
      {
        ...(others.length === 0 && { severity: 'low' }),
        title: titled(code(workflow.file), 'actions non figées', 'actions not pinned'),
        message: {
          fr: `Une étiquette ou une branche désigne des actions ${whose.fr} : ${names.fr}.`,
          en: `A tag or a branch names actions ${whose.en}: ${names.en}.`,
        },
        evidence,
      },
    ]);
  },
});
