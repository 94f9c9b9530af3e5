import { pathRule } from '../../derived/path-rule.ts';

/** A website of S3 that is asked without a CDN, and that the public may not read. */
export const bucketNotPublic = pathRule({
  id: 'bucket-not-public',
  severity: 'high',
  title: { fr: 'Site S3 fermé au public', en: 'S3 website closed to the public' },
  risk: {
    fr: 'Le site répond 403 à tous.',
    en: 'The site answers 403 to everyone.',
  },
  remedy: {
    fr: 'Servir le compartiment par CloudFront (contrôle d’accès à l’origine), ou permettre sa lecture publique.',
    en: 'Serve the bucket through CloudFront (origin access control), or allow it to be read by the public.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteAccessPermissionsReqd.html',
  ],
});
