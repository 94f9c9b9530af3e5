import { pathRule } from '../../derived/path-rule.ts';

/** The origin is asked over HTTPS by the name that AWS gave it, for which nobody is issued a certificate. */
export const originNameUncoverable = pathRule({
  id: 'origin-name-uncoverable',
  severity: 'high',
  title: {
    fr: 'Origine demandée en HTTPS sous un nom qu’aucun certificat ne couvre',
    en: 'Origin asked over HTTPS by a name that no certificate covers',
  },
  risk: {
    fr: 'CloudFront refuse le certificat de l’origine et rend une erreur 502.',
    en: 'CloudFront refuses the certificate of the origin and gives an error 502.',
  },
  remedy: {
    fr: 'Transmettre l’en-tête `Host` à l’origine, ou donner à l’origine un nom de domaine que son certificat couvre.',
    en: 'Send the `Host` header on to the origin, or give the origin a domain name that its certificate covers.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html',
  ],
});
