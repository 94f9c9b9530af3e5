import {
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListResourcesForWebACLCommand,
  ListWebACLsCommand,
  type ListWebACLsCommandOutput,
  type ResourceType,
  type Scope,
  WAFV2Client,
  type WebACL,
  type WebACLSummary,
} from '@aws-sdk/client-wafv2';
import { type AwsScope, type DetailScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';
import { text } from './stated.ts';
import type { WantedResource } from './wanted.ts';
import { whileListing } from './while-listing.ts';

const ACL = 'AWS::WAFv2::WebACL';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** What a regional web ACL is put before; each is asked for by itself. */
const PROTECTED: readonly ResourceType[] = ['APPLICATION_LOAD_BALANCER', 'API_GATEWAY', 'COGNITO_USER_POOL'];

/**
 * Web ACLs; of those that a file names, what they protect; of load balancers on a path, what protects them. AWS WAFV2 API Reference, version 2019-07-29: those of
 * CloudFront are listed in the home region, and what they protect is told by the distributions.
 */
export const wafv2 = defineAwsCollector({
  id: 'wafv2',
  title: { fr: 'WAF', en: 'WAF' },
  service: 'wafv2',
  where: 'regions-and-home',
  Client: WAFV2Client,
  kinds: [ACL],
  permissions: {
    ListWebACLs: 'wafv2:ListWebACLs',
    ListResourcesForWebACL: 'wafv2:ListResourcesForWebACL',
    GetWebACLForResource: 'wafv2:GetWebACLForResource',
    GetWebACL: 'wafv2:GetWebACL',
  },
  detailed: [BALANCER, ACL],
  async detail(aws, wanted) {
    await Promise.all(
      wanted.map((one) => (one.kind === ACL ? defaultAction(aws, one) : protection(aws, one))),
    );
  },
  async collect(aws) {
    const scopes: Scope[] = aws.isHome ? ['REGIONAL', 'CLOUDFRONT'] : ['REGIONAL'];
    await Promise.all(scopes.map((scope) => aws.list([ACL], () => aclsOf(aws, scope))));
  },
});

/** The SDK has no paginator for it. The last page has no marker, or nothing in it. */
const aclsOf = (aws: AwsScope, Scope: Scope): Promise<void> =>
  whileListing(async (begin) => {
    let NextMarker: string | undefined;
    do {
      const input = { Scope, Limit: 100, ...(NextMarker !== undefined && { NextMarker }) };
      const page: ListWebACLsCommandOutput = await aws.read(ListWebACLsCommand, input);
      const { WebACLs = [] } = page;
      for (const acl of WebACLs) begin(see(aws, Scope, acl));
      NextMarker = WebACLs.length > 0 && page.NextMarker !== NextMarker ? page.NextMarker : undefined;
    } while (NextMarker);
  });

async function see(aws: AwsScope, scope: Scope, { Name = '', ARN, Id, Description }: WebACLSummary) {
  const isNamed = aws.isDeclared(ACL, Name);
  if (aws.isBeyond && scope === 'REGIONAL' && !isNamed) return;
  const answers =
    scope === 'REGIONAL' && isNamed
      ? await Promise.all(
          PROTECTED.map((ResourceType) =>
            aws.ask(ListResourcesForWebACLCommand, { WebACLArn: ARN, ResourceType }),
          ),
        )
      : [];
  const isKnown = answers.length > 0 && answers.every(({ refusal }) => refusal === undefined);
  aws.see({
    kind: ACL,
    name: Name,
    ...(ARN !== undefined && { arn: ARN }),
    operation: 'ListWebACLs',
    otherNames: [Id],
    properties: {
      scope,
      id: Id,
      description: text(Description),
      resources: isKnown ? answers.flatMap(({ output }) => output?.ResourceArns ?? []) : undefined,
    },
    refusals: answers.map(({ refusal }) => refusal),
  });
}

/** What a web ACL does with a request that none of its rules takes. What its rules look for may be secret, and is not kept. */
const actionOf = (acl: WebACL | undefined): string | undefined =>
  acl?.DefaultAction?.Block ? 'Block' : acl?.DefaultAction?.Allow ? 'Allow' : undefined;

/** AWS WAFV2 API Reference, GetWebACLForResource: of load balancers, those of applications alone are protected. */
async function protection(aws: DetailScope, balancer: WantedResource): Promise<void> {
  if (balancer.properties.type !== 'application') return;
  const { output, refusal } = await aws.ask(GetWebACLForResourceCommand, { ResourceArn: balancer.arn });
  const acl = output?.WebACL;
  aws.add(balancer, {
    operation: 'GetWebACLForResource',
    properties: { webACLArn: acl?.ARN },
    relations: [acl?.ARN === undefined ? undefined : relation('protected-by', ACL, acl.ARN)],
    refusals: [refusal],
  });
  const known = aws.known(ACL).find(({ arn }) => arn !== undefined && arn === acl?.ARN);
  if (known && aws.isFirst(known.arn ?? known.name))
    aws.add(
      { ...known, properties: {} },
      {
        operation: 'GetWebACLForResource',
        properties: { defaultAction: actionOf(acl) },
      },
    );
}

async function defaultAction(aws: DetailScope, acl: WantedResource): Promise<void> {
  const { id, scope } = acl.properties;
  if (
    typeof id !== 'string' ||
    (scope !== 'REGIONAL' && scope !== 'CLOUDFRONT') ||
    !aws.isFirst(acl.arn ?? acl.name)
  )
    return;
  const { output, refusal } = await aws.ask(GetWebACLCommand, { Name: acl.name, Scope: scope, Id: id });
  aws.add(acl, {
    operation: 'GetWebACL',
    properties: { defaultAction: actionOf(output?.WebACL) },
    refusals: [refusal],
  });
}
