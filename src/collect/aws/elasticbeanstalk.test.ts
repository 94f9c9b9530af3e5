import { expect, test } from 'vitest';
import { elasticbeanstalk } from './elasticbeanstalk.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (rest: string) => `arn:aws:elasticbeanstalk:eu-west-3:${ACCOUNT}:${rest}`;
const ENDPOINTS: Record<string, string> = {
  'shop-dev': '198.51.100.7',
  'shop-prod': 'awseb-e-q-AWSEBLoa-1IXJ2-1904816512.eu-west-3.elb.amazonaws.com',
};
const environment = (name: string) =>
  `<member><EnvironmentName>${name}</EnvironmentName><EnvironmentId>e-${name}</EnvironmentId>
   <EnvironmentArn>${arn(`environment/shop/${name}`)}</EnvironmentArn><ApplicationName>shop</ApplicationName>
   <Status>Ready</Status><Health>Red</Health><CNAME>${name}.eu-west-3.elasticbeanstalk.com</CNAME>
   <EndpointURL>${ENDPOINTS[name]}</EndpointURL>
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
  expect(factOf(facts, 'shop-dev')?.relations).toContainEqual({
    type: 'routes-to',
    to: { kind: 'AWS::EC2::EIP', name: '198.51.100.7' },
  });
  expect(factOf(facts, 'shop-prod')).toMatchObject({
    arn: arn('environment/shop/shop-prod'),
    properties: {
      status: 'Ready',
      health: 'Red',
      cname: 'shop-prod.eu-west-3.elasticbeanstalk.com',
      platformArn: 'arn:aws:elasticbeanstalk:eu-west-3::platform/Node.js 22/6.5.0',
    },
    relations: [
      { type: 'part-of', to: { kind: 'AWS::ElasticBeanstalk::Application', name: 'shop' } },
      {
        type: 'routes-to',
        to: { kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: 'awseb-e-q-AWSEBLoa-1IXJ2' },
      },
    ],
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
