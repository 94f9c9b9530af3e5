import { expect, test } from 'vitest';
import { runPaths } from '../test-cases.ts';
import { Account, BALANCER, checkOf, DISTRIBUTION, idsOf, RECORD, rolesOf, ZONE } from '../test-estate.ts';
import {
  BALANCER_DNS,
  balancer,
  CDN_DNS,
  distribution,
  forward,
  GROUP_ARN,
  listener,
  plainShop,
  record,
  shop,
  zone,
} from '../test-shop.ts';
import { records } from './dns.ts';

const DNS = ['dns-record-missing', 'dns-record-misdirected', 'dns-www-missing', 'dns-records-disagree'];
/** Another target for the record of the shop itself. */
const leads =
  (target: string | string[], type = 'A') =>
  (account: Account) =>
    record(account.remove(RECORD, 'shop.example'), 'shop.example', target, {}, type);

runPaths('a name', shop, [
  { name: 'leads to its distribution', roles: 'dns cdn load-balancer target-group service container' },
  { name: 'in capitals', url: 'https://SHOP.example/', says: '`A shop.example` leads to' },
  {
    name: 'has no record',
    change: (one) => one.remove(RECORD, 'shop.example'),
    fail: ['dns-record-missing'],
    says: 'no record `shop.example` in the zone `shop.example`',
    values: { zone: 'Z1', name: 'shop.example', target: CDN_DNS, targetZone: 'Z2FDTNDATAQYW2' },
    roles: 'dns cdn load-balancer target-group service container',
  },
  {
    name: 'has no record, and records were not read',
    change: (one) => one.refuse(RECORD),
    unknown: ['dns-record-missing'],
    permission: `list:${RECORD}`,
  },
  {
    name: 'is of a zone, and zones were not read',
    change: (one) => one.refuse(ZONE).refuse(RECORD),
    unknown: ['dns-record-missing'],
    permission: `list:${ZONE}`,
    roles: 'dns cdn load-balancer target-group service container',
  },
  {
    name: 'whose zone is elsewhere leads to what bears it',
    change: (one) => one.remove(ZONE).remove(RECORD, 'shop.example').remove(RECORD, 'www.shop.example'),
    unknown: ['dns-record-missing'],
    says: 'no zone of this account holds `shop.example`: its DNS is served elsewhere',
    roles: 'dns cdn load-balancer target-group service container',
  },
  {
    name: 'of a provider needs no record',
    url: `https://${CDN_DNS}/`,
    roles: 'cdn load-balancer target-group service container',
    // the host that is sent on is one that nobody is issued a certificate for
    fail: ['certificate-not-covering'],
  },
  {
    name: 'www has no record',
    change: (one) => one.remove(RECORD, 'www.shop.example'),
    fail: ['dns-www-missing'],
    values: { name: 'www.shop.example', target: CDN_DNS },
  },
  {
    name: 'www has no record, and nothing bears it',
    change: (one) => one.remove(RECORD, 'www.shop.example').set(DISTRIBUTION, { aliases: ['shop.example'] }),
  },
  {
    name: 'leads to a distribution that is gone',
    change: leads('d999999zzzzzz9.cloudfront.net'),
    fail: ['dns-record-misdirected'],
    values: { actual: 'd999999zzzzzz9.cloudfront.net', target: CDN_DNS },
    says: 'which is not there; it is `E1SHOP` that bears this name',
  },
  {
    name: 'leads to another distribution that is there',
    change: (one) => {
      distribution(one, 'E2OLD', 'd222222abcdef8.cloudfront.net', {
        aliases: [],
        origins: [],
        behaviours: [],
      });
      leads('d222222abcdef8.cloudfront.net')(one);
    },
    fail: ['dns-record-misdirected'],
    certainty: 'probable',
    values: { target: CDN_DNS },
  },
  {
    name: 'leads to nothing that anybody knows',
    change: (one) => leads('shop.saas.test', 'CNAME')(one.remove(DISTRIBUTION)),
    unknown: ['dns-record-misdirected'],
    roles: 'dns',
  },
  {
    name: 'leads to a distribution, and distributions were not read',
    change: (one) => one.refuse(DISTRIBUTION),
    unknown: ['dns-record-misdirected'],
    permission: `list:${DISTRIBUTION}`,
    roles: 'dns cdn',
  },
  {
    name: 'a star of the zone answers for it',
    url: 'https://any.shop.example/',
    change: (one) => {
      record(one, '*.shop.example', CDN_DNS);
      one.set(DISTRIBUTION, { aliases: ['shop.example', 'www.shop.example', '*.shop.example'] });
    },
    fail: ['certificate-not-covering'],
    says: '`A *.shop.example` leads to',
  },
  {
    name: 'its own record comes before the star',
    change: (one) => record(one, '*.shop.example', 'nowhere.example'),
    hides: 'nowhere.example',
  },
  {
    name: 'a record of a private zone answers nobody outside',
    change: (one) => {
      zone(one, 'shop.example', 'Z2', { privateZone: true });
      one.remove(RECORD, 'shop.example');
      record(one, 'shop.example', 'inside.example', { hostedZoneId: 'Z2', privateZone: true });
    },
    fail: ['dns-record-missing'],
    hides: 'inside.example',
  },
  {
    name: 'A and AAAA lead to different places',
    change: (one) => {
      distribution(one, 'E2OLD', 'd222222abcdef8.cloudfront.net', {
        aliases: [],
        origins: [],
        behaviours: [],
      });
      record(one, 'shop.example', 'd222222abcdef8.cloudfront.net', {}, 'AAAA');
    },
    fail: ['dns-records-disagree'],
    values: { type: 'AAAA', actual: 'd222222abcdef8.cloudfront.net', target: CDN_DNS },
  },
  {
    name: 'A and AAAA lead to the same place, in capitals',
    change: (one) => record(one, 'shop.example', `${CDN_DNS.toUpperCase()}.`, {}, 'AAAA'),
    says: 'A and AAAA lead to the same place',
  },
]);

