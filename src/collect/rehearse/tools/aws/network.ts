import { aroundSymbols } from '#lib/symbolic.ts';
import { lastValue, valuesOf } from '../options.ts';
import type { Named, ParsedCall } from '../tool.ts';
import { operationOf, relate, type Services } from './service.ts';

const balancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const group = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const listener = 'AWS::ElasticLoadBalancingV2::Listener';

/** A listener is named by its load balancer and its port, which an ARN of a listener does not hold. */
function listenerOf(call: ParsedCall, found: readonly Named[]): Named[] {
  const loadBalancer = found.find((named) => named.kind === balancer);
  const port = lastValue(call, 'port');
  if (operationOf(call) !== 'create-listener' || !loadBalancer || !port || !/^\d{1,5}$/.test(port)) return [];
  const to = (kind: Named['kind'], type: string) =>
    found.filter((named) => named.kind === kind).map(({ name }) => ({ type, to: { kind, name } }));
  const protocol = lastValue(call, 'protocol');
  return [
    {
      kind: listener,
      name: `${loadBalancer.name}:${port}`,
      verb: 'creates',
      properties: { port: Number(port), ...(protocol && { protocol }) },
      relations: [
        ...to(balancer, 'part-of'),
        ...to(group, 'routes-to'),
        ...to('AWS::CertificateManager::Certificate', 'uses-certificate'),
      ],
    },
  ];
}

interface RecordChange {
  Action?: unknown;
  ResourceRecordSet?: { Name?: unknown; Type?: unknown };
}

/** The records of `--change-batch`, which is JSON in the call or, once recorded, the text of its file. */
function records(call: ParsedCall): Named[] {
  return valuesOf(call, 'change-batch').flatMap((text): Named[] => {
    let changes: RecordChange[];
    try {
      const batch = JSON.parse(text) as { Changes?: unknown };
      changes = Array.isArray(batch.Changes) ? batch.Changes : [];
    } catch {
      return [];
    }
    return changes.flatMap((change): Named[] => {
      const { Name: name, Type: type } = change?.ResourceRecordSet ?? {};
      if (typeof name !== 'string' || !name) return [];
      return [
        {
          kind: 'AWS::Route53::RecordSet',
          name: name.replace(/\.$/, ''),
          ...(typeof type === 'string' && { scope: type, properties: { type } }),
          verb: change.Action === 'DELETE' ? 'deletes' : 'creates',
        },
      ];
    });
  });
}

/** Buckets named as origins: `assets.s3.amazonaws.com`, `assets.s3-website-eu-west-1.amazonaws.com`. */
const originBucket = (domain: string): Named[] =>
  aroundSymbols(domain, (hidden) => {
    const name = /^([a-z0-9.\ue000-\uf8ff-]+)\.s3[.-](?:[a-z0-9.-]+\.)?amazonaws\.com$/.exec(hidden)?.[1];
    return name ? [{ kind: 'AWS::S3::Bucket' as const, name }] : [];
  });

/** Load balancers, DNS, CDN, certificates, APIs, firewalls. */
export const network: Services = {
  elbv2: {
    options: {
      names: [
        [/target-group/, group],
        [/load-balancer/, balancer],
      ],
      name: [
        [/^create-target-group$/, group],
        [/^create-load-balancer$/, balancer],
      ],
      'load-balancer-arn': balancer,
      'load-balancer-arns': balancer,
      'target-group-arn': group,
      'target-group-arns': group,
      'security-groups': 'AWS::EC2::SecurityGroup',
      'vpc-id': 'AWS::EC2::VPC',
    },
    verbs: { 'register-targets': 'requires', 'deregister-targets': 'requires' },
    named(call, found) {
      const grouped =
        /^wait /.test(operationOf(call)) && valuesOf(call, 'names').length
          ? [...found, ...valuesOf(call, 'names').map((name): Named => ({ kind: balancer, name }))]
          : found;
      return [...relate(grouped, group, 'part-of', balancer), ...listenerOf(call, grouped)];
    },
  },
  elb: {
    options: {
      'load-balancer-name': 'AWS::ElasticLoadBalancing::LoadBalancer',
      'load-balancer-names': 'AWS::ElasticLoadBalancing::LoadBalancer',
    },
    verbs: {
      'register-instances-with-load-balancer': 'requires',
      'deregister-instances-from-load-balancer': 'requires',
    },
  },
  route53: {
    options: {
      name: [[/^create-hosted-zone$/, 'AWS::Route53::HostedZone']],
      'dns-name': [[/hosted-zones-by-name$/, 'AWS::Route53::HostedZone']],
    },
    named: (call, found) => [...found, ...records(call)],
  },
  cloudfront: {
    options: {
      'distribution-id': 'AWS::CloudFront::Distribution',
      id: [[/distribution/, 'AWS::CloudFront::Distribution']],
      'primary-distribution-id': 'AWS::CloudFront::Distribution',
    },
    verbs: { 'create-invalidation': 'requires' },
    named: (call, found) => [
      ...found.filter(
        (named) => named.kind !== 'AWS::CloudFront::Distribution' || /^E[0-9A-Z]{5,20}$|⟨/.test(named.name),
      ),
      ...valuesOf(call, 'origin-domain-name').flatMap(originBucket),
    ],
  },
  acm: {
    options: {
      'domain-name': 'AWS::CertificateManager::Certificate',
      'certificate-arn': 'AWS::CertificateManager::Certificate',
    },
    subjects: { certificate: 'AWS::CertificateManager::Certificate' },
  },
  apigateway: {
    options: { 'rest-api-id': 'AWS::ApiGateway::RestApi', 'domain-name': 'AWS::ApiGateway::DomainName' },
  },
  apigatewayv2: {
    options: { 'api-id': 'AWS::ApiGatewayV2::Api', 'domain-name': 'AWS::ApiGatewayV2::DomainName' },
  },
  wafv2: {
    options: {
      name: [[/^(?:get|create|update|delete)-web-acl$/, 'AWS::WAFv2::WebACL']],
      'web-acl-arn': 'AWS::WAFv2::WebACL',
    },
    subjects: { 'web-acl': 'AWS::WAFv2::WebACL' },
  },
  globalaccelerator: {},
};
