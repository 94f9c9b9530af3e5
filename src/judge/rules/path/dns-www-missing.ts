import { pathRule } from '../../derived/path-rule.ts';

/** The other form of the name, which a distribution bears and no record leads to. */
export const dnsWwwMissing = pathRule({
  id: 'dns-www-missing',
  severity: 'medium',
  title: {
    fr: 'Autre forme du nom (`www`) sans enregistrement',
    en: 'Other form of the name (`www`) without a record',
  },
  risk: {
    fr: 'Qui tape l’autre forme du nom ne trouve pas le site, que la distribution servirait pourtant.',
    en: 'Who types the other form of the name does not find the site, although the distribution would serve it.',
  },
  remedy: {
    fr: 'Créer l’enregistrement de l’autre forme, vers la même distribution.',
    en: 'Create the record of the other form, to the same distribution.',
  },
  references: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-cloudfront-distribution.html',
  ],
});
