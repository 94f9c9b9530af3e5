import { ListWebACLsCommand, Scope, WAFV2Client } from '@aws-sdk/client-wafv2';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { tokenPages } from './token-pages.ts';

const ACL: Kind = 'AWS::WAFv2::WebACL';

/** Web ACLs of the region; those of CloudFront are in the home region. AWS WAFV2 API Reference, version 2019-07-29. */
export const wafv2 = defineAwsCollector({
  id: 'wafv2',
  title: { fr: 'WAF', en: 'WAF' },
  service: 'wafv2',
  where: 'regions-and-home',
  Client: WAFV2Client,
  kinds: [ACL],
  permissions: { ListWebACLs: 'wafv2:ListWebACLs' },
  async collect(aws) {
    await Promise.all([
      ...(aws.isBeyond ? [] : [aclsOf(aws, Scope.REGIONAL)]),
      ...(aws.isHome ? [aclsOf(aws, Scope.CLOUDFRONT)] : []),
    ]);
  },
});

async function aclsOf(aws: AwsScope, scope: Scope): Promise<void> {
  await aws.list([ACL], async () => {
    const ask = (NextMarker: string | undefined) =>
      aws.read(ListWebACLsCommand, { Scope: scope, Limit: 100, NextMarker });
    for await (const { WebACLs = [] } of tokenPages(ask))
      for (const one of WebACLs)
        aws.see({
          kind: ACL,
          name: one.Name ?? '',
          ...(one.ARN && { arn: one.ARN }),
          otherNames: [one.Id],
          operation: 'ListWebACLs',
          properties: { scope },
        });
  });
}
