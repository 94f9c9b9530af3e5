import type { Json, Kind } from '#model/fact.ts';
import {
  ACCOUNT,
  Account,
  arnOf,
  BALANCER,
  CERTIFICATE,
  CLUSTER,
  DEFINITION,
  DISTRIBUTION,
  GROUP,
  IMAGE,
  LISTENER,
  LOG_GROUP,
  type Properties,
  RECORD,
  REGION,
  REPOSITORY,
  RULE,
  related,
  SERVICE,
  ZONE,
} from './test-estate.ts';

export const URL_OF_SHOP = 'https://shop.example/';
export const BALANCER_DNS = `front-1234567890.${REGION}.elb.amazonaws.com`;
export const CDN_DNS = 'd111111abcdef8.cloudfront.net';
export const CDN_CERTIFICATE = arnOf('acm', 'certificate/edge', 'us-east-1');
export const OWN_CERTIFICATE = arnOf('acm', 'certificate/own');
export const GROUP_ARN = arnOf('elasticloadbalancing', 'targetgroup/web/0123456789abcdef');
export const BALANCER_ARN = arnOf('elasticloadbalancing', 'loadbalancer/app/front/0123456789abcdef');
export const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
export const IMAGE_NAME = `${REGISTRY}/web:1.0`;

/** A record set as Route 53's collector writes it: an alias where the target is no list. */
export const record = (
  account: Account,
  name: string,
  target: string | string[],
  more: Properties = {},
  type = 'A',
): Account =>
  account.see(
    RECORD,
    name,
    {
      type,
      hostedZoneId: 'Z1',
      privateZone: false,
      ...(typeof target === 'string' ? { aliasTarget: target } : { resourceRecords: target }),
      ...more,
    },
    { scope: type, relations: [related('part-of', ZONE, 'shop.example')] },
  );

export const zone = (account: Account, name: string, id: string, more: Properties = {}): Account =>
  account.see(ZONE, name, { id, privateZone: false, ...more }, { otherNames: [id] });

export const certificate = (account: Account, arn: string, names: string[], more: Properties = {}): Account =>
  account.see(
    CERTIFICATE,
    names[0] ?? '',
    {
      domainName: names[0] ?? '',
      subjectAlternativeNames: names,
      status: 'ISSUED',
      notAfter: '2027-06-01T00:00:00.000Z',
      ...more,
    },
    { arn, region: arn.split(':')[3] ?? '', otherNames: [...names] },
  );

export const behaviour = (path: string, origin: string, more: Properties = {}): Properties => ({
  path,
  origin,
  viewerProtocolPolicy: 'redirect-to-https',
  forwardsHost: true,
  ...(path === '*' && { isDefault: true }),
  ...more,
});
export const customOrigin = (domainName: string, more: Properties = {}): Properties => ({
  id: 'front',
  domainName,
  protocolPolicy: 'https-only',
  ports: [80, 443],
  ...more,
});

