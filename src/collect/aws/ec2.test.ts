import { expect, test } from 'vitest';
import { ec2 } from './ec2.ts';
import { ACCOUNT, collected, factOf } from './test-server.ts';

const set = (name: string, ...items: string[]) =>
  `<${name}>${items.map((item) => `<item>${item}</item>`).join('')}</${name}>`;
const tag = (name: string) => set('tagSet', `<key>Name</key><value>${name}</value>`);
const DENIED = { status: 403, code: 'UnauthorizedOperation' };

const answers = {
  'ec2:DescribeVpcs': set(
    'vpcSet',
    `<vpcId>vpc-own</vpcId><cidrBlock>10.0.0.0/16</cidrBlock><isDefault>false</isDefault>${tag('shop-prod')}`,
    '<vpcId>vpc-default</vpcId><cidrBlock>172.31.0.0/16</cidrBlock><isDefault>true</isDefault>',
  ),
  'ec2:DescribeSubnets': set(
    'subnetSet',
    `<subnetId>subnet-own</subnetId><vpcId>vpc-own</vpcId><cidrBlock>10.0.1.0/24</cidrBlock><ownerId>210987654321</ownerId>
     <availabilityZone>eu-west-3a</availabilityZone><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch>
     ${set('ipv6CidrBlockAssociationSet', '<ipv6CidrBlock>2a05:d012::/64</ipv6CidrBlock><ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState>')}`,
    '<subnetId>subnet-default</subnetId><vpcId>vpc-default</vpcId><defaultForAz>true</defaultForAz>',
  ),
  'ec2:DescribeInternetGateways': set(
    'internetGatewaySet',
    `<internetGatewayId>igw-own</internetGatewayId>${set('attachmentSet', '<vpcId>vpc-own</vpcId>')}`,
    `<internetGatewayId>igw-default</internetGatewayId>${set('attachmentSet', '<vpcId>vpc-default</vpcId>')}`,
  ),
  'ec2:DescribeRouteTables': set(
    'routeTableSet',
    `<routeTableId>rtb-own</routeTableId><vpcId>vpc-own</vpcId>
     ${set(
       'routeSet',
       '<destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId><state>active</state>',
       '<destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-gone</natGatewayId><state>blackhole</state>',
     )}
     ${set('associationSet', '<subnetId>subnet-own</subnetId><main>false</main>')}`,
    `<routeTableId>rtb-main</routeTableId><vpcId>vpc-own</vpcId>
     ${set('routeSet', '<gatewayId>local</gatewayId>')}${set('associationSet', '<main>true</main>')}`,
    `<routeTableId>rtb-changed</routeTableId><vpcId>vpc-own</vpcId>
     ${set('routeSet', '<gatewayId>igw-own</gatewayId>')}${set('associationSet', '<main>true</main>')}`,
    `<routeTableId>rtb-default</routeTableId><vpcId>vpc-default</vpcId>
     ${set('routeSet', '<gatewayId>igw-default</gatewayId>')}${set('associationSet', '<main>true</main>')}`,
  ),
  'ec2:DescribeNatGateways': set(
    'natGatewaySet',
    '<natGatewayId>nat-own</natGatewayId><state>available</state><subnetId>subnet-own</subnetId><vpcId>vpc-own</vpcId>',
    '<natGatewayId>nat-gone</natGatewayId><state>deleted</state>',
  ),
  'ec2:DescribeVpcEndpoints': set(
    'vpcEndpointSet',
    `<vpcEndpointId>vpce-own</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType><vpcId>vpc-own</vpcId>
     <serviceName>com.amazonaws.eu-west-3.ecr.api</serviceName><state>available</state>`,
  ),
  'ec2:DescribeSecurityGroups': set(
    'securityGroupInfo',
    `<groupId>sg-own</groupId><groupName>shop-api</groupName><groupDescription>The API</groupDescription><vpcId>vpc-own</vpcId>
     ${set(
       'ipPermissions',
       `<ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort>
        ${set('ipRanges', '<cidrIp>0.0.0.0/0</cidrIp><description>the world</description>', '<cidrIp>192.0.2.0/24</cidrIp>')}
        ${set('groups', '<groupId>sg-lb</groupId>')}`,
     )}
     ${set('ipPermissionsEgress', `<ipProtocol>-1</ipProtocol>${set('ipRanges', '<cidrIp>0.0.0.0/0</cidrIp>')}`)}`,
    '<groupId>sg-default</groupId><groupName>default</groupName><vpcId>vpc-own</vpcId>',
  ),
  'ec2:DescribeNetworkAcls': set(
    'networkAclSet',
    `<networkAclId>acl-own</networkAclId><vpcId>vpc-own</vpcId><default>false</default>
     ${set('entrySet', '<ruleNumber>100</ruleNumber><protocol>6</protocol><ruleAction>deny</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock><portRange><from>22</from><to>22</to></portRange>')}`,
    '<networkAclId>acl-default</networkAclId><vpcId>vpc-own</vpcId><default>true</default>',
  ),
  'ec2:DescribeInstances': set(
    'reservationSet',
    `<ownerId>${ACCOUNT}</ownerId>${set(
      'instancesSet',
      `<instanceId>i-runs</instanceId><imageId>ami-1</imageId><instanceState><name>running</name></instanceState>
       <instanceType>t3.small</instanceType><launchTime>2026-01-02T03:04:05.000Z</launchTime><subnetId>subnet-own</subnetId>
       <vpcId>vpc-own</vpcId><monitoring><state>disabled</state></monitoring><ipAddress>192.0.2.7</ipAddress>
       <iamInstanceProfile><arn>arn:aws:iam::${ACCOUNT}:instance-profile/web</arn></iamInstanceProfile>
       <metadataOptions><httpTokens>optional</httpTokens></metadataOptions>
       ${set('groupSet', '<groupId>sg-own</groupId>')}
       ${set('tagSet', '<key>Name</key><value>web-staging</value>', '<key>aws:autoscaling:groupName</key><value>workers</value>')}`,
      '<instanceId>i-gone</instanceId><instanceState><name>terminated</name></instanceState>',
    )}`,
  ),
  'ec2:DescribeVolumes': set(
    'volumeSet',
    `<volumeId>vol-own</volumeId><size>20</size><status>in-use</status><encrypted>false</encrypted><volumeType>gp3</volumeType>
     ${set('attachmentSet', '<instanceId>i-runs</instanceId>')}`,
  ),
  'ec2:DescribeAddresses': set(
    'addressesSet',
    '<allocationId>eipalloc-own</allocationId><publicIp>192.0.2.9</publicIp><domain>vpc</domain>',
  ),
};
const facts = async () => (await collected(ec2, answers)).facts;

