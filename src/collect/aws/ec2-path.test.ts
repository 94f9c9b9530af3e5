import { expect, test } from 'vitest';
import { ec2 } from './ec2.ts';
import { collected, detailed, factOf } from './test-server.ts';

const VPC = 'AWS::EC2::VPC';
const answers = {
  'ec2:DescribeVpcs': `<vpcSet><item><vpcId>vpc-own</vpcId><isDefault>false</isDefault></item>
    <item><vpcId>vpc-default</vpcId><isDefault>true</isDefault></item></vpcSet>`,
  'ec2:DescribeVpcEndpoints': `<vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId><state>available</state>
    <serviceName>com.amazonaws.eu-west-3.ecr.api</serviceName>
    <groupSet><item><groupId>sg-1</groupId></item></groupSet>
    <policyDocument>${JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'ecr:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:Referer': 'canary-of-an-endpoint' } },
        },
      ],
    }).replaceAll('"', '&quot;')}</policyDocument></item></vpcEndpointSet>`,
  'ec2:DescribeVpcAttribute': ({ Attribute }: { Attribute: string }) =>
    Attribute === 'enableDnsSupport'
      ? '<enableDnsSupport><value>true</value></enableDnsSupport>'
      : '<enableDnsHostnames><value>false</value></enableDnsHostnames>',
};

test('an endpoint is told with its groups and its policy, secrets of conditions masked', async () => {
  const { facts } = await collected(ec2, answers);
  expect(factOf(facts, 'vpce-1').properties).toMatchObject({
    groups: ['sg-1'],
    policyDocument: { Statement: [{ Effect: 'Allow', Action: 'ecr:*' }] },
  });
  expect(JSON.stringify(facts)).not.toContain('canary-of-an-endpoint');
});

test('a VPC on a path is told with whether names are resolved in it', async () => {
  const { facts, calls } = await detailed(ec2, answers, [[VPC, 'vpc-own']]);
  expect(facts).toMatchObject([
    { name: 'vpc-own', properties: { enableDnsSupport: true, enableDnsHostnames: false } },
  ]);
  expect(calls).toEqual(['ec2:DescribeVpcAttribute', 'ec2:DescribeVpcAttribute']);
});

test('what AWS made stays so in what is told of it besides', async () => {
  const { facts } = await detailed(ec2, answers, [[VPC, 'vpc-default']]);
  expect(facts).toMatchObject([{ name: 'vpc-default', builtIn: true }]);
});

test('a refused attribute is left out, and says why', async () => {
  const { facts } = await detailed(
    ec2,
    { ...answers, 'ec2:DescribeVpcAttribute': { status: 403, code: 'UnauthorizedOperation' } },
    [[VPC, 'vpc-own']],
  );
  expect(facts[0]).not.toHaveProperty('properties');
  expect(facts[0]?.refusals).toMatchObject([
    { permission: 'ec2:DescribeVpcAttribute' },
    { permission: 'ec2:DescribeVpcAttribute' },
  ]);
});
