import { pathRule } from '../../derived/path-rule.ts';

/** The domain name of the origin is a name of the distribution itself, or of what came before it. */
export const originLoop = pathRule({
  id: 'origin-loop',
  severity: 'critical',
  title: { fr: 'Origine qui ramène à la distribution', en: 'Origin that leads back to the distribution' },
  risk: {
    fr: 'Aucune requête n’aboutit\u00a0: la distribution s’interroge elle-même.',
    en: 'No request gets an answer: the distribution asks itself.',
  },
  remedy: {
    fr: 'Donner à l’origine le nom de ce qui répond (un répartiteur, un serveur), jamais un nom de la distribution.',
    en: 'Give the origin the name of what answers (a load balancer, a server), never a name of the distribution.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html',
  ],
});
