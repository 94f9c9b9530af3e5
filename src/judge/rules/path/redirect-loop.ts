import { pathRule } from '../../derived/path-rule.ts';

/** A redirect to what is asked for again in the same way. */
export const redirectLoop = pathRule({
  id: 'redirect-loop',
  severity: 'critical',
  title: { fr: 'Redirection sans fin', en: 'Redirect that never ends' },
  risk: {
    fr: 'Le navigateur abandonne\u00a0: aucune page ne s’affiche.',
    en: 'The browser gives up: no page is shown.',
  },
  remedy: {
    fr: 'Faire interroger l’origine en HTTPS (`https-only`), ou retirer la redirection.',
    en: 'Ask the origin over HTTPS (`https-only`), or remove the redirect.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  ],
});
