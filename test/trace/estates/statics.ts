import { PutBucketPolicyCommand, PutBucketWebsiteCommand, S3Client } from '@aws-sdk/client-s3';
import { ACCOUNT, bucket, custom, type Maker, REGION } from '../account.ts';

/** Static sites: a bucket behind a distribution, a website of S3 by itself, and one behind a distribution. */
export async function statics(m: Maker) {
  const s3 = m.client(S3Client);
  await s3.send(
    new PutBucketWebsiteCommand({
      Bucket: 'site.trial.example',
      WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
    }),
  );
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'site.trial.example',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::site.trial.example/*',
          },
        ],
      }),
    }),
  );
  await m.distribution('static', ['static.trial.example'], [bucket('files', 'trial-static')]);
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'trial-static',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::trial-static/*',
            Condition: {
              StringEquals: {
                'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/${m.id('distribution', 'static')}`,
              },
            },
          },
        ],
      }),
    }),
  );
  await m.distribution(
    'web',
    ['web.trial.example'],
    [custom('site', `site.trial.example.s3-website.${REGION}.amazonaws.com`, 'http-only')],
  );
  await m.records('trial.example', [
    m.toDistribution('static.trial.example', 'static'),
    m.toDistribution('web.trial.example', 'web'),
    m.alias('site.trial.example', `s3-website.${REGION}.amazonaws.com`, 'Z3R1K369G5AVDG'),
  ]);
}
