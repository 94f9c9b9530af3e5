import type { Fact, Json } from '#model/fact.ts';

type Properties = Record<string, Json>;

/** Something that is wrong with the sound account. */
export type Fault = {
  url: string;
  what: string;
  /** The kind without its service, and which of them. */
  at: [kind: string, isMeant: (fact: Fact) => boolean];
  /** What has to be blamed: the check at the role of where it stands. */
  blamed: string[];
  unknown?: string[];
} & ({ gone: true } | { set: (properties: Properties) => Properties });

const named =
  (name: string) =>
  (fact: Fact): boolean =>
    fact.name === name || fact.name.startsWith(`${name} `);
const commented =
  (comment: string) =>
  ({ properties }: Fact): boolean =>
    properties?.comment === comment;
const called =
  (name: string) =>
  ({ properties }: Fact): boolean =>
    properties?.name === name;

const objects = (value: Json | undefined) => (Array.isArray(value) ? value : []) as Properties[];
const each = (value: Json | undefined, change: Properties): Json =>
  objects(value).map((one) => ({ ...one, ...change }));

const unhealthy = ({ targets }: Properties) => ({
  targets: each(targets, { state: 'unhealthy', reason: 'Target.Timeout' }),
});

export const FAULTS: Fault[] = [
  {
    url: 'https://static.trial.example/',
    what: 'the distribution no longer bears the name',
    at: ['Distribution', commented('static')],
    set: () => ({ aliases: [] }),
    blamed: ['cdn-alias-missing at cdn'],
  },
  {
    url: 'https://static.trial.example/',
    what: 'the distribution is switched off',
    at: ['Distribution', commented('static')],
    set: () => ({ enabled: false }),
    blamed: ['cdn-disabled at cdn'],
  },
  {
    url: 'https://static.trial.example/',
    what: 'the policy of the bucket is for another distribution',
    at: ['Bucket', named('trial-static')],
    set: () => ({ readingDistributions: ['arn:aws:cloudfront::640271958833:distribution/EOTHER'] }),
    blamed: ['bucket-unreadable at bucket'],
  },
  {
    url: 'https://web.trial.example/',
    what: 'the website behind the distribution is closed to the public',
    at: ['Bucket', named('site.trial.example')],
    set: () => ({ publicPolicy: false }),
    blamed: ['bucket-not-public at bucket'],
  },
  {
    url: 'https://api.trial.example/',
    what: 'the stage of the mapping is gone',
    at: ['Api', called('items')],
    set: () => ({ stages: [{ name: 'old' }] }),
    blamed: ['api-stage-missing at api-gateway'],
  },
  {
    url: 'https://api.trial.example/',
    what: 'the function is deleted',
    at: ['Function', named('items')],
    gone: true,
    blamed: ['function-inactive at function'],
  },
  {
    url: 'https://private.trial.example/',
    what: 'the targets behind the private integration do not answer',
    at: ['TargetGroup', named('within')],
    set: unhealthy,
    blamed: ['targets-unhealthy at target-group'],
  },
  {
    url: 'https://rest.trial.example/',
    what: 'the load balancer behind the link has no listener',
    at: ['Listener', named('linked:80')],
    gone: true,
    blamed: ['listener-missing at load-balancer'],
  },
  {
    url: 'https://edge.trial.example/',
    what: 'no call of the function passes',
    at: ['Function', named('page')],
    set: () => ({ reservedConcurrentExecutions: 0 }),
    blamed: ['function-throttled at function'],
  },
  {
    url: 'https://shop.trial.example/admin/users',
    what: 'the rule for all paths comes before that for some',
    at: ['ListenerRule', ({ name }) => name.includes('path-pattern=/admin')],
    set: () => ({ priority: 40 }),
    blamed: ['listener-rule-shadowed at load-balancer'],
  },
  {
    url: 'https://corp.example/',
    what: 'the second certificate of the listener is taken away',
    at: ['Listener', named('front:443')],
    // the one that is left is the default
    set: ({ certificates }) => ({
      certificates: Array.isArray(certificates) ? certificates.slice(0, 1) : [],
      additionalCertificates: [],
    }),
    blamed: ['certificate-not-covering at certificate'],
  },
  {
    url: 'https://www.corp.example/',
    what: 'the rule of the name that is redirected to is deleted',
    at: ['ListenerRule', ({ name }) => name.endsWith('host-header=corp.example')],
    gone: true,
    blamed: ['listener-answers-itself at load-balancer'],
  },
  {
    url: 'http://shop.trial.example/',
    what: 'nothing listens on 80',
    at: ['Listener', named('front:80')],
    gone: true,
    blamed: ['listener-missing at load-balancer'],
  },
  {
    url: 'https://wire.trial.example/',
    what: 'the hosts do not answer',
    at: ['TargetGroup', named('hosts')],
    set: unhealthy,
    blamed: ['targets-unhealthy at target-group'],
  },
  {
    url: 'https://ended.trial.example/',
    what: 'the load balancer behind the other one is not active',
    at: ['LoadBalancer', named('behind')],
    set: () => ({ state: 'failed' }),
    blamed: ['load-balancer-inactive at load-balancer'],
  },
  {
    url: 'https://bridge.trial.example/',
    what: 'the container exposes no longer the port of the service',
    at: ['TaskDefinition', named('bridge')],
    set: ({ containers }) => ({ containers: each(containers, { ports: [9000] }) }),
    blamed: ['container-port-mismatch at container'],
  },
  {
    url: 'https://pods.trial.example/',
    what: 'no pod is registered',
    at: ['TargetGroup', named('k8s-pods')],
    set: () => ({ targets: [] }),
    blamed: ['target-group-empty at target-group'],
  },
  {
    url: 'https://colours.trial.example/',
    what: 'requests go to the group that has no targets',
    at: ['ListenerRule', ({ name }) => name.endsWith('host-header=colours.trial.example')],
    set: ({ actions }) => ({ actions: each(actions, { weights: [0, 100] }) }),
    blamed: ['target-group-empty at target-group'],
  },
  {
    url: 'https://app.trial.example/api/v1',
    what: 'the distribution asks in the clear, where nothing listens',
    at: ['Distribution', commented('app')],
    set: ({ origins }) => ({ origins: each(origins, { protocolPolicy: 'http-only' }) }),
    blamed: ['listener-missing at load-balancer'],
  },
  {
    url: 'https://app.trial.example/api/v1',
    what: 'the rule asks for a header that the distribution does not send',
    at: ['Distribution', commented('app')],
    set: ({ origins }) => ({ origins: each(origins, { headers: [] }) }),
    blamed: [],
    unknown: ['listener-rule-shadowed', 'listener-answers-itself'],
  },
  {
    url: 'https://inner.trial.example/',
    what: 'the load balancer inside the VPC does not listen on the port of the origin',
    at: ['Distribution', commented('inner')],
    set: ({ vpcOrigins }) => ({ vpcOrigins: each(vpcOrigins, { ports: [8080, 443] }) }),
    blamed: ['origin-protocol-mismatch at cdn'],
  },
  {
    url: 'https://text.trial.example/',
    what: 'a star answers for no name that has records of another type',
    at: ['RecordSet', named('shop.trial.example')],
    set: () => ({}),
    blamed: ['dns-record-missing at dns'],
  },
  {
    url: 'https://a.team.trial.example/',
    what: 'the name is no longer left to other servers, and the star of a distribution is for one label',
    at: ['RecordSet', named('team.trial.example')],
    gone: true,
    blamed: ['cdn-alias-missing at cdn', 'certificate-not-covering at certificate'],
  },
  {
    url: 'https://transit.trial.example/',
    what: 'the route through the other network leads nowhere',
    at: [
      'RouteTable',
      ({ properties }) => JSON.stringify(properties?.routes).includes('"0.0.0.0/0","target":"tgw'),
    ],
    set: ({ routes }) => ({
      routes: objects(routes).map((one) =>
        one.destination === '0.0.0.0/0' ? { ...one, state: 'blackhole' } : one,
      ),
    }),
    blamed: ['route-missing at network'],
  },
  {
    url: 'https://six.trial.example/',
    what: 'the subnet has no IPv6',
    at: ['Subnet', ({ properties }) => objects(properties?.ipv6CidrBlocks).length > 0],
    set: () => ({ ipv6CidrBlocks: [] }),
    blamed: ['route-missing at network'],
  },
];
