import type { RelationFact } from '#model/fact.ts';
import { relation } from './parts.ts';

/**
 * How the names of AWS's endpoints are made, and what each leads to. “DNS name” of the Elastic Load Balancing user
 * guides; “Virtual-hosted-style requests” and “Website endpoints” of Amazon S3's; “Invoking REST APIs” of API
 * Gateway's; “Alternate domain names” of CloudFront's.
 */
const ENDPOINTS: readonly [pattern: RegExp, kind: RelationFact['to']['kind']][] = [
  // application: name-1234567890.region.elb.…; network: name-0123456789abcdef.elb.region.…
  [
    /^(?:dualstack\.)?(?:internal-)?([a-z0-9-]{1,32})-\d{1,12}\.[a-z0-9-]{1,30}\.elb\.amazonaws\.com(?:\.cn)?$/i,
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ],
  [
    /^([a-z0-9-]{1,32})-[0-9a-f]{16}\.elb\.[a-z0-9-]{1,30}\.amazonaws\.com(?:\.cn)?$/i,
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ],
  [/^([a-z0-9.-]{3,63})\.s3[.-](?:[a-z0-9.-]{1,60}\.)?amazonaws\.com(?:\.cn)?$/i, 'AWS::S3::Bucket'],
  [/^([a-z0-9]{13,14}\.cloudfront\.net)$/i, 'AWS::CloudFront::Distribution'],
];

/** A route to what a domain name of AWS stands for; undefined for any other name. */
export function routeTo(domainName: string): RelationFact | undefined {
  const name = domainName.replace(/\.$/, '');
  if (name.length > 255) return undefined;
  for (const [pattern, kind] of ENDPOINTS) {
    const found = pattern.exec(name)?.[1];
    if (found !== undefined) return relation('routes-to', kind, found);
  }
  return undefined;
}
