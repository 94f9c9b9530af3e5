import { expect, test } from 'vitest';
import { toolFor } from '../rehearse/tools/all.ts';
import { mentionsInCommands } from './commands.ts';

const shown = (...commands: string[]) =>
  mentionsInCommands({ language: 'sh', text: commands.join('\n'), line: 1 }, toolFor)
    .filter(({ kind }) => kind.startsWith('AWS::'))
    .map(({ kind, name, line }) => `${line} ${kind} ${name}`);

test('the settings that a command gives to an application name what they are for', () => {
  expect(
    shown(
      'fly secrets set AWS_REGION=eu-west-3',
      'fly secrets set S3_BUCKET=quay-uploads DDB_TABLE=quay-jobs',
    ),
  ).toEqual(['2 AWS::S3::Bucket quay-uploads', '2 AWS::DynamoDB::Table quay-jobs']);
  expect(shown('heroku config:set S3_BUCKET_NAME=quay-media -a quay')).toEqual([
    '1 AWS::S3::Bucket quay-media',
  ]);
});

test.each([
  'fly secrets set S3_BUCKET=<your-bucket>',
  'fly secrets set S3_BUCKET=my-bucket',
  'fly secrets set S3_BUCKET=uploads',
  'fly secrets set R2_BUCKET=quay-uploads',
  'fly secrets set S3_BUCKET=quay-uploads S3_ENDPOINT=https://minio.quay.fr',
  'fly secrets set GREETING=quay-uploads',
  'fly deploy S3_BUCKET=quay-uploads',
])('%s names nothing', (command) => {
  expect(shown(command)).toEqual([]);
});
