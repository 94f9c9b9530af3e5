import { pathRule } from '../../derived/path-rule.ts';

/** A URL over HTTP, of which the behaviour takes HTTPS alone. */
export const viewerHttpsOnly = pathRule({
  id: 'viewer-https-only',
  severity: 'medium',
  title: {
    fr: 'Requêtes HTTP refusées par la distribution',
    en: 'HTTP requests refused by the distribution',
  },
  risk: {
    fr: 'Qui suit un ancien lien en `http` reçoit une erreur 403 au lieu d’une redirection.',
    en: 'Who follows an old `http` link gets an error 403 instead of a redirect.',
  },
  remedy: {
    fr: 'Rediriger HTTP vers HTTPS (`redirect-to-https`) au lieu de le refuser.',
    en: 'Redirect HTTP to HTTPS (`redirect-to-https`) instead of refusing it.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html',
  ],
});
