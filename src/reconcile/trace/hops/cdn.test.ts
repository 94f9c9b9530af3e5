import { describe, expect, test } from 'vitest';
import { runPaths } from '../test-cases.ts';
import {
  type Account,
  BALANCER,
  BUCKET,
  checkOf,
  DISTRIBUTION,
  idsOf,
  type Properties,
  RECORD,
  rolesOf,
} from '../test-estate.ts';
import {
  BALANCER_DNS,
  balancer,
  behaviour,
  CDN_DNS,
  customOrigin,
  distribution,
  record,
  shop,
} from '../test-shop.ts';
import { behaviourFor } from './cdn.ts';

const cdn = (properties: Properties) => (account: Account) => account.set(DISTRIBUTION, properties);
const origin = (domainName: string, more: Properties = {}) =>
  cdn({ origins: [customOrigin(domainName, more)] });

describe('the behaviour that takes a path', () => {
  const seen = {
    behaviours: ['/api/private/*', '/api/*', 'images/*.png', '/case', '*'].map((path) => ({ path })),
  };
  test.each([
    ['/api/private/x', '/api/private/*'],
    ['/api/x', '/api/*'],
    ['/api', '*'],
    ['/API/x', '*'],
    // a pattern without a leading slash is taken as if it had one (CloudFront Developer Guide, “Path pattern”)
    ['/images/a.png', 'images/*.png'],
    ['/images/a.jpg', '*'],
    ['/case', '/case'],
    ['/', '*'],
  ])('%s is of %s', (path, expected) => expect(behaviourFor(seen, path)?.path).toBe(expected));

  test('the first that fits, in the order in which they are given', () => {
    const reversed = { behaviours: [{ path: '/api/*' }, { path: '/api/private/*' }, { path: '*' }] };
    expect(behaviourFor(reversed, '/api/private/x')?.path).toBe('/api/*');
  });

  test('the default one is the last, wherever it stands', () =>
    expect(behaviourFor({ behaviours: [{ path: '*' }, { path: '/a' }] }, '/a')?.path).toBe('/a'));

  test('none, where none were seen', () => expect(behaviourFor({}, '/')).toBeUndefined());
});

runPaths('a distribution', shop, [
  {
    name: 'is switched off',
    change: cdn({ enabled: false }),
    fail: ['cdn-disabled'],
    values: { distribution: 'E1SHOP' },
  },
  {
    name: 'does not bear the name',
    change: (one) => cdn({ aliases: ['www.shop.example'] })(one),
    fail: ['cdn-alias-missing'],
    values: { name: 'shop.example', aliases: ['www.shop.example'] },
    says: '`shop.example` is not one of its names (`www.shop.example`)',
  },
  {
    name: 'bears it by a star',
    url: 'https://www.shop.example/',
    change: cdn({ aliases: ['*.shop.example'] }),
  },
  {
    name: 'takes plain HTTP',
    change: cdn({ behaviours: [behaviour('*', 'front', { viewerProtocolPolicy: 'allow-all' })] }),
    fail: ['viewer-http-allowed'],
    values: { behaviour: '*', actual: 'allow-all' },
  },
  {
    name: 'refuses a request in the clear',
    url: 'http://shop.example/',
    change: cdn({ behaviours: [behaviour('*', 'front', { viewerProtocolPolicy: 'https-only' })] }),
    fail: ['viewer-https-only'],
  },
  {
    name: 'sends a request in the clear back as HTTPS',
    url: 'http://shop.example/',
    says: 'certificate covers',
  },
]);

