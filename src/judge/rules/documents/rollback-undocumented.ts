import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { codes } from '#model/text.ts';
import { deploymentsOf, placeOf } from '../../derived/calls.ts';
import { some } from '../../derived/place.ts';
import { hasWayBack } from '../../derived/way-back.ts';

/** The way back is then invented during the incident. */
export const rollbackUndocumented = defineRule({
  id: 'rollback-undocumented',
  severity: 'medium',
  confidence: 'medium',
  subject: 'estate',
  title: { fr: 'Retour arrière non documenté', en: 'Rollback not documented' },
  risk: {
    fr: 'Quand une version casse la production, le chemin du retour s’invente pendant l’incident.',
    en: 'When a version breaks production, the way back is invented during the incident.',
  },
  remedy: {
    fr: 'Écrire, par système, la commande qui remet la version précédente et comment vérifier qu’elle tourne, ou en faire un workflow.',
    en: 'Write, per system, the command that brings the previous version back and how to check that it runs, or make it a workflow.',
  },
  evaluate({ artifacts }) {
    const deploying = artifacts.workflows.filter(({ runs }) =>
      runs.some((run) => deploymentsOf(run).length > 0),
    );
    if (deploying.length === 0) return notApplicable;
    if (hasWayBack(artifacts)) return ok;
    const evidence = some(
      deploying.flatMap((workflow) =>
        workflow.runs
          .flatMap((run) =>
            deploymentsOf(run)
              .slice(0, 1)
              .map(({ call }) => placeOf(call, run, workflow)),
          )
          .slice(0, 1),
      ),
    );
    if (!evidence) return ok;
    const files = codes(deploying.map(({ file }) => file));
    return gaps([
      {
        title: { fr: 'Aucun retour arrière écrit', en: 'No rollback is written' },
        message: {
          fr: `${files.fr} ${deploying.length > 1 ? 'déploient' : 'déploie'}, et ni un document ni un workflow ni un script ne dit comment revenir à la version précédente.`,
          en: `There are deployments in ${files.en}, and no document, workflow or script says how to go back to the previous version.`,
        },
        evidence,
      },
    ]);
  },
});
