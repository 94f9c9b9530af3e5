import { pathRule } from '../../derived/path-rule.ts';

/** Port 80 beside a path over HTTPS serves in the clear what it should send there. */
export const listenerForwardsHttp = pathRule({
  id: 'listener-forwards-http',
  severity: 'medium',
  title: {
    fr: 'Port 80 qui transfère au lieu de rediriger',
    en: 'Port 80 that forwards instead of redirecting',
  },
  risk: {
    fr: 'Ce qui est demandé en HTTP est servi en clair.',
    en: 'What is asked for over HTTP is served in the clear.',
  },
  remedy: {
    fr: 'Rediriger le port 80 vers HTTPS (301).',
    en: 'Redirect port 80 to HTTPS (301).',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  ],
});
