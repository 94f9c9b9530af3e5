import type { Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Resource } from '#model/resource.ts';
import type { Graph, Near } from '../graph.ts';
import type { Absent } from '../hop.ts';

export const DISTRIBUTION: Kind = 'AWS::CloudFront::Distribution';
export const BALANCER: Kind = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const BUCKET: Kind = 'AWS::S3::Bucket';
const FUNCTION: Kind = 'AWS::Lambda::Function';

/** A sort of domain name that a provider gives: what it stands for, and where it is. */
interface ProviderName {
  pattern: RegExp;
  kind: Kind;
  role: string;
  /** Where the pattern finds the region, and the name of the thing, in its groups. */
  region?: number;
  name?: number;
}

/**
 * “DNS name” of the Elastic Load Balancing user guides; “Alternate domain names” of CloudFront's; “Website endpoints” and
 * “Virtual-hosted-style requests” of Amazon S3's; “Invoking REST APIs” of API Gateway's; “Function URLs” of Lambda's;
 * the guides of AWS App Runner, AWS Elastic Beanstalk, AWS Amplify, AWS Global Accelerator and AWS AppSync on custom
 * domain names.
 */
const PROVIDER_NAMES: readonly ProviderName[] = [
  {
    pattern:
      /^(?:dualstack\.)?(?:internal-)?([a-z0-9-]{1,32})-\d{1,12}\.([a-z0-9-]{1,30})\.elb\.amazonaws\.com(?:\.cn)?$/,
    kind: BALANCER,
    role: 'load-balancer',
    name: 1,
    region: 2,
  },
  {
    pattern: /^([a-z0-9-]{1,32})-[0-9a-f]{16}\.elb\.([a-z0-9-]{1,30})\.amazonaws\.com(?:\.cn)?$/,
    kind: BALANCER,
    role: 'load-balancer',
    name: 1,
    region: 2,
  },
  { pattern: /^[a-z0-9]{9,20}\.cloudfront\.(?:net|cn)$/, kind: DISTRIBUTION, role: 'cdn' },
  {
    pattern: /^s3-website[.-]([a-z0-9-]{1,30})\.amazonaws\.com(?:\.cn)?$/,
    kind: BUCKET,
    role: 'bucket',
    region: 1,
  },
  {
    pattern: /^([a-z0-9.-]{3,63})\.s3-website[.-]([a-z0-9-]{1,30})\.amazonaws\.com(?:\.cn)?$/,
    kind: BUCKET,
    role: 'bucket',
    name: 1,
    region: 2,
  },
  {
    pattern: /^([a-z0-9.-]{3,63})\.s3[.-](?:dualstack\.)?(?:([a-z0-9-]{1,30})\.)?amazonaws\.com(?:\.cn)?$/,
    kind: BUCKET,
    role: 'bucket',
    name: 1,
    region: 2,
  },
  {
    pattern: /^([a-z0-9]{8,12})\.execute-api\.([a-z0-9-]{1,30})\.amazonaws\.com(?:\.cn)?$/,
    kind: 'AWS::ApiGateway::RestApi',
    role: 'api-gateway',
    name: 1,
    region: 2,
  },
  {
    pattern: /^d-[a-z0-9]{8,12}\.execute-api\.([a-z0-9-]{1,30})\.amazonaws\.com(?:\.cn)?$/,
    kind: 'AWS::ApiGateway::DomainName',
    role: 'api-gateway',
    region: 1,
  },
  {
    pattern: /^[a-z0-9]{16,40}\.lambda-url\.([a-z0-9-]{1,30})\.on\.aws$/,
    kind: FUNCTION,
    role: 'function',
    region: 1,
  },
  {
    pattern: /^[a-z0-9]{8,16}\.([a-z0-9-]{1,30})\.awsapprunner\.com$/,
    kind: 'AWS::AppRunner::Service',
    role: 'server',
    region: 1,
  },
  {
    pattern: /^(?:[a-z0-9-]{1,63}\.){1,2}([a-z]{2}(?:-[a-z]{1,12}){1,2}-\d)\.elasticbeanstalk\.com$/,
    kind: 'AWS::ElasticBeanstalk::Environment',
    role: 'server',
    region: 1,
  },
  {
    pattern: /^(?:[a-z0-9-]{1,63}\.)?(d[a-z0-9]{8,16})\.amplifyapp\.com$/,
    kind: 'AWS::Amplify::App',
    role: 'server',
    name: 1,
  },
  {
    pattern: /^[a-z0-9]{10,32}(?:\.dualstack)?\.awsglobalaccelerator\.com$/,
    kind: 'AWS::GlobalAccelerator::Accelerator',
    role: 'server',
  },
  {
    pattern: /^[a-z0-9]{20,32}\.appsync-api\.([a-z0-9-]{1,30})\.amazonaws\.com$/,
    kind: 'AWS::AppSync::GraphQLApi',
    role: 'api-gateway',
    region: 1,
  },
];

