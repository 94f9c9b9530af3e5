import { pathRule } from '../../derived/path-rule.ts';

/** One of the two, the name or the load balancer asked directly, answers and the other does not. */
export const probeOriginDiffers = pathRule({
  id: 'probe-origin-differs',
  severity: 'medium',
  title: {
    fr: 'Répartiteur qui ne répond pas comme le nom',
    en: 'Load balancer that does not answer as the name does',
  },
  risk: {
    fr: 'L’un des deux échoue\u00a0: un cache peut cacher une panne, ou la distribution en causer une.',
    en: 'One of the two fails: a cache may hide a fault, or the distribution cause one.',
  },
  remedy: {
    fr: 'Comparer ce que demande la distribution (hôte, protocole, chemin) avec ce que le répartiteur attend.',
    en: 'Compare what the distribution asks for (host, protocol, path) with what the load balancer expects.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html',
  ],
});
