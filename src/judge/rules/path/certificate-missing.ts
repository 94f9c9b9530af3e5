import { pathRule } from '../../derived/path-rule.ts';

/** What has to serve a certificate serves none, or one that is no longer there. */
export const certificateMissing = pathRule({
  id: 'certificate-missing',
  severity: 'critical',
  title: { fr: 'Certificat manquant', en: 'Missing certificate' },
  risk: {
    fr: 'La connexion HTTPS est refusée.',
    en: 'The HTTPS connection is refused.',
  },
  remedy: {
    fr: 'Faire servir un certificat délivré qui couvre le nom.',
    en: 'Serve an issued certificate that covers the name.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
  ],
});
