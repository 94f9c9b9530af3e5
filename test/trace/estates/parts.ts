import {
  CreateServiceCommand,
  type CreateServiceCommandInput,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { type Maker, REGION } from '../account.ts';

export async function zone(m: Maker, Name: string, isPrivate = false) {
  const { HostedZone } = await m.client(Route53Client).send(
    new CreateHostedZoneCommand({
      Name,
      CallerReference: `${Name} ${isPrivate}`,
      ...(isPrivate && {
        VPC: { VPCId: m.id('vpc', 'trial'), VPCRegion: REGION },
        HostedZoneConfig: { PrivateZone: true },
      }),
    }),
  );
  m.keep('zone', isPrivate ? `private ${Name}` : Name, HostedZone?.Id?.replace('/hostedzone/', ''));
}

export async function balancer(
  m: Maker,
  name: string,
  options: { type?: string; scheme?: string; groups?: string[] } = {},
) {
  const { CreateLoadBalancerCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2');
  const {
    type = 'application',
    scheme = 'internet-facing',
    groups = type === 'application' ? ['open'] : [],
  } = options;
  const side = scheme === 'internal' ? 'private' : 'public';
  const { LoadBalancers } = await m.elb.send(
    new CreateLoadBalancerCommand({
      Name: name,
      Type: type as never,
      Scheme: scheme as never,
      Subnets: m.ids('subnet', [`${side}-a`, `${side}-b`]),
      SecurityGroups: m.ids('security-group', groups),
    }),
  );
  const made = LoadBalancers?.[0];
  m.keep('load-balancer', name, made?.LoadBalancerArn);
  m.keep('load-balancer-dns', name, made?.DNSName);
  m.keep('load-balancer-zone', name, made?.CanonicalHostedZoneId);
}

interface Task extends Partial<RegisterTaskDefinitionCommandInput> {
  service?: Partial<CreateServiceCommandInput>;
}

export async function service(
  m: Maker,
  name: string,
  groups: string[],
  { service: own, ...definition }: Task = {},
) {
  const ecs = m.client(ECSClient);
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: m.id('role', 'execution'),
      containerDefinitions: [
        { name: 'app', image: `${m.id('repository', 'app')}:1.0`, portMappings: [{ containerPort: 3000 }] },
      ],
      ...definition,
    }),
  );
  const { service: made } = await ecs.send(
    new CreateServiceCommand({
      cluster: 'trial',
      serviceName: name,
      taskDefinition: name,
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: m.ids('subnet', ['private-a', 'private-b']),
          securityGroups: m.ids('security-group', ['inside']),
        },
      },
      loadBalancers: groups.map((group) => ({
        targetGroupArn: m.id('target-group', group),
        containerName: 'app',
        containerPort: 3000,
      })),
      ...own,
    }),
  );
  m.keep('service', name, made?.serviceArn);
}

export const ips = (port: number) => [
  { Id: '10.20.10.21', Port: port },
  { Id: '10.20.11.22', Port: port },
];

export const redirect = {
  Type: 'redirect' as const,
  RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const },
};

export const answers = (StatusCode: string) => ({
  Type: 'fixed-response' as const,
  FixedResponseConfig: { StatusCode },
});
