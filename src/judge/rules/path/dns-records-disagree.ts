import { pathRule } from '../../derived/path-rule.ts';

/** A client that has IPv6 goes where AAAA leads. */
export const dnsRecordsDisagree = pathRule({
  id: 'dns-records-disagree',
  severity: 'medium',
  title: {
    fr: 'A et AAAA qui ne mènent pas au même endroit',
    en: 'A and AAAA that do not lead to the same place',
  },
  risk: {
    fr: 'Un client qui a IPv6 atteint autre chose que les autres.',
    en: 'A client with IPv6 reaches something else than the others do.',
  },
  remedy: {
    fr: 'Faire mener AAAA au même endroit que A, ou le retirer.',
    en: 'Point AAAA at the same place as A, or remove it.',
  },
  references: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-cloudfront-distribution.html',
  ],
});
