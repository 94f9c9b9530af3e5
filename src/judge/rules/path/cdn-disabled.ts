import { pathRule } from '../../derived/path-rule.ts';

/** A distribution that is switched off answers nobody. */
export const cdnDisabled = pathRule({
  id: 'cdn-disabled',
  severity: 'critical',
  title: { fr: 'Distribution CloudFront désactivée', en: 'Disabled CloudFront distribution' },
  risk: {
    fr: 'CloudFront ne sert plus aucune requête de ses noms.',
    en: 'CloudFront no longer serves any request for its names.',
  },
  remedy: {
    fr: 'Activer la distribution, ou faire mener le nom ailleurs.',
    en: 'Enable the distribution, or point the name elsewhere.',
  },
  references: ['https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html'],
});
