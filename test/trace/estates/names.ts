import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { type Maker, REGION } from '../account.ts';
import { zone } from './parts.ts';

/** Names: several sets, chains, private zones, zones elsewhere, single hosts. */
export async function names(m: Maker) {
  const set = (Name: string, more: object) => m.toBalancer(Name, 'front', more);
  const { Instances = [] } = await m.client(EC2Client).send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: m.id('subnet', 'public-a'),
      SecurityGroupIds: [m.id('security-group', 'open')],
    }),
  );
  const ec2 = m.client(EC2Client);
  const { AllocationId, PublicIp = '' } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: Instances[0]?.InstanceId }));
  m.keep('address', 'host', PublicIp);
  await m.records('trial.example', [
    { Name: 'host.trial.example', Type: 'A', TTL: 60, ResourceRecords: [{ Value: PublicIp }] },
    {
      Name: 'chain.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: 'link.trial.example' }],
    },
    {
      Name: 'link.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: 'shop.trial.example' }],
    },
    { Name: 'team.trial.example', Type: 'NS', TTL: 60, ResourceRecords: [{ Value: 'ns-1.awsdns-01.org.' }] },
    {
      Name: 'saas.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: 'proxy.vendor.example' }],
    },
    {
      Name: 'runner.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: `x1y2z3w4v5.${REGION}.awsapprunner.com` }],
    },
    {
      Name: 'bean.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: `shop-live.abc123.${REGION}.elasticbeanstalk.com` }],
    },
    { Name: 'text.trial.example', Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"v=1"' }] },
    set('near.trial.example', { SetIdentifier: 'paris', Region: 'eu-west-3' }),
    m.alias('near.trial.example', `theirs-1234567890.us-east-2.elb.amazonaws.com`, 'Z3AADJGX6KTTL2', {
      SetIdentifier: 'ohio',
      Region: 'us-east-2',
    }),
    set('spare.trial.example', { SetIdentifier: 'first', Failover: 'PRIMARY' }),
    m.alias('spare.trial.example', `s3-website.${REGION}.amazonaws.com`, 'Z3R1K369G5AVDG', {
      SetIdentifier: 'second',
      Failover: 'SECONDARY',
    }),
    set('split.trial.example', { SetIdentifier: 'on', Weight: 100 }),
    m.alias('split.trial.example', `theirs-1234567890.${REGION}.elb.amazonaws.com`, 'Z3Q77PNBQS71R4', {
      SetIdentifier: 'off',
      Weight: 0,
    }),
  ]);
  await zone(m, 'trial.example', true);
  await zone(m, 'inside.example', true);
  await m.records('private trial.example', [
    { Name: 'shop.trial.example', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '10.20.10.99' }] },
  ]);
  await m.records('private inside.example', [m.toBalancer('tool.inside.example', 'within')]);
}
