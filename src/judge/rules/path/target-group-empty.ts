import { pathRule } from '../../derived/path-rule.ts';

/** A target group in which nothing is registered. */
export const targetGroupEmpty = pathRule({
  id: 'target-group-empty',
  severity: 'critical',
  title: { fr: 'Groupe de cibles vide', en: 'Empty target group' },
  risk: {
    fr: 'Le répartiteur n’a personne à qui transférer la requête\u00a0: un ALB répond 503.',
    en: 'The load balancer has nobody to forward the request to: an ALB answers 503.',
  },
  remedy: {
    fr: 'Inscrire des cibles, ou faire mener l’écouteur au groupe où le service s’inscrit.',
    en: 'Register targets, or point the listener at the group in which the service registers.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  ],
});
