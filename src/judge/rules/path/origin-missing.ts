import { pathRule } from '../../derived/path-rule.ts';

/** What the domain name of the origin stands for is not there. */
export const originMissing = pathRule({
  id: 'origin-missing',
  severity: 'high',
  title: { fr: 'Origine qui n’est pas là', en: 'Origin that is not there' },
  risk: {
    fr: 'La distribution rend une erreur 502 pour tout ce qu’elle n’a pas en cache.',
    en: 'The distribution gives an error 502 for all that it has not cached.',
  },
  remedy: {
    fr: 'Donner à l’origine le nom de ce qui répond aujourd’hui.',
    en: 'Give the origin the name of what answers today.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html',
  ],
});
