import {
  type CacheBehavior,
  CloudFrontClient,
  CreateDistributionCommand,
  type DistributionConfig,
  type Origin,
} from '@aws-sdk/client-cloudfront';
import {
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  type CreateListenerCommandInput,
  CreateRuleCommand,
  type CreateRuleCommandInput,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ChangeResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { Made } from '../aws/seed/made.ts';
import type { AccountDescription } from '../aws/seed.ts';

export const ACCOUNT = '640271958833';
export const REGION = 'eu-west-3';

/** One network for all: subnets with an internet gateway, with a NAT gateway, and without a way out. */
export const base: AccountDescription = {
  roles: {
    execution: {
      trust: 'ecs-tasks.amazonaws.com',
      attached: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'],
    },
    function: { trust: 'lambda.amazonaws.com' },
  },
  vpcs: {
    trial: {
      cidr: '10.20.0.0/16',
      subnets: {
        'public-a': { cidr: '10.20.0.0/24', zone: 'a', routes: 'public' },
        'public-b': { cidr: '10.20.1.0/24', zone: 'b', routes: 'public' },
        'private-a': { cidr: '10.20.10.0/24', zone: 'a', routes: 'private' },
        'private-b': { cidr: '10.20.11.0/24', zone: 'b', routes: 'private' },
      },
      routeTables: { public: { internet: true }, private: { nat: 'nat' } },
      nats: { nat: { subnet: 'public-a' } },
      securityGroups: {
        open: {
          ingress: [
            { port: 80, from: '0.0.0.0/0' },
            { port: 443, from: '0.0.0.0/0' },
          ],
        },
        inside: { ingress: [{ port: [0, 65_535], from: '10.20.0.0/16' }] },
        hosts: {
          ingress: [
            { port: [0, 65_535], from: '10.20.0.0/16' },
            { port: 443, from: '0.0.0.0/0' },
          ],
        },
      },
    },
  },
  certificates: {
    edge: { domain: 'trial.example', alternatives: ['*.trial.example'], region: 'us-east-1' },
    region: { domain: 'trial.example', alternatives: ['*.trial.example'] },
    corp: { domain: 'corp.example', alternatives: ['www.corp.example'] },
  },
  buckets: {
    'trial-static': { publicAccessBlock: true },
    'trial-failover': { publicAccessBlock: true },
    'site.trial.example': {},
  },
  functions: { items: { role: 'function' }, page: { role: 'function' } },
  repositories: { app: { images: [['1.0']] }, proxy: { images: [['1.0']] } },
};

const group = 'target-group';

/** Makes what the description of tests has no words for. */
export class Maker extends Made {
  get elb() {
    return this.client(ElasticLoadBalancingV2Client);
  }

  /** A target group with its targets. */
  async group(
    Name: string,
    input: Partial<CreateTargetGroupCommandInput>,
    Targets: TargetDescription[] = [],
  ) {
    const { TargetGroups } = await this.elb.send(
      new CreateTargetGroupCommand({
        Protocol: 'HTTP',
        Port: 80,
        VpcId: this.id('vpc', 'trial'),
        TargetType: 'ip',
        ...input,
        Name,
      }),
    );
    const TargetGroupArn = this.keep(group, Name, TargetGroups?.[0]?.TargetGroupArn);
    if (Targets.length > 0) await this.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    return TargetGroupArn;
  }

  async listener(
    balancer: string,
    Port: number,
    input: Omit<CreateListenerCommandInput, 'LoadBalancerArn' | 'Port'>,
    certificates: string[] = [],
  ) {
    const [first, ...others] = certificates.map((one) => ({ CertificateArn: this.id('certificate', one) }));
    const { Listeners } = await this.elb.send(
      new CreateListenerCommand({
        Protocol: first ? 'HTTPS' : 'HTTP',
        ...input,
        LoadBalancerArn: this.id('load-balancer', balancer),
        Port,
        ...(first && { Certificates: [first] }),
      }),
    );
    const ListenerArn = this.keep('listener', `${balancer} ${Port}`, Listeners?.[0]?.ListenerArn);
    if (others.length > 0)
      await this.elb.send(new AddListenerCertificatesCommand({ ListenerArn, Certificates: others }));
  }

  async rule(
    balancer: string,
    Port: number,
    Priority: number,
    Conditions: CreateRuleCommandInput['Conditions'],
    Actions: CreateRuleCommandInput['Actions'],
  ) {
    const ListenerArn = this.id('listener', `${balancer} ${Port}`);
    await this.elb.send(new CreateRuleCommand({ ListenerArn, Priority, Conditions, Actions }));
  }

  forward(...names: string[]) {
    const [only, ...others] = names;
    return others.length === 0
      ? [{ Type: 'forward' as const, TargetGroupArn: this.id(group, only ?? '') }]
      : [
          {
            Type: 'forward' as const,
            ForwardConfig: {
              TargetGroups: names.map((name, index) => ({
                TargetGroupArn: this.id(group, name),
                Weight: index === 0 ? 100 : 0,
              })),
            },
          },
        ];
  }

  async distribution(
    name: string,
    aliases: string[],
    origins: Origin[],
    { behaviours = [], ...input }: { behaviours?: CacheBehavior[] } & Partial<DistributionConfig> = {},
  ) {
    const { Distribution } = await this.client(CloudFrontClient).send(
      new CreateDistributionCommand({
        DistributionConfig: {
          CallerReference: name,
          Comment: name,
          Enabled: true,
          Aliases: { Quantity: aliases.length, Items: aliases },
          ViewerCertificate: {
            CloudFrontDefaultCertificate: false,
            ACMCertificateArn: this.id('certificate', 'edge'),
            SSLSupportMethod: 'sni-only',
            MinimumProtocolVersion: 'TLSv1.2_2021',
          },
          Origins: { Quantity: origins.length, Items: origins },
          DefaultCacheBehavior: behaviour(origins[0]?.Id ?? ''),
          ...(behaviours.length > 0 && {
            CacheBehaviors: { Quantity: behaviours.length, Items: behaviours },
          }),
          ...input,
        },
      }),
    );
    this.keep('distribution', name, Distribution?.Id);
    this.keep('distribution-dns', name, Distribution?.DomainName);
  }

  async records(zone: string, sets: ResourceRecordSet[]) {
    await this.client(Route53Client).send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: this.id('zone', zone),
        ChangeBatch: {
          Changes: sets.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })),
        },
      }),
    );
  }

  alias(
    Name: string,
    DNSName: string,
    HostedZoneId: string,
    more: Partial<ResourceRecordSet> = {},
  ): ResourceRecordSet {
    return {
      Name,
      Type: 'A',
      AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth: false },
      ...more,
    };
  }

  toDistribution = (Name: string, name: string, more: Partial<ResourceRecordSet> = {}) =>
    this.alias(Name, this.id('distribution-dns', name), 'Z2FDTNDATAQYW2', more);

  toBalancer = (Name: string, name: string, more: Partial<ResourceRecordSet> = {}) =>
    this.alias(
      Name,
      `dualstack.${this.id('load-balancer-dns', name)}`,
      this.id('load-balancer-zone', name),
      more,
    );
}

/** Settings of the older form: whether the `Host` of the viewer is sent on. */
export const behaviour = (TargetOriginId: string, sendsHost = false): CacheBehavior => ({
  PathPattern: '*',
  TargetOriginId,
  ViewerProtocolPolicy: 'redirect-to-https',
  MinTTL: 0,
  ForwardedValues: {
    QueryString: false,
    Cookies: { Forward: 'none' },
    ...(sendsHost && { Headers: { Quantity: 1, Items: ['Host'] } }),
  },
});

export const custom = (
  Id: string,
  DomainName: string,
  policy = 'https-only',
  more: Partial<Origin> = {},
): Origin => ({
  Id,
  DomainName,
  CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: policy as never },
  ...more,
});

export const bucket = (Id: string, name: string): Origin => ({
  Id,
  DomainName: `${name}.s3.${REGION}.amazonaws.com`,
  OriginAccessControlId: 'E2OAC',
  S3OriginConfig: { OriginAccessIdentity: '' },
});
