import { pathRule } from '../../derived/path-rule.ts';

/** CloudFront takes certificates of one region alone. */
export const certificateWrongRegion = pathRule({
  id: 'certificate-wrong-region',
  severity: 'high',
  title: { fr: 'Certificat de la mauvaise région', en: 'Certificate in the wrong region' },
  risk: {
    fr: 'CloudFront ne prend que les certificats de `us-east-1`\u00a0: celui-ci ne peut pas être servi.',
    en: 'CloudFront takes certificates of `us-east-1` alone: this one cannot be served.',
  },
  remedy: {
    fr: 'Demander le certificat dans la bonne région, puis le faire servir.',
    en: 'Request the certificate in the right region, then serve it.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
  ],
});
