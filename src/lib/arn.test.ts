import { expect, test } from 'vitest';
import { parseArn } from './arn.ts';

test('an ARN gives its service, region, account and resource', () => {
  expect(parseArn('arn:aws:ecs:eu-west-3:210123456780:service/prod/api')).toEqual({
    partition: 'aws',
    service: 'ecs',
    region: 'eu-west-3',
    account: '210123456780',
    resource: 'service/prod/api',
  });
});

test('a global service has neither region nor account', () => {
  expect(parseArn('arn:aws:s3:::assets-prod/*')).toEqual({
    partition: 'aws',
    service: 's3',
    resource: 'assets-prod/*',
  });
  expect(parseArn('arn:aws-us-gov:iam::210123456780:role/ci/deploy')?.resource).toBe('role/ci/deploy');
});

test('a region or an account known only at run time is left out, the name stays', () => {
  expect(
    parseArn('arn:aws:sns:⟨env.AWS_REGION⟩:⟨aws sts get-caller-identity: Account⟩:alerts-⟨inputs.env⟩'),
  ).toEqual({
    partition: 'aws',
    service: 'sns',
    resource: 'alerts-⟨inputs.env⟩',
  });
});

test('a text that only begins like an ARN is none', () => {
  expect(parseArn('arn:aws:ecs')).toBeUndefined();
  expect(parseArn('arn:aws:ecs:eu-west-3:12:cluster/x')).toBeUndefined();
  expect(parseArn('an arn:aws:sqs:eu-west-3:210123456780:jobs')).toBeUndefined();
});
