import { expect, test } from 'vitest';
import { cloudtrail } from './cloudtrail.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (region: string, name: string) => `arn:aws:cloudtrail:${region}:${ACCOUNT}:trail/${name}`;
const answers = {
  'cloudtrail:DescribeTrails': {
    trailList: [
      {
        Name: 'audit',
        TrailARN: arn('eu-west-3', 'audit'),
        HomeRegion: 'eu-west-3',
        S3BucketName: 'audit-logs',
        IsMultiRegionTrail: true,
        LogFileValidationEnabled: false,
      },
      { Name: 'elsewhere', TrailARN: arn('us-east-1', 'elsewhere'), HomeRegion: 'us-east-1' },
    ],
  },
  'cloudtrail:GetTrailStatus': { IsLogging: false },
};

test('a trail is told with where it logs and whether it does', async () => {
  const { facts } = await collected(cloudtrail, answers);
  expect(factOf(facts, 'audit')).toMatchObject({
    kind: 'AWS::CloudTrail::Trail',
    arn: arn('eu-west-3', 'audit'),
    region: 'eu-west-3',
    properties: { isLogging: false, isMultiRegionTrail: true, enableLogFileValidation: false },
    relations: [{ type: 'logs-to', to: { kind: 'AWS::S3::Bucket', name: 'audit-logs' } }],
  });
});

test('a trail of another region is only seen where a file names it', async () => {
  expect((await collected(cloudtrail, answers)).facts.map(({ name }) => name)).toEqual(['audit']);
  const declared = [['AWS::CloudTrail::Trail', 'elsewhere']] as const;
  const { facts } = await collected(cloudtrail, answers, { declared });
  expect(factOf(facts, 'elsewhere').arn).toBe(arn('us-east-1', 'elsewhere'));
});

test('without the list no trail can be called missing', async () => {
  const { lookups } = await collected(cloudtrail, { 'cloudtrail:DescribeTrails': DENIED });
  expect(lookups).toMatchObject([
    { region: 'eu-west-3', refusal: { sort: 'denied', permission: 'cloudtrail:DescribeTrails' } },
  ]);
});

test('a trail whose status is refused is there, and nothing says that it logs', async () => {
  const { facts } = await collected(cloudtrail, { ...answers, 'cloudtrail:GetTrailStatus': DENIED });
  const trail = factOf(facts, 'audit');
  expect(trail.refusals).toMatchObject([{ operation: 'cloudtrail:GetTrailStatus' }]);
  expect(trail.properties).not.toHaveProperty('isLogging');
});