/** What a name stands for, as its provider makes such names. */
export interface Named {
  kind: Kind;
  role: string;
  name: string;
  region?: string;
}

/** What a domain name of a provider stands for; undefined for any other name. */
export function namedBy(host: string): Named | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name.length > 253) return undefined;
  for (const one of PROVIDER_NAMES) {
    const found = one.pattern.exec(name);
    if (!found) continue;
    const region = one.region === undefined ? undefined : found[one.region];
    return {
      kind: one.kind,
      role: one.role,
      name: (one.name === undefined ? undefined : found[one.name]) ?? name,
      ...(region !== undefined && { region }),
    };
  }
  return undefined;
}

/** Something of which only the name is known. */
export const absentOf = ({ kind, name, role, region }: Named): Omit<Absent, 'status'> => ({
  kind,
  name,
  role,
  checks: [],
  ...(region !== undefined && { region }),
  // its address does not tell which function it is
  ...(kind === FUNCTION && { sought: { kind, name, ...(region !== undefined && { region }) } }),
});

/** What a domain name leads to. */
export type Led =
  | { resource: Resource }
  /** Nothing of that name is there, and all that could be was seen; what was made again under its name is. */
  | { missing: Named; again?: Resource }
  /** It may be there: nobody saw all that could be. */
  | { unseen: Named; refusal: Refusal }
  /** No name of a provider, and nothing that was seen bears it. */
  | { elsewhere: string };

/**
 * What receives requests for a name. A website of S3 is a bucket with the name that was asked for.
 * @param asked the name of the record that leads there
 */
export function leadTo(graph: Graph, host: string, near: Near, asked?: string): Led {
  const [resource] = graph.answering(host);
  if (resource) return { resource };
  const named = namedBy(host);
  if (!named) return { elsewhere: host };
  const name = named.kind === BUCKET && named.name === host.toLowerCase() && asked ? asked : named.name;
  const found = byName(graph, { ...named, name });
  if (found) return { resource: found };
  const where = { ...near, ...(named.region !== undefined && { region: named.region }) };
  const refusal = graph.unseen(named.kind, where);
  if (refusal) return { unseen: { ...named, name }, refusal };
  const again = madeAgain(graph, named);
  return { missing: { ...named, name }, ...(again && { again }) };
}

/** The number in the name of a load balancer is another each time that it is made; its own name is one in its region. */
function madeAgain(graph: Graph, { kind, name, region }: Named): Resource | undefined {
  if (kind !== BALANCER || region === undefined) return undefined;
  const found = graph.named(BALANCER, name, { region });
  return found?.region === region ? found : undefined;
}

/** By a name that is not an address: load balancers are not told by it, as one that was made again has another address. */
function byName(graph: Graph, { kind, name, region }: Named): Resource | undefined {
  if (kind === BALANCER || kind === DISTRIBUTION) return undefined;
  const near = region === undefined ? {} : { region };
  return (
    graph.named(kind, name, near) ??
    (kind === 'AWS::ApiGateway::RestApi' ? graph.named('AWS::ApiGatewayV2::Api', name, near) : undefined)
  );
}
