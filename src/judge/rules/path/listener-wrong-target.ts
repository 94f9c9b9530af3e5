import { pathRule } from '../../derived/path-rule.ts';

/** The target group that the listener forwards to is no longer there. */
export const listenerWrongTarget = pathRule({
  id: 'listener-wrong-target',
  severity: 'high',
  title: { fr: 'Groupe de cibles qui n’existe plus', en: 'Target group that is no longer there' },
  risk: {
    fr: 'Le répartiteur n’a personne à qui transférer la requête.',
    en: 'The load balancer has nobody to forward the request to.',
  },
  remedy: {
    fr: 'Faire mener l’écouteur à un groupe de cibles qui existe.',
    en: 'Point the listener at a target group that is there.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html',
  ],
});
