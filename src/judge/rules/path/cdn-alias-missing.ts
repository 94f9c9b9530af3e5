import { pathRule } from '../../derived/path-rule.ts';

/** The name leads to a distribution that does not list it among its alternate domain names. */
export const cdnAliasMissing = pathRule({
  id: 'cdn-alias-missing',
  severity: 'critical',
  title: { fr: 'Nom que la distribution ne porte pas', en: 'Name that the distribution does not bear' },
  risk: {
    fr: 'CloudFront refuse les requêtes d’un nom qu’aucune distribution ne porte.',
    en: 'CloudFront refuses requests for a name that no distribution bears.',
  },
  remedy: {
    fr: 'Ajouter le nom aux noms alternatifs de la distribution, avec un certificat qui le couvre.',
    en: 'Add the name to the alternate domain names of the distribution, with a certificate that covers it.',
  },
  references: ['https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html'],
});
