import { expect, test } from 'vitest';
import { runPaths } from '../test-cases.ts';
import { Account, BALANCER, DISTRIBUTION, WEB_ACL } from '../test-estate.ts';
import { CDN_DNS, distribution, plainShop, shop } from '../test-shop.ts';
import { webAclSide } from './web-acl.ts';

const ACL = 'arn:aws:wafv2:eu-west-3:111122223333:regional/webacl/wall/1';
runPaths('a web ACL', plainShop, [
  {
    name: 'lets through',
    change: (one) =>
      one.set(BALANCER, { webACLArn: ACL }).see(WEB_ACL, 'wall', { defaultAction: 'Allow' }, { arn: ACL }),
    says: 'filtered by `wall`',
  },
  {
    name: 'blocks what no rule lets through',
    change: (one) =>
      one.set(BALANCER, { webACLArn: ACL }).see(WEB_ACL, 'wall', { defaultAction: 'Block' }, { arn: ACL }),
    unknown: ['web-acl-blocks'],
  },
  { name: 'is not there', change: (one) => one.set(BALANCER, { webACLArn: ACL }), fail: ['web-acl-missing'] },
  {
    name: 'was not read',
    change: (one) => one.set(BALANCER, { webACLArn: ACL }).refuse(WEB_ACL),
    unknown: ['web-acl-missing'],
    permission: `list:${WEB_ACL}`,
  },
]);

const GLOBAL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1';
runPaths('a web ACL of a distribution', shop, [
  {
    name: 'is looked for where those of CloudFront are',
    change: (one) => one.set(DISTRIBUTION, { webACLId: GLOBAL }),
    fail: ['web-acl-missing'],
  },
  {
    name: 'is there',
    change: (one) =>
      one
        .set(DISTRIBUTION, { webACLId: GLOBAL })
        .see(WEB_ACL, 'edge', {}, { arn: GLOBAL, region: 'us-east-1' }),
    says: 'filtered by `edge`',
  },
]);

test('an ACL of the older WAF is not read, and none is none', () => {
  const account = distribution(new Account(), 'E1', CDN_DNS, {});
  const graph = account.graph();
  const [holder] = graph.all(DISTRIBUTION);
  if (!holder) throw new Error('no distribution');
  expect(webAclSide(graph, holder, '473e64fd-f30b-4765-81a0-62ad96dd167a')).toBeUndefined();
  expect(webAclSide(graph, holder, undefined)).toBeUndefined();
});