runPaths('sets of a name', plainShop, [
  {
    name: 'one of weight 0 is not answered',
    change: (one) => {
      one.remove(RECORD);
      record(one, 'shop.example', BALANCER_DNS, { weight: 100, setIdentifier: 'new' });
      record(one, 'shop.example', 'old-1.eu-west-3.elb.amazonaws.com', { weight: 0, setIdentifier: 'old' });
    },
    says: '(weight 100)',
    hides: 'old-1',
  },
  {
    name: 'where all are of weight 0 all are answered',
    change: (one) => {
      one.remove(RECORD);
      record(one, 'shop.example', BALANCER_DNS, { weight: 0, setIdentifier: 'new' });
    },
    says: '(weight 0)',
  },
  {
    name: 'of several both are followed',
    change: (one) => {
      one.remove(RECORD);
      balancer(one, 'spare', 'spare-1.eu-west-3.elb.amazonaws.com');
      listener(one, 'spare', 443, 'TCP', [forward(GROUP_ARN)]);
      record(one, 'shop.example', BALANCER_DNS, { failover: 'PRIMARY', setIdentifier: 'a' });
      record(one, 'shop.example', 'spare-1.eu-west-3.elb.amazonaws.com', {
        failover: 'SECONDARY',
        setIdentifier: 'b',
      });
    },
    says: ['(`PRIMARY`)', '(`SECONDARY`)'],
    roles: 'dns load-balancer target-group service container load-balancer',
  },
  {
    name: 'an address that nothing bears leads nowhere that anybody knows',
    change: leads(['192.0.2.7', '192.0.2.8']),
    unknown: ['dns-record-misdirected'],
    roles: 'dns',
  },
]);

test('one that leads to a name of the estate is followed over several records', () => {
  const account = plainShop();
  account.remove(RECORD);
  record(account, 'shop.example', 'a.shop.example');
  record(account, 'a.shop.example', ['b.shop.example'], {}, 'CNAME');
  record(account, 'b.shop.example', BALANCER_DNS);
  expect(rolesOf(account.trace('https://shop.example/'))).toEqual([
    'dns',
    'dns',
    'dns',
    'load-balancer',
    'target-group',
    'service',
    'container',
  ]);
});

test.each([
  ['to itself', [['shop.example', 'shop.example']]],
  [
    'to each other',
    [
      ['shop.example', 'a.shop.example'],
      ['a.shop.example', 'shop.example'],
    ],
  ],
  [
    'in a circle that does not hold the first',
    [
      ['shop.example', 'a.shop.example'],
      ['a.shop.example', 'b.shop.example'],
      ['b.shop.example', 'a.shop.example'],
    ],
  ],
])('names that lead %s end', (_, pairs) => {
  const account = zone(new Account(), 'shop.example', 'Z1');
  for (const [name = '', to = ''] of pairs) record(account, name, [to], {}, 'CNAME');
  const path = account.trace('https://shop.example/');
  expect(path.hops).toHaveLength(new Set(pairs.flat()).size);
  expect(idsOf(path, 'fail')).toEqual(['dns-record-misdirected']);
  expect(path.hops.at(-1)?.checks.at(0)?.text.en).toMatch(/leads back to .*: nobody is given an address/);
});

test('ids of the checks of a name are those of the design', () => {
  const path = shop().trace('https://shop.example/');
  expect(path.hops[0]?.checks.every(({ id }) => DNS.includes(id))).toBe(true);
  expect(checkOf(path, 'dns-record-misdirected')?.evidence).toHaveLength(1);
});

test('the narrowest zone answers', () => {
  const account = plainShop();
  zone(account, 'eu.shop.example', 'Z9');
  record(account, '*.shop.example', BALANCER_DNS);
  const path = account.trace('https://a.eu.shop.example/');
  expect(checkOf(path, 'dns-record-missing')?.text.en).toBe(
    'no record `a.eu.shop.example` in the zone `eu.shop.example`',
  );
  expect(checkOf(path, 'dns-record-missing')?.values).toMatchObject({ zone: 'Z9' });
  expect(account.things.some(({ kind }) => kind === BALANCER)).toBe(true);
});

test('its model is of its kinds, and says what they are on a path', () =>
  expect([records.kinds, records.role]).toEqual([[RECORD], 'dns']));