test('each list is asked once', async () => {
  const { calls } = await collected(ec2, answers);
  expect(calls.toSorted()).toEqual(Object.keys(answers).toSorted());
});

test('pages are as large as each list takes them', async () => {
  const sizes: Record<string, number> = {};
  const asked = Object.keys(answers).map((name) => [
    name,
    ({ MaxResults }: { MaxResults: number }) => {
      sizes[name] = MaxResults;
      return '';
    },
  ]);
  await collected(ec2, Object.fromEntries(asked));
  expect(sizes).toMatchObject({ 'ec2:DescribeVpcs': 1000, 'ec2:DescribeRouteTables': 100 });
});

test('a network is named by its id and known by its tag, which tells its environment', async () => {
  expect(factOf(await facts(), 'vpc-own')).toMatchObject({
    arn: `arn:aws:ec2:eu-west-3:${ACCOUNT}:vpc/vpc-own`,
    otherNames: ['shop-prod'],
    environments: ['prod'],
    properties: { nameTag: 'shop-prod', cidrBlock: '10.0.0.0/16', isDefault: false },
  });
});

test('what another account shares bears that account in its ARN', async () => {
  expect(factOf(await facts(), 'subnet-own').arn).toBe(
    'arn:aws:ec2:eu-west-3:210987654321:subnet/subnet-own',
  );
});

