import { pathRule } from '../../derived/path-rule.ts';

/** A record that leads to what is not there any more, or to another than what bears the name. */
export const dnsRecordMisdirected = pathRule({
  id: 'dns-record-misdirected',
  severity: 'high',
  title: { fr: 'Enregistrement DNS qui mène ailleurs', en: 'DNS record that leads elsewhere' },
  risk: {
    fr: 'Les visiteurs arrivent ailleurs, ou nulle part.',
    en: 'Visitors arrive elsewhere, or nowhere.',
  },
  remedy: {
    fr: 'Faire mener l’enregistrement à ce qui porte le nom.',
    en: 'Point the record at what bears the name.',
  },
  references: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html',
  ],
});
