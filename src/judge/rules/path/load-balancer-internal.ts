import { pathRule } from '../../derived/path-rule.ts';

/** Requests come from the internet, and the load balancer has private addresses alone. */
export const loadBalancerInternal = pathRule({
  id: 'load-balancer-internal',
  severity: 'critical',
  title: { fr: 'Répartiteur interne sur un chemin public', en: 'Internal load balancer on a public path' },
  risk: {
    fr: 'Personne ne le joint depuis Internet.',
    en: 'Nobody reaches it from the internet.',
  },
  remedy: {
    fr: 'Utiliser un répartiteur exposé à Internet, ou une origine VPC de CloudFront.',
    en: 'Use an internet-facing load balancer, or a VPC origin of CloudFront.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html',
  ],
});
