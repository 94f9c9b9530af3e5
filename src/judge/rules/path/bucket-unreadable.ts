import { pathRule } from '../../derived/path-rule.ts';

/** A bucket behind a distribution whose policy does not let that distribution read. */
export const bucketUnreadable = pathRule({
  id: 'bucket-unreadable',
  severity: 'high',
  title: {
    fr: 'Compartiment S3 que la distribution ne peut pas lire',
    en: 'S3 bucket that the distribution cannot read',
  },
  risk: {
    fr: 'CloudFront répond 403 pour tout ce qui n’est pas en cache.',
    en: 'CloudFront answers 403 for all that is not cached.',
  },
  remedy: {
    fr: 'Permettre `s3:GetObject` à `cloudfront.amazonaws.com` dans la politique du compartiment, pour cette distribution.',
    en: 'Allow `s3:GetObject` to `cloudfront.amazonaws.com` in the bucket’s policy, for this distribution.',
  },
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  ],
});
