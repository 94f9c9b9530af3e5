import { pathRule } from '../../derived/path-rule.ts';

/** A path that CloudFront puts before each request, and that no rule behind the origin speaks of. */
export const originPathUnexpected = pathRule({
  id: 'origin-path-unexpected',
  severity: 'high',
  title: { fr: 'Chemin d’origine que rien ne connaît', en: 'Origin path that nothing knows' },
  risk: {
    fr: 'Chaque requête arrive avec un préfixe de trop, et reçoit sans doute une erreur 404.',
    en: 'Each request arrives with a prefix too many, and probably gets an error 404.',
  },
  remedy: {
    fr: 'Vider le chemin d’origine, ou faire servir ce préfixe par l’origine.',
    en: 'Empty the origin path, or let the origin serve this prefix.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html',
  ],
});
