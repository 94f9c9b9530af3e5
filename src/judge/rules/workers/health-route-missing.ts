import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { titled } from '../../derived/place.ts';
import {
  answersAt,
  blindSpotsOf,
  configsOf,
  isReachable,
  isShown,
  notRead,
  subjectOf,
} from '../../derived/worker-reading.ts';
import { productionOf } from '../../derived/wrangler-environments.ts';

/** A deployment that nothing can ask whether it works is found broken by its users. */
export const healthRouteMissing = defineRule({
  id: 'health-route-missing',
  severity: 'low',
  subject: 'worker',
  title: { fr: 'API sans route de santé', en: 'API without a health route' },
  risk: {
    fr: 'Ni le déploiement ni la surveillance ne peuvent demander si l’API et ce dont elle dépend répondent.',
    en: 'Neither the deployment nor the monitoring can ask whether the API and what it depends on answer.',
  },
  remedy: {
    fr: 'Ajouter une route `/health` qui essaie la base et rend la version, et la demander après chaque déploiement.',
    en: 'Add a `/health` route that tries the database and gives the version, and ask it after every deployment.',
  },
  evaluate(worker, { artifacts }) {
    const answers = answersAt(worker);
    const configs = configsOf(worker, artifacts);
    // what only changes or stores something is an API; pages and files are seen to answer
    if (isShown(worker) || !answers || !isReachable(configs) || worker.writes.length === 0)
      return notApplicable;
    if (configs.length > 0 && configs.every((one) => one.isPages || productionOf(one).length === 0))
      return notApplicable;
    if (worker.health.length > 0) return ok;
    const blind = notRead(blindSpotsOf(worker, ['environment-passed-on']));
    if (blind) return blind;
    if (worker.forwards.some(({ binding }) => binding !== 'ASSETS'))
      return unknown({
        fr: 'le Worker transmet des requêtes à d’autres, qui peuvent y répondre',
        en: 'the Worker hands requests on to others, which may answer it',
      });
    return gaps([
      {
        title: titled(subjectOf(worker), 'aucune route de santé', 'no health route'),
        message: {
          fr: 'Le code, lu en entier, ne répond à aucun chemin de contrôle (`/health`, `/healthz`, `/ping`, `/status`…).',
          en: 'The code, read in full, answers no path of health checks (`/health`, `/healthz`, `/ping`, `/status`…).',
        },
        evidence: [answers, ...worker.writes.slice(0, 2)],
      },
    ]);
  },
});