runPaths('an origin', shop, [
  {
    name: 'another behaviour leads to it',
    url: 'https://shop.example/files/a',
    change: (one) => {
      cdn({
        origins: [
          customOrigin(BALANCER_DNS),
          { id: 'files', domainName: 'files.s3.eu-west-3.amazonaws.com' },
        ],
        behaviours: [behaviour('/files/*', 'files'), behaviour('*', 'front')],
      })(one);
      one.see(BUCKET, 'files', {}, { arn: 'arn:aws:s3:::files' });
    },
    roles: 'dns cdn bucket',
  },
  {
    name: 'the first of a group is asked first',
    change: cdn({
      originGroups: [{ id: 'group', origins: ['front', 'spare'] }],
      origins: [customOrigin('elsewhere.test', { id: 'spare' }), customOrigin(BALANCER_DNS)],
      behaviours: [behaviour('*', 'group')],
    }),
    says: 'origin: `front`',
  },
  {
    name: 'is asked over HTTPS where it speaks HTTP',
    change: origin(BALANCER_DNS, { ports: [80, 80] }),
    fail: ['origin-protocol-mismatch', 'listener-missing'],
    of: 'origin-protocol-mismatch',
    values: { port: 80, policy: 'https-only', listens: ['HTTP:80', 'HTTPS:443'] },
  },
  {
    name: 'is asked on a port on which nothing listens',
    change: origin(BALANCER_DNS, { ports: [80, 8443] }),
    fail: ['origin-protocol-mismatch'],
    says: 'towards an origin without a listener on 8443',
    values: { port: 8443 },
  },
  {
    name: 'is asked in the clear, and redirects: it never ends',
    change: origin(BALANCER_DNS, { protocolPolicy: 'http-only' }),
    fail: ['redirect-loop'],
    values: { distribution: 'E1SHOP', originIndex: 0, expected: 'https-only' },
  },
  {
    name: 'has a path that nothing behind it knows',
    change: origin(BALANCER_DNS, { path: '/old' }),
    fail: ['origin-path-unexpected'],
    values: { actual: '/old', expected: '' },
    certainty: 'probable',
  },
  {
    name: 'has a path that its health check knows',
    change: origin(BALANCER_DNS, { path: '/health/' }),
    says: 'origin path `/health`, which the origin knows',
  },
  {
    name: 'is asked by its own name without the host that is asked for',
    change: cdn({ behaviours: [behaviour('*', 'front', { forwardsHost: false })] }),
    fail: ['origin-name-uncoverable'],
    values: { names: ['shop.example'], behaviour: '*' },
  },
  {
    name: 'nobody knows whether the host is sent on',
    change: (one) => {
      const { forwardsHost, ...rest } = behaviour('*', 'front');
      expect(forwardsHost).toBe(true);
      cdn({ behaviours: [rest] })(one);
    },
    unknown: ['origin-name-uncoverable'],
  },
  {
    name: 'its policies tell it',
    change: (one) => {
      const { forwardsHost, ...rest } = behaviour('*', 'front');
      expect(forwardsHost).toBe(true);
      cdn({ behaviours: [rest], hostForwarded: { '*': true } })(one);
    },
    says: '`Host` is sent on to the origin',
  },
  {
    name: 'is the distribution itself',
    change: origin(CDN_DNS),
    fail: ['origin-loop'],
    values: { target: BALANCER_DNS },
    roles: 'dns cdn',
  },
  {
    name: 'is a name of the distribution',
    change: origin('www.shop.example'),
    fail: ['origin-loop'],
    roles: 'dns cdn',
  },
  {
    name: 'is of the same zone as a star of the distribution, and leads elsewhere',
    change: (one) => {
      cdn({
        aliases: ['shop.example', 'www.shop.example', '*.shop.example'],
        origins: [customOrigin('origin.shop.example')],
      })(one);
      record(one, 'origin.shop.example', BALANCER_DNS);
    },
    roles: 'dns cdn dns load-balancer target-group service container',
  },
  {
    name: 'is a name of the estate that leads to a load balancer',
    change: (one) => record(origin('origin.shop.example')(one), 'origin.shop.example', BALANCER_DNS),
    roles: 'dns cdn dns load-balancer target-group service container',
  },
  {
    name: 'is nothing that anybody read',
    change: origin('origin.elsewhere.test'),
    unknown: ['origin-missing'],
    roles: 'dns cdn',
  },
  {
    name: 'load balancers were not read',
    change: (one) => one.refuse(BALANCER),
    unknown: ['origin-missing'],
    permission: `list:${BALANCER}`,
  },
  {
    name: 'a load balancer of its name was made again',
    change: origin('front-99.eu-west-3.elb.amazonaws.com'),
    fail: ['origin-missing'],
    certainty: 'probable',
    values: { expected: BALANCER_DNS },
  },
]);

test('two distributions that name each other end, and are said to', () => {
  const other = 'd222222abcdef8.cloudfront.net';
  const account = shop();
  account.set(DISTRIBUTION, { origins: [customOrigin(other)] });
  distribution(account, 'E2', other, {
    aliases: ['shop.example'],
    origins: [customOrigin(CDN_DNS)],
    behaviours: [behaviour('*', 'front')],
    defaultCertificate: true,
  });
  const path = account.trace('https://shop.example/');
  expect(rolesOf(path)).toEqual(['dns', 'cdn', 'cdn']);
  expect(idsOf(path, 'fail')).toContain('origin-loop');
});

test('a default root object stands for the root alone', () => {
  const account = shop();
  account.set(DISTRIBUTION, { defaultRootObject: 'index.html' });
  const at = (url: string) =>
    account.trace(url).hops.find(({ role }) => role === 'load-balancer')?.request?.path;
  expect(at('https://shop.example/')).toBe('/index.html');
  expect(at('https://shop.example/a')).toBe('/a');
});

test('the origin is asked by its own name unless the host is sent on', () => {
  const account = shop();
  const asked = () =>
    account.trace('https://shop.example/').hops.find(({ role }) => role === 'load-balancer')?.request;
  expect(asked()).toEqual({ scheme: 'https', host: 'shop.example', port: 443, path: '/' });
  account.set(DISTRIBUTION, { behaviours: [behaviour('*', 'front', { forwardsHost: false })] });
  expect(asked()?.host).toBe(BALANCER_DNS);
});

test('one balancer alone is told as what the origin may mean', () => {
  const account = shop();
  account.set(DISTRIBUTION, { origins: [customOrigin(CDN_DNS)] });
  balancer(account, 'other', 'other-1.eu-west-3.elb.amazonaws.com');
  expect(checkOf(account.trace('https://shop.example/'), 'origin-loop')?.values).not.toHaveProperty('target');
  expect(account.one(RECORD, 'shop.example').properties.aliasTarget).toBe(CDN_DNS);
});
