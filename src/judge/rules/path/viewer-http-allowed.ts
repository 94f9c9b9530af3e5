import { pathRule } from '../../derived/path-rule.ts';

/** The behaviour of the path takes plain HTTP and does not redirect it. */
export const viewerHttpAllowed = pathRule({
  id: 'viewer-http-allowed',
  severity: 'medium',
  title: { fr: 'HTTP en clair accepté par la distribution', en: 'Plain HTTP accepted by the distribution' },
  risk: {
    fr: 'Pages, cookies et jetons peuvent être lus ou changés en route.',
    en: 'Pages, cookies and tokens can be read or changed on the way.',
  },
  remedy: {
    fr: 'Rediriger HTTP vers HTTPS (`redirect-to-https`) pour ce comportement.',
    en: 'Redirect HTTP to HTTPS (`redirect-to-https`) for this behaviour.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html',
  ],
});
