import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  type Action,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { each, type Made } from './made.ts';

/** What a listener or a rule does: forwards to a target group of the description, redirects, or answers by itself. */
export type BalancerAction = { forward: string } | { redirect: string } | { answer: number };

interface Rule {
  hosts?: string[];
  paths?: string[];
  to: BalancerAction;
}

export interface BalancerDescription {
  /** Issued certificates by their domain, or by another name where they say their domain; those of CloudFront are elsewhere. */
  certificates?: Record<string, { domain?: string; alternatives?: string[]; region?: string }>;
  targetGroups?: Record<
    string,
    /** Targets as addresses, with a port where it is not the group's: `10.0.2.7:3000`. */
    { vpc: string; targets?: string[] } & Omit<Partial<CreateTargetGroupCommandInput>, 'Name' | 'VpcId'>
  >;
  loadBalancers?: Record<
    string,
    {
      scheme?: 'internet-facing' | 'internal';
      type?: 'application' | 'network';
      subnets: string[];
      securityGroups?: string[];
      listeners?: { port: number; certificate?: string; to: BalancerAction; rules?: Rule[] }[];
    }
  >;
}

export async function seedCertificates(made: Made, { certificates }: BalancerDescription): Promise<void> {
  await each(certificates, async (name, { domain = name, alternatives = [], region = made.region }) => {
    const command = new RequestCertificateCommand({
      DomainName: domain,
      ValidationMethod: 'DNS',
      ...(alternatives.length > 0 && { SubjectAlternativeNames: alternatives }),
    });
    const acm = made.client(ACMClient, region);
    made.keep('certificate', name, (await acm.send(command)).CertificateArn);
  });
}

export async function seedBalancers(made: Made, description: BalancerDescription): Promise<void> {
  const elb = made.client(ElasticLoadBalancingV2Client);
  await each(description.targetGroups, async (Name, { vpc, targets, ...input }) => {
    const VpcId = made.id('vpc', vpc);
    const command = new CreateTargetGroupCommand({ Protocol: 'HTTP', Port: 80, ...input, Name, VpcId });
    const TargetGroupArn = made.keep(
      'target-group',
      Name,
      (await elb.send(command)).TargetGroups?.[0]?.TargetGroupArn,
    );
    const Targets = targets?.map((target) => {
      const [Id = '', port] = target.split(':');
      return { Id, ...(port !== undefined && { Port: Number(port) }) };
    });
    if (Targets) await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
  });
  await each(
    description.loadBalancers,
    async (Name, { scheme, type, subnets, securityGroups, listeners = [] }) => {
      const command = new CreateLoadBalancerCommand({
        Name,
        Scheme: scheme ?? 'internet-facing',
        Type: type ?? 'application',
        Subnets: made.ids('subnet', subnets),
        SecurityGroups: made.ids('security-group', securityGroups),
      });
      const balancer = (await elb.send(command)).LoadBalancers?.[0];
      made.keep('load-balancer', Name, balancer?.LoadBalancerArn);
      made.keep('load-balancer-dns', Name, balancer?.DNSName);
      made.keep('load-balancer-zone', Name, balancer?.CanonicalHostedZoneId);
      for (const listener of listeners) await listen(made, Name, type === 'network', listener);
    },
  );
}

type Listener = NonNullable<NonNullable<BalancerDescription['loadBalancers']>[string]['listeners']>[number];

async function listen(
  made: Made,
  balancer: string,
  isNetwork: boolean,
  { port, certificate, to, rules = [] }: Listener,
): Promise<void> {
  const elb = made.client(ElasticLoadBalancingV2Client);
  const plain = isNetwork ? 'TCP' : 'HTTP';
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: made.id('load-balancer', balancer),
      Port: port,
      Protocol: certificate === undefined ? plain : isNetwork ? 'TLS' : 'HTTPS',
      ...(certificate !== undefined && {
        Certificates: [{ CertificateArn: made.id('certificate', certificate) }],
      }),
      DefaultActions: [action(made, to)],
    }),
  );
  const ListenerArn = made.keep('listener', `${balancer} ${port}`, Listeners?.[0]?.ListenerArn);
  for (const [index, { hosts, paths, to: target }] of rules.entries()) {
    const Conditions: RuleCondition[] = [
      ...(hosts ? [{ Field: 'host-header', HostHeaderConfig: { Values: hosts } }] : []),
      ...(paths ? [{ Field: 'path-pattern', PathPatternConfig: { Values: paths } }] : []),
    ];
    const Actions = [action(made, target)];
    await elb.send(new CreateRuleCommand({ ListenerArn, Priority: index + 1, Conditions, Actions }));
  }
}

function action(made: Made, to: BalancerAction): Action {
  if ('forward' in to) return { Type: 'forward', TargetGroupArn: made.id('target-group', to.forward) };
  if ('redirect' in to)
    return {
      Type: 'redirect',
      RedirectConfig: { Protocol: to.redirect, Port: '443', StatusCode: 'HTTP_301' },
    };
  return {
    Type: 'fixed-response',
    FixedResponseConfig: { StatusCode: String(to.answer), ContentType: 'text/plain', MessageBody: '-' },
  };
}
