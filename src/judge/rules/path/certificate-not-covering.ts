import { pathRule } from '../../derived/path-rule.ts';

/** No certificate that is served covers the name that is asked for. */
export const certificateNotCovering = pathRule({
  id: 'certificate-not-covering',
  severity: 'critical',
  title: { fr: 'Certificat qui ne couvre pas le nom', en: 'Certificate that does not cover the name' },
  risk: {
    fr: 'Le navigateur, ou la distribution devant l’origine, refuse la connexion.',
    en: 'The browser, or the distribution before the origin, refuses the connection.',
  },
  remedy: {
    fr: 'Servir un certificat qui couvre le nom demandé.',
    en: 'Serve a certificate that covers the name that is asked for.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html',
  ],
});
