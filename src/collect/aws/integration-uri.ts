import { parseArn } from '#lib/arn.ts';
import { maskSecrets } from '#lib/mask.ts';
import type { Json, RelationFact } from '#model/fact.ts';
import type { AwsScope } from './aws-collector.ts';
import { routeTo } from './endpoints.ts';
import { leadsTo } from './leads-to.ts';
import { relation } from './parts.ts';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const FUNCTION = /arn:[\w-]+:lambda:[a-z0-9-]*:\d*:function:[\w-]+/;
const WEB = /^(https?):\/\/(?:[^/?#@\s]*@)?([^/?#@\s:]+)(?::(\d{1,5}))?(\/[^?#\s]*)?/;

/** Where an integration sends what comes to it, as far as its URI tells; never its query or a password in it. */
export interface Target {
  properties: Record<string, Json | undefined>;
  relation?: RelationFact | undefined;
}

/**
 * What the URI of an integration names: a host, a function, a listener, another service. Amazon API Gateway API Reference,
 * Integration, `uri`; Version 2 API Reference, Integration, `integrationUri`.
 */
export function targetOf(aws: Pick<AwsScope, 'account' | 'region'>, uri: string | undefined): Target {
  if (uri === undefined || uri.length > 2_048) return { properties: {} };
  const called = FUNCTION.exec(uri)?.[0];
  if (called !== undefined)
    return { properties: { function: called }, relation: leadsTo(aws, 'routes-to', called) };
  const [, scheme, host, port, path] = WEB.exec(maskSecrets(uri)) ?? [];
  if (scheme !== undefined && host !== undefined)
    return {
      properties: { scheme, host, port: port === undefined ? undefined : Number(port), path },
      relation: routeTo(host),
    };
  const arn = parseArn(uri);
  const balancer = arn && balancerOf(uri);
  return {
    properties: { arn: arn && uri, service: arn?.service },
    relation: balancer === undefined ? undefined : relation('routes-to', BALANCER, balancer),
  };
}

/** The ARN of a load balancer from that of one of its listeners, or its own. */
export function balancerOf(arn: string): string | undefined {
  const found =
    /^(arn:[\w-]+:elasticloadbalancing:[^:]*:\d*:)(?:listener|loadbalancer)\/((?:app|net)\/[^/]+\/[^/]+)/.exec(
      arn,
    );
  return found ? `${found[1]}loadbalancer/${found[2]}` : undefined;
}
