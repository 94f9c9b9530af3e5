import { pathRule } from '../../derived/path-rule.ts';

/** A route or a custom domain leads to a script that the account does not have. */
export const workerMissing = pathRule({
  id: 'worker-missing',
  severity: 'critical',
  title: { fr: 'Script de Worker qui n’est pas là', en: 'Script of a Worker that is not there' },
  risk: {
    fr: 'La route ou le domaine ne mène à aucun code\u00a0: le visiteur reçoit une erreur.',
    en: 'The route or the domain leads to no code: the visitor is given an error.',
  },
  remedy: {
    fr: 'Déployer le Worker, ou faire mener la route à celui qui répond aujourd’hui.',
    en: 'Deploy the Worker, or lead the route to the one that answers today.',
  },
  references: ['https://developers.cloudflare.com/workers/configuration/routing/'],
});
