import { pathRule } from '../../derived/path-rule.ts';

/** No certificate can be had for the name that AWS gives a load balancer, and the visitor’s `Host` is not sent on. */
export const originNameUncoverable = pathRule({
  id: 'origin-name-uncoverable',
  severity: 'high',
  title: {
    fr: 'Origine demandée sous un nom qu’aucun certificat ne couvre',
    en: 'Origin asked by a name that no certificate covers',
  },
  risk: {
    fr: 'La distribution refuse le certificat de l’origine et rend une erreur 502.',
    en: 'The distribution refuses the certificate of the origin and gives an error 502.',
  },
  remedy: {
    fr: 'Transmettre `Host` à l’origine (politique de requête `AllViewer`), ou lui donner un nom que son certificat couvre.',
    en: 'Send `Host` on to the origin (origin request policy `AllViewer`), or give it a name that its certificate covers.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html',
  ],
});
