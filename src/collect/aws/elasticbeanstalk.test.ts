import { expect, test } from 'vitest';
import { elasticbeanstalk } from './elasticbeanstalk.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (rest: string) => `arn:aws:elasticbeanstalk:eu-west-3:${ACCOUNT}:${rest}`;
const environment = (name: string) =>
  `<member><EnvironmentName>${name}</EnvironmentName><EnvironmentId>e-${name}</EnvironmentId>
   <EnvironmentArn>${arn(`environment/shop/${name}`)}</EnvironmentArn><ApplicationName>shop</ApplicationName>
   <Status>Ready</Status><Health>Red</Health><CNAME>${name}.eu-west-3.elasticbeanstalk.com</CNAME>
   <PlatformArn>arn:aws:elasticbeanstalk:eu-west-3::platform/Node.js 22/6.5.0</PlatformArn></member>`;
const answers = {
  'elasticbeanstalk:DescribeApplications': `<Applications><member><ApplicationName>shop</ApplicationName>
    <ApplicationArn>${arn('application/shop')}</ApplicationArn></member></Applications>`,
  'elasticbeanstalk:DescribeEnvironments': ({ NextToken }: { NextToken?: string }) =>
    NextToken === undefined
      ? `<Environments>${environment('shop-dev')}</Environments><NextToken>more</NextToken>`
      : `<Environments>${environment('shop-prod')}</Environments>`,
};

test('an environment is told with its health, its address and its platform, of every page', async () => {
  const { facts } = await collected(elasticbeanstalk, answers);
  expect(factOf(facts, 'shop-dev')).toBeDefined();
  expect(factOf(facts, 'shop-prod')).toMatchObject({
    arn: arn('environment/shop/shop-prod'),
    properties: {
      status: 'Ready',
      health: 'Red',
      cname: 'shop-prod.eu-west-3.elasticbeanstalk.com',
      platformArn: 'arn:aws:elasticbeanstalk:eu-west-3::platform/Node.js 22/6.5.0',
    },
    relations: [{ type: 'part-of', to: { kind: 'AWS::ElasticBeanstalk::Application', name: 'shop' } }],
    environments: ['prod'],
  });
});

test.each([
  ['DescribeApplications', 'AWS::ElasticBeanstalk::Application'],
  ['DescribeEnvironments', 'AWS::ElasticBeanstalk::Environment'],
])('a refused %s leaves its kind not established, and no other', async (operation, kind) => {
  const { lookups } = await collected(elasticbeanstalk, {
    ...answers,
    [`elasticbeanstalk:${operation}`]: DENIED,
  });
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([
    { kind, refusal: { permission: `elasticbeanstalk:${operation}` } },
  ]);
});
