import { pathRule } from '../../derived/path-rule.ts';

/** A load balancer that is being made, or whose making failed. */
export const loadBalancerInactive = pathRule({
  id: 'load-balancer-inactive',
  severity: 'high',
  title: { fr: 'Répartiteur qui n’est pas actif', en: 'Load balancer that is not active' },
  risk: {
    fr: 'Il ne reçoit pas, ou pas encore, les requêtes.',
    en: 'It does not take requests, or not yet.',
  },
  remedy: {
    fr: 'Attendre la fin de sa création, ou le recréer s’il est en échec.',
    en: 'Wait until it is made, or make it again where it has failed.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html',
  ],
});