test('a subnet tells its blocks of IPv6, and that it has none', async () => {
  expect(factOf(await facts(), 'subnet-own').properties).toMatchObject({
    ipv6CidrBlocks: ['2a05:d012::/64'],
  });
  expect(factOf(await facts(), 'subnet-default').properties).toMatchObject({ ipv6CidrBlocks: [] });
});

test('what AWS makes in every account and every network is built in; a main table that leads out is not', async () => {
  const builtIn = (await facts()).filter((fact) => fact.builtIn).map(({ name }) => name);
  expect(builtIn.sort()).toEqual([
    'acl-default',
    'igw-default',
    'rtb-default',
    'rtb-main',
    'sg-default',
    'subnet-default',
    'vpc-default',
  ]);
});

test('a route that leads to nothing any more is told as a black hole', async () => {
  expect(factOf(await facts(), 'rtb-own').properties).toMatchObject({
    subnets: ['subnet-own'],
    routes: [
      { destination: '10.0.0.0/16', target: 'local', state: 'active' },
      { destination: '0.0.0.0/0', target: 'nat-gone', state: 'blackhole' },
    ],
  });
});

test('what was deleted or terminated a while ago is not there', async () => {
  const names = (await facts()).map(({ name }) => name);
  expect(names).toContain('nat-own');
  expect(names).not.toContain('nat-gone');
  expect(names).not.toContain('i-gone');
});

test('a rule of a security group is told once for each other end, as a template writes it', async () => {
  expect(factOf(await facts(), 'sg-own')).toMatchObject({
    otherNames: ['shop-api'],
    properties: {
      groupName: 'shop-api',
      securityGroupIngress: [
        { ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0', description: 'the world' },
        { ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '192.0.2.0/24' },
        { ipProtocol: 'tcp', fromPort: 443, toPort: 443, sourceSecurityGroupId: 'sg-lb' },
      ],
      securityGroupEgress: [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0' }],
    },
  });
});

test('an entry of a network ACL is told as a template writes it', async () => {
  expect(factOf(await facts(), 'acl-own').properties?.entries).toEqual([
    {
      ruleNumber: 100,
      egress: false,
      ruleAction: 'deny',
      protocol: '6',
      cidrBlock: '0.0.0.0/0',
      fromPort: 22,
      toPort: 22,
    },
  ]);
});

test('an instance is told with its network, its profile and how its metadata is guarded', async () => {
  const instance = factOf(await facts(), 'i-runs');
  expect(instance).toMatchObject({
    environments: ['staging'],
    properties: {
      state: 'running',
      instanceType: 't3.small',
      launchTime: '2026-01-02T03:04:05.000Z',
      publicIp: '192.0.2.7',
      iamInstanceProfile: 'web',
      monitoring: 'disabled',
      metadataHttpTokens: 'optional',
      autoScalingGroup: 'workers',
    },
  });
  expect(instance.relations).toContainEqual({
    type: 'protected-by',
    to: { kind: 'AWS::EC2::SecurityGroup', name: 'sg-own' },
  });
});

test('a volume is told with its encryption and what it is attached to', async () => {
  expect(factOf(await facts(), 'vol-own').properties).toMatchObject({
    state: 'in-use',
    size: 20,
    encrypted: false,
    instances: ['i-runs'],
  });
});

test('an address that nothing uses has no association', async () => {
  const { properties } = factOf(await facts(), 'eipalloc-own');
  expect(properties).toEqual({ publicIp: '192.0.2.9' });
});

test('one refused list leaves the others, and is not established', async () => {
  const { facts: seen, lookups } = await collected(ec2, { ...answers, 'ec2:DescribeInstances': DENIED });
  expect(factOf(seen, 'vol-own')).toBeDefined();
  expect(lookups).toHaveLength(ec2.kinds.length);
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([
    { kind: 'AWS::EC2::Instance', refusal: { sort: 'denied', permission: 'ec2:DescribeInstances' } },
  ]);
});

test('where the networks are refused, tables and gateways are still seen', async () => {
  const { facts: seen } = await collected(ec2, { ...answers, 'ec2:DescribeVpcs': DENIED });
  expect(factOf(seen, 'rtb-own')).toBeDefined();
  expect(factOf(seen, 'igw-own')).toBeDefined();
});
