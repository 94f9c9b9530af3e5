import { pathRule } from '../../derived/path-rule.ts';

/** The zone of the name was read in full and holds no record of it. */
export const dnsRecordMissing = pathRule({
  id: 'dns-record-missing',
  severity: 'critical',
  title: { fr: 'Nom sans enregistrement DNS', en: 'Name without a DNS record' },
  risk: {
    fr: 'Le nom ne mène nulle part\u00a0: aucun navigateur ne trouve le site.',
    en: 'The name leads nowhere: no browser finds the site.',
  },
  remedy: {
    fr: 'Créer dans la zone un enregistrement alias A (et AAAA) vers ce qui porte le nom.',
    en: 'Create an alias record A (and AAAA) in the zone, to what bears the name.',
  },
  references: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-cloudfront-distribution.html',
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html',
  ],
});
