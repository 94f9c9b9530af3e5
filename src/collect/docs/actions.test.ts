import { expect, test } from 'vitest';
import { named, shown } from './test-page.ts';

test.each([
  [
    '- `iam:PassRole` for `quayRunRole` and `quayEventsRole`',
    ['AWS::IAM::Role quayEventsRole', 'AWS::IAM::Role quayRunRole'],
  ],
  ['- `iam:PassRole` sur `quay-run`', ['AWS::IAM::Role quay-run']],
  ['`s3:GetObject` on `quay-uploads`', ['AWS::S3::Bucket quay-uploads']],
  ['`secretsmanager:GetSecretValue` on the `quay/prod/db`', ['AWS::SecretsManager::Secret quay/prod/db']],
])('%s', (text, expected) => {
  expect(shown(named(text))).toEqual(expected);
});

test.each([
  '`iam:PassRole` and `quayRunRole`',
  '`ec2:DescribeInstances` on `quay-host`',
  '`s3:GetObject`, `s3:PutObject` on everything',
  '`node:fs` for `quay-files`',
])('%s names nothing', (text) => {
  expect(shown(named(text))).toEqual([]);
});
