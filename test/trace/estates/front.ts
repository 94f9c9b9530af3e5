import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import type { Maker } from '../account.ts';
import { answers, balancer, ips, redirect, service } from './parts.ts';

/** A load balancer for three services by host, two certificates, and a redirect from one name to the other. */
export async function front(m: Maker) {
  await balancer(m, 'front');
  for (const name of ['shop', 'admin', 'blog']) {
    await m.group(name, { Port: 3000, HealthCheckPath: '/health' }, ips(3000));
    await service(m, name, [name]);
  }
  await m.listener('front', 80, { DefaultActions: [redirect] } as never);
  await m.listener('front', 443, { DefaultActions: [answers('404')] } as never, ['region', 'corp']);
  const host = (...Values: string[]) => ({ Field: 'host-header', HostHeaderConfig: { Values } });
  const path = (...Values: string[]) => ({ Field: 'path-pattern', PathPatternConfig: { Values } });
  await m.rule(
    'front',
    443,
    5,
    [host('www.corp.example')],
    [{ Type: 'redirect', RedirectConfig: { Host: 'corp.example', StatusCode: 'HTTP_301' } }],
  );
  await m.rule(
    'front',
    443,
    10,
    [host('shop.trial.example'), path('/admin', '/admin/*')],
    m.forward('admin'),
  );
  await m.rule('front', 443, 20, [host('shop.trial.example')], m.forward('shop'));
  await m.rule(
    'front',
    443,
    25,
    [host('near.trial.example', 'spare.trial.example', 'split.trial.example', 'chain.trial.example')],
    m.forward('shop'),
  );
  await m.rule('front', 443, 30, [host('corp.example')], m.forward('blog'));
  await m.records('trial.example', [m.toBalancer('shop.trial.example', 'front')]);
  await m.records('corp.example', [
    m.toBalancer('corp.example', 'front'),
    m.toBalancer('corp.example', 'front', { Type: 'AAAA' }),
    m.toBalancer('www.corp.example', 'front'),
  ]);
}

/** Network load balancers: to hosts of an Auto Scaling group, and in front of an application load balancer. */
export async function networks(m: Maker) {
  const ec2 = m.client(EC2Client);
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      MinCount: 2,
      MaxCount: 2,
      SubnetId: m.id('subnet', 'private-a'),
      SecurityGroupIds: [m.id('security-group', 'hosts')],
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'autoscaling:groupName', Value: 'hosts' }] },
      ],
    }),
  );
  await balancer(m, 'wire', { type: 'network' });
  await m.group(
    'hosts',
    { Protocol: 'TCP', Port: 443, TargetType: 'instance' },
    Instances.map(({ InstanceId }) => ({ Id: InstanceId, Port: 443 })),
  );
  await m.listener('wire', 443, { Protocol: 'TCP', DefaultActions: m.forward('hosts') } as never);
  await balancer(m, 'behind', { scheme: 'internal', groups: ['inside'] });
  await m.group('behind', { Port: 3000 }, ips(3000));
  await service(m, 'behind', ['behind']);
  await m.listener('behind', 80, { DefaultActions: m.forward('behind') } as never);
  await m.listener('behind', 443, { DefaultActions: m.forward('behind') } as never, ['region']);
  await balancer(m, 'fixed', { type: 'network' });
  await m.group('to-behind', { Protocol: 'TCP', Port: 443, TargetType: 'alb' }, [
    { Id: m.id('load-balancer', 'behind'), Port: 443 },
  ]);
  await m.group('to-behind-plain', { Protocol: 'TCP', Port: 80, TargetType: 'alb' }, [
    { Id: m.id('load-balancer', 'behind'), Port: 80 },
  ]);
  await m.listener('fixed', 443, { Protocol: 'TCP', DefaultActions: m.forward('to-behind') } as never);
  await balancer(m, 'ended', { type: 'network' });
  await m.listener('ended', 443, { Protocol: 'TLS', DefaultActions: m.forward('to-behind-plain') } as never, [
    'region',
  ]);
  await m.records('trial.example', [
    m.toBalancer('wire.trial.example', 'wire'),
    m.toBalancer('fixed.trial.example', 'fixed'),
    m.toBalancer('ended.trial.example', 'ended'),
  ]);
}
