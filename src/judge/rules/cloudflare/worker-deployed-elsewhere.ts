import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isSeen, objectIn, textIn } from '../../derived/cloudflare.ts';
import { declaredInRepo } from '../../derived/declared.ts';
import { some, titled } from '../../derived/place.ts';

/** Deployments by which the dashboard changes no code: a secret that is set makes a version of its own. */
const NO_CODE = new Set(['secret', 'rollback', 'promotion']);

/** Code that was edited in the dashboard is in no repository, and the next deployment undoes it. */
export const workerDeployedElsewhere = defineRule({
  id: 'worker-deployed-elsewhere',
  severity: 'medium',
  subject: 'resource',
  kinds: ['Cloudflare::Workers::Script'],
  title: {
    fr: 'Worker déployé depuis le tableau de bord',
    en: 'Worker deployed from the dashboard',
  },
  risk: {
    fr: 'Ce qui tourne n’est peut-être pas dans le dépôt, et le prochain déploiement le remplace.',
    en: 'What runs may not be in the repository, and the next deployment replaces it.',
  },
  remedy: {
    fr: 'Comparer le code déployé à celui du dépôt, porter la différence dans le dépôt, puis déployer.',
    en: 'Compare the deployed code with the repository, bring the difference into it, then deploy.',
  },
  references: ['https://developers.cloudflare.com/workers/configuration/versions-and-deployments/'],
  evaluate(script) {
    const deployment = objectIn(script, 'deployment');
    const declared = declaredInRepo(script);
    const evidence = some([...script.observed.slice(0, 1), ...declared.slice(0, 1)]);
    if (!isSeen(script) || !deployment || declared.length === 0 || !evidence) return notApplicable;
    if (textIn(deployment, 'source') !== 'dash' || NO_CODE.has(textIn(deployment, 'triggeredBy') ?? ''))
      return gaps([]);
    const [day, by] = [textIn(deployment, 'at')?.slice(0, 10) ?? '', textIn(deployment, 'by')];
    return gaps([
      {
        title: titled(code(script.name), 'déployé depuis le tableau de bord', 'deployed from the dashboard'),
        message: {
          fr: `Des fichiers du dépôt déploient ${code(script.name)}, et le déploiement en service a été fait depuis le tableau de bord le ${day}${by === undefined ? '' : ` par ${code(by)}`}.`,
          en: `Files of the repository deploy ${code(script.name)}, and the deployment in service was made from the dashboard on ${day}${by === undefined ? '' : ` by ${code(by)}`}.`,
        },
        evidence,
      },
    ]);
  },
});