export const distribution = (
  account: Account,
  name: string,
  domainName: string,
  properties: Properties,
): Account =>
  account.see(
    DISTRIBUTION,
    name,
    { domainName, enabled: true, ...properties },
    {
      arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/${name}`,
      otherNames: [domainName, ...((properties.aliases ?? []) as string[])],
    },
  );

export const balancer = (account: Account, name: string, dnsName: string, more: Properties = {}): Account =>
  account.see(
    BALANCER,
    name,
    {
      type: 'application',
      scheme: 'internet-facing',
      state: 'active',
      dnsName,
      canonicalHostedZoneId: 'Z3Q77PNBQS71R4',
      availabilityZones: ['eu-west-3a', 'eu-west-3b'],
      ...more,
    },
    {
      arn: arnOf('elasticloadbalancing', `loadbalancer/app/${name}/0123456789abcdef`),
      otherNames: [dnsName],
    },
  );

export const forward = (...arns: string[]): Properties => ({ type: 'forward', targetGroupArns: arns });
export const weighted = (weights: Record<string, number>): Properties => ({
  ...forward(...Object.keys(weights)),
  weights: Object.values(weights),
});
export const redirect = (more: Properties = {}): Properties => ({
  type: 'redirect',
  protocol: 'HTTPS',
  port: '443',
  host: '#{host}',
  path: '/#{path}',
  statusCode: 'HTTP_301',
  ...more,
});
export const answer = (statusCode: string): Properties => ({ type: 'fixed-response', statusCode });

export const listener = (
  account: Account,
  of: string,
  port: number,
  protocol: string,
  actions: Properties[],
  certificates: string[] = [],
): Account =>
  account.see(
    LISTENER,
    `${of}:${port}`,
    { port, protocol, certificates, defaultActions: actions },
    {
      arn: arnOf('elasticloadbalancing', `listener/app/${of}/0123456789abcdef/${port}`),
      relations: [
        related('part-of', BALANCER, of),
        ...certificates.map((arn) => related('uses-certificate', CERTIFICATE, arn)),
        ...toGroups(actions),
      ],
    },
  );

/** Conditions as the collector writes them: `path-pattern=/api/*`. */
export const rule = (
  account: Account,
  of: string,
  priority: number,
  conditions: string[],
  actions: Properties[],
  more: Properties = {},
): Account =>
  account.see(
    RULE,
    [of, ...conditions].join(' '),
    { priority, conditions, actions, ...more },
    {
      arn: arnOf('elasticloadbalancing', `listener-rule/app/${of}/${priority}`),
      relations: [related('part-of', LISTENER, of), ...toGroups(actions)],
    },
  );

const toGroups = (actions: readonly Properties[]) =>
  actions.flatMap(({ targetGroupArns }) =>
    ((targetGroupArns ?? []) as string[]).map((arn) => related('routes-to', GROUP, arn)),
  );

export const target = (id: string, port: number, state: string, more: Properties = {}): Properties => ({
  id,
  port,
  state,
  zone: 'eu-west-3a',
  ...more,
});

export const group = (
  account: Account,
  name: string,
  targets: Json,
  more: Properties = {},
  balancers: string[] = ['front'],
): Account =>
  account.see(
    GROUP,
    name,
    {
      port: 80,
      protocol: 'HTTP',
      targetType: 'ip',
      healthCheckPath: '/health',
      healthCheckPort: 'traffic-port',
      healthCheckIntervalSeconds: 30,
      unhealthyThresholdCount: 3,
      matcher: '200',
      loadBalancers: balancers,
      targets,
      ...more,
    },
    {
      arn: arnOf('elasticloadbalancing', `targetgroup/${name}/0123456789abcdef`),
      relations: balancers.map((one) => related('part-of', BALANCER, one)),
    },
  );

export const service = (account: Account, name: string, more: Properties = {}, arns = [GROUP_ARN]): Account =>
  account.see(
    SERVICE,
    name,
    {
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 2,
      launchType: 'FARGATE',
      taskDefinition: 'web:7',
      rolloutState: 'COMPLETED',
      circuitBreaker: true,
      healthCheckGracePeriodSeconds: 60,
      loadBalancers: arns.map((targetGroupArn) => ({
        targetGroupArn,
        containerName: 'web',
        containerPort: 3000,
      })),
      ...more,
    },
    {
      scope: 'shop',
      arn: arnOf('ecs', `service/shop/${name}`),
      relations: [
        related('runs-in', CLUSTER, 'shop'),
        related('uses-task-definition', DEFINITION, 'web'),
        ...arns.map((arn) => related('registers-in', GROUP, arn)),
      ],
    },
  );

export const container = (more: Properties = {}): Properties => ({
  name: 'web',
  image: IMAGE_NAME,
  ports: [3000],
  logging: { driver: 'awslogs', group: '/ecs/web', region: REGION },
  ...more,
});

/** A sound shop: a name, a distribution, a load balancer, a service with its image and its logs; port 80 redirects. */
export function shop(): Account {
  const account = new Account();
  zone(account, 'shop.example', 'Z1');
  for (const name of ['shop.example', 'www.shop.example']) record(account, name, CDN_DNS);
  distribution(account, 'E1SHOP', CDN_DNS, {
    aliases: ['shop.example', 'www.shop.example'],
    certificate: CDN_CERTIFICATE,
    defaultCertificate: false,
    origins: [customOrigin(BALANCER_DNS)],
    behaviours: [behaviour('*', 'front')],
  });
  certificate(account, CDN_CERTIFICATE, ['shop.example', 'www.shop.example']);
  behindTheEdge(account);
  return account;
}

/** The same without a distribution: the name leads to the load balancer itself. */
export function plainShop(): Account {
  const account = new Account();
  zone(account, 'shop.example', 'Z1');
  record(account, 'shop.example', BALANCER_DNS);
  behindTheEdge(account);
  return account;
}

function behindTheEdge(account: Account): void {
  certificate(account, OWN_CERTIFICATE, ['*.shop.example', 'shop.example']);
  balancer(account, 'front', BALANCER_DNS);
  listener(account, 'front', 80, 'HTTP', [redirect()]);
  listener(account, 'front', 443, 'HTTPS', [forward(GROUP_ARN)], [OWN_CERTIFICATE]);
  group(account, 'web', [target('10.0.10.4', 3000, 'healthy'), target('10.0.11.4', 3000, 'healthy')]);
  account.see(CLUSTER, 'shop', { status: 'ACTIVE' }, { arn: arnOf('ecs', 'cluster/shop') });
  service(account, 'web');
  account.see(
    DEFINITION,
    'web',
    { revision: 7, latestRevision: 7, networkMode: 'awsvpc', containers: [container()] },
    {
      arn: arnOf('ecs', 'task-definition/web'),
      relations: [related('uses-image', IMAGE, IMAGE_NAME)],
    },
  );
  account.see(
    REPOSITORY,
    'web',
    { tags: ['1.0'] },
    { arn: arnOf('ecr', 'repository/web'), otherNames: [`${REGISTRY}/web`] },
  );
  account.see(IMAGE, IMAGE_NAME, { pushedAt: '2026-11-20T08:00:00.000Z', architectures: ['amd64'] });
  account.see(LOG_GROUP, '/ecs/web', { retentionInDays: 30 }, { arn: arnOf('logs', 'log-group:/ecs/web') });
}

export const kindsOnPath: readonly Kind[] = [RECORD, DISTRIBUTION, BALANCER, GROUP, SERVICE, DEFINITION];
