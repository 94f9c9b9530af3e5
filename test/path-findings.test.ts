import { expect, test } from 'vitest';
import { judge } from '#judge/judge.ts';
import { rules } from '#judge/rules/all.generated.ts';
import { estate, misset, read } from '#judge/test-estate.ts';
import type { Json, Kind } from '#model/fact.ts';
import type { Observation } from '#model/lookup.ts';
import type { Relation, Resource } from '#model/resource.ts';
import { Graph } from '#reconcile/trace/graph.ts';
import { trace } from '#reconcile/trace/trace.ts';

const ELB = 'AWS::ElasticLoadBalancingV2';
const DNS_NAME = 'quay-1.eu-west-1.elb.amazonaws.com';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/quay';

const observed = (
  kind: Kind,
  name: string,
  properties: Record<string, Json>,
  {
    region = 'eu-west-1',
    otherNames = [] as string[],
    ...parts
  }: Partial<Resource> & { otherNames?: string[] } = {},
): Resource => {
  const evidence = read(`read ${kind.split('::').at(-1)}`);
  const own = { kind, name, region, account: '111122223333', properties, environments: ['prod'] };
  return {
    ...own,
    id: name,
    key: `constat:${kind}::${name}`,
    provider: 'aws',
    status: 'verified',
    declared: [],
    observed: [evidence],
    drift: [],
    facts: [{ ...own, source: 'aws', sort: 'observed', nameStatus: 'literal', evidence, otherNames }],
    ...parts,
  };
};

const resources = [
  observed(
    'AWS::CloudFront::Distribution',
    'E2QUAY',
    {
      enabled: true,
      domainName: 'd111111abcdef8.cloudfront.net',
      aliases: ['quay.example'],
      certificate: CERTIFICATE,
      behaviours: [{ path: '*', origin: 'o', viewerProtocolPolicy: 'redirect-to-https', forwardsHost: true }],
      origins: [{ id: 'o', domainName: DNS_NAME, protocolPolicy: 'https-only', ports: [80, 443] }],
    },
    { otherNames: ['d111111abcdef8.cloudfront.net', 'quay.example'] },
  ),
  observed(
    'AWS::CertificateManager::Certificate',
    CERTIFICATE,
    { domainName: 'quay.example', status: 'ISSUED', notAfter: '2027-06-01T00:00:00Z' },
    { region: 'us-east-1' },
  ),
  observed(
    `${ELB}::LoadBalancer`,
    'quay',
    { state: 'active', scheme: 'internet-facing', dnsName: DNS_NAME },
    { otherNames: [DNS_NAME] },
  ),
  observed(`${ELB}::Listener`, 'quay:80', {
    port: 80,
    protocol: 'HTTP',
    defaultActions: [{ type: 'forward', targetGroups: ['berths-group'], targetGroup: 'berths-group' }],
  }),
  observed(`${ELB}::TargetGroup`, 'berths-group', {
    port: 8080,
    protocol: 'HTTP',
    targetType: 'ip',
    targets: [{ id: '10.0.0.1', port: 8080, state: 'unhealthy', reason: 'Target.Timeout' }],
  }),
  observed('AWS::ECS::Service', 'berths', {
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 0,
    pendingCount: 0,
    rolloutState: 'FAILED',
    taskDefinition: 'berths:7',
    stoppedTasks: [{ stoppedReason: 'CannotPullContainerError: harbour/berths:1.4.2: not found' }],
  }),
];

const related = (from: string, type: string, to: string): Relation => ({ from, type, to, evidence: [] });
const relations = [
  related('quay:80', 'part-of', 'quay'),
  related('berths-group', 'part-of', 'quay'),
  related('berths', 'registers-in', 'berths-group'),
];

const listed = ([`${ELB}::Listener`, `${ELB}::ListenerRule`, `${ELB}::TargetGroup`] as const).map((kind) => ({
  source: 'aws' as const,
  kind,
  account: '111122223333',
  region: 'eu-west-1',
}));
const observations: Observation[] = [
  { source: 'aws', account: '111122223333', regions: ['eu-west-1'], kinds: new Set(), lookups: listed },
];

const { path } = trace('https://quay.example/', new Graph(resources, relations, observations));
const judgement = judge(estate({ resources, relations, paths: [path] }), rules, (rule, error) => {
  throw new Error(rule, { cause: error });
});
const ofPath = judgement.drafts.filter(({ rule }) => !rule.startsWith('resource-'));

const PULL = '`CannotPullContainerError: harbour/berths:1.4.2: not found`';
const EXPLAINED = `Explained by: the image that is asked for is not there: ${PULL} (\`berths\`).`;

test('what is wrong on a path is told as roots with what follows, and as what is explained by them', () => {
  expect(path.hops.map(({ role }) => role)).toEqual([
    'dns',
    'cdn',
    'load-balancer',
    'target-group',
    'service',
    'container',
  ]);
  const told = ofPath.map(({ rule, severity, message }) => `${severity} ${rule}: ${message.en}`);
  expect(told).toEqual([
    'critical listener-missing: No listener on 443. What follows: `https-only` towards an origin without a listener on 443.',
    `high image-pull-failing: The image that is asked for is not there: ${PULL}. What follows: 0 of 2 desired tasks running; 0 healthy targets of 1 (\`Target.Timeout\`); deployment failed.`,
    `medium deployment-failed: Deployment failed. ${EXPLAINED}`,
    'medium listener-forwards-http: Port 80 forwards instead of redirecting.',
    'medium origin-protocol-mismatch: `https-only` towards an origin without a listener on 443. Explained by: no listener on 443 (`quay`).',
    `medium service-short-of-tasks: The service wants 2 tasks and has 0; its deployment has failed; last stop: ${PULL}. ${EXPLAINED}`,
    `medium targets-unhealthy: 1 target fails the health check (\`Target.Timeout\`), of 1 registered. ${EXPLAINED}`,
  ]);
});

test('texts are well set in both languages, and each cites what was read', () => {
  for (const { title, message, evidence } of ofPath) {
    expect(misset(title)).toBeUndefined();
    expect(misset(message)).toBeUndefined();
    expect(evidence).not.toEqual([]);
  }
});

test('what nobody could look at is counted, and told of no rule that found something', () => {
  expect(judgement.unknown.filter(({ rule }) => rule === 'dns-record-missing')).toMatchObject([
    { subjects: 1 },
  ]);
});
