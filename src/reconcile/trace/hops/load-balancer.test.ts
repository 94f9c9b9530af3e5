import { expect, test } from 'vitest';
import { runPaths } from '../test-cases.ts';
import {
  type Account,
  BALANCER,
  checkOf,
  GROUP,
  idsOf,
  LISTENER,
  type Properties,
  RECORD,
  RULE,
  rolesOf,
} from '../test-estate.ts';
import {
  answer,
  BALANCER_ARN,
  BALANCER_DNS,
  behaviour,
  customOrigin,
  forward,
  GROUP_ARN,
  listener,
  OWN_CERTIFICATE,
  plainShop,
  record,
  redirect,
  rule,
  shop,
} from '../test-shop.ts';
import { loadBalancers } from './load-balancer.ts';

const secure =
  (...actions: Properties[]) =>
  (account: Account) =>
    account.set(LISTENER, { defaultActions: actions }, 'front:443');
const plain =
  (...actions: Properties[]) =>
  (account: Account) =>
    account.set(LISTENER, { defaultActions: actions }, 'front:80');
const TO_WEB = 'dns load-balancer target-group service container';

runPaths('a load balancer', plainShop, [
  { name: 'that is sound', roles: TO_WEB },
  {
    name: 'is being made',
    change: (one) => one.set(BALANCER, { state: 'provisioning' }),
    fail: ['load-balancer-inactive'],
  },
  {
    name: 'lacks addresses for its growth, and answers',
    change: (one) => one.set(BALANCER, { state: 'active_impaired' }),
  },
  {
    name: 'is internal',
    change: (one) => one.set(BALANCER, { scheme: 'internal' }),
    fail: ['load-balancer-internal'],
  },
  {
    name: 'does not listen on the port',
    url: 'https://shop.example:8443/',
    fail: ['listener-missing'],
    values: { loadBalancer: BALANCER_ARN, port: 8443, protocol: 'HTTPS', better: OWN_CERTIFICATE },
    says: 'no listener on 8443',
  },
  {
    name: 'has no listener over HTTPS: what it would need is told',
    change: (one) => plain(forward(GROUP_ARN))(one.remove(LISTENER, 'front:443')),
    fail: ['listener-missing', 'listener-forwards-http'],
    of: 'listener-missing',
    values: { port: 443, protocol: 'HTTPS', targetGroup: GROUP_ARN, better: OWN_CERTIFICATE },
    roles: TO_WEB,
  },
  {
    name: 'listeners were not read',
    change: (one) => one.refuse(LISTENER).refuse(RULE),
    unknown: ['listener-missing'],
    permission: `list:${LISTENER}`,
    roles: 'dns load-balancer',
  },
  {
    name: 'its own listeners were not read',
    change: (one) => one.refuse(LISTENER, 'front'),
    unknown: ['listener-missing'],
  },
  {
    name: 'speaks HTTP on 443',
    change: (one) => one.set(LISTENER, { protocol: 'HTTP' }, 'front:443'),
    fail: ['listener-missing'],
    values: { port: 443, protocol: 'HTTPS', actual: 'HTTP' },
    says: 'the listener on 443 speaks HTTP, the request HTTPS',
  },
  {
    name: 'passes what is encrypted on as it is',
    change: (one) => one.set(LISTENER, { protocol: 'TCP' }, 'front:443'),
  },
  {
    name: 'sends what is asked in the clear on',
    change: plain(forward(GROUP_ARN)),
    fail: ['listener-forwards-http'],
    values: { port: 443, rules: 0 },
  },
  { name: 'answers what is asked in the clear itself', change: plain(answer('404')) },
  {
    name: 'redirects what is asked in the clear',
    url: 'http://shop.example/a',
    says: 'redirects to `https://shop.example/a`',
    roles: TO_WEB,
  },
]);

runPaths('what a listener does', plainShop, [
  {
    name: 'answers itself',
    change: secure(answer('404')),
    fail: ['listener-answers-itself'],
    says: 'no rule takes the request: the listener answers 404',
    roles: 'dns load-balancer',
  },
  { name: 'answers itself, and well', change: secure(answer('200')), says: 'answers 200 itself' },
  {
    name: 'answers itself what a header may take first',
    change: (one) =>
      rule(secure(answer('503'))(one), 'front:443', 1, ['http-header=X'], [forward(GROUP_ARN)]),
    unknown: ['listener-answers-itself', 'listener-rule-shadowed'],
    roles: TO_WEB,
  },
  {
    name: 'answers itself, and rules were not read',
    change: (one) => secure(answer('404'))(one).refuse(RULE),
    unknown: ['listener-answers-itself', 'listener-rule-shadowed'],
  },
  {
    name: 'redirects to itself',
    change: secure(redirect()),
    fail: ['redirect-loop'],
    says: 'redirects to itself (`https://shop.example/`)',
    hides: 'redirects to `https://shop.example/`',
  },
  {
    name: 'redirects to another path, which a rule sends on',
    change: (one) =>
      rule(
        secure(redirect({ path: '/shop' }))(one),
        'front:443',
        1,
        ['path-pattern=/shop'],
        [forward(GROUP_ARN)],
      ),
    says: 'redirects to `https://shop.example/shop`',
    roles: TO_WEB,
  },
  {
    name: 'redirects to a path that grows without end',
    change: secure(redirect({ path: '/a/#{path}' })),
    fail: ['redirect-loop'],
    says: 'redirects more than 20 times, the last time to `https://shop.example/a/a/',
  },
  {
    name: 'redirects from one port to the other and back',
    change: (one) => secure(redirect({ protocol: 'HTTP', port: '80' }))(one),
    fail: ['redirect-loop'],
    says: 'redirects to `https://shop.example/`, where the request comes from',
    roles: 'dns load-balancer',
  },
  {
    name: 'redirects to another host, whose record leads elsewhere',
    change: (one) => {
      secure(redirect({ host: 'new.shop.example' }))(one);
      record(one, 'new.shop.example', ['192.0.2.7']);
    },
    unknown: ['dns-record-misdirected'],
    says: 'redirects to `https://new.shop.example/`',
    roles: 'dns load-balancer dns',
  },
  {
    name: 'redirects to another host, which a rule of its own sends on',
    change: (one) => {
      secure(redirect({ host: 'www.shop.example' }))(one);
      rule(one, 'front:443', 1, ['host-header=www.shop.example'], [forward(GROUP_ARN)]);
      record(one, 'www.shop.example', BALANCER_DNS);
    },
    roles: 'dns load-balancer dns target-group service container',
  },
  {
    name: 'redirects to another host, whose record leads back for ever',
    change: (one) => {
      secure(redirect({ host: 'other.shop.example' }))(one);
      rule(one, 'front:443', 1, ['host-header=other.shop.example'], [redirect({ host: 'shop.example' })]);
      record(one, 'other.shop.example', BALANCER_DNS);
    },
    fail: ['redirect-loop'],
    says: 'redirects to `https://shop.example/`, where the request comes from',
  },
  {
    name: 'authenticates and sends on',
    change: secure({ type: 'authenticate-oidc' }, forward(GROUP_ARN)),
    roles: TO_WEB,
  },
  { name: 'does what nobody knows', change: secure({ type: 'new-action' }), roles: 'dns load-balancer' },
  {
    name: 'sends to a group that is no longer there',
    change: (one) => one.remove(GROUP),
    fail: ['listener-wrong-target'],
    says: 'the target group `web` is no longer there',
  },
  {
    name: 'sends to a group, and groups were not read',
    change: (one) => one.refuse(GROUP),
    unknown: ['listener-wrong-target'],
    permission: `list:${GROUP}`,
  },
]);

runPaths('a load balancer behind a distribution', shop, [
  {
    name: 'sends what is asked in the clear on, and no origin asks so',
    change: plain(forward(GROUP_ARN)),
    fail: ['listener-forwards-http'],
  },
  {
    name: 'sends what is asked in the clear on, and an origin asks so',
    change: (one) =>
      plain(forward(GROUP_ARN))(one).set('AWS::CloudFront::Distribution', {
        origins: [customOrigin(BALANCER_DNS, { protocolPolicy: 'match-viewer' })],
      }),
  },
  {
    name: 'is internal, reached by a VPC origin',
    change: (one) =>
      one.set(BALANCER, { scheme: 'internal' }).set('AWS::CloudFront::Distribution', {
        origins: [customOrigin(BALANCER_DNS, { vpcOriginId: 'vo_1' })],
        vpcOrigins: [{ id: 'vo_1', arn: BALANCER_ARN }],
      }),
  },
  {
    name: 'is internal, and asked over the internet',
    change: (one) => one.set(BALANCER, { scheme: 'internal' }),
    fail: ['load-balancer-internal'],
  },
]);

test('a redirect is followed with the parts that it keeps', () => {
  const account = plainShop();
  secure(redirect({ protocol: '#{protocol}', port: '#{port}', host: 'a.#{host}', path: '/x/#{path}' }))(
    account,
  );
  expect(checkOf(account.trace('https://shop.example/deep/b'), 'redirect-loop')?.text.en).toBe(
    'redirects to `https://a.shop.example/x/deep/b`',
  );
});

test('a distribution that asks in the clear what is redirected is told with its origin, where it has several', () => {
  const account = shop();
  account.set('AWS::CloudFront::Distribution', {
    origins: [
      customOrigin('files.example', { id: 'files' }),
      customOrigin(BALANCER_DNS, { protocolPolicy: 'http-only' }),
    ],
    behaviours: [behaviour('*', 'front')],
  });
  const path = account.trace('https://shop.example/');
  expect(checkOf(path, 'redirect-loop')).toMatchObject({ result: 'fail', values: { originIndex: 1 } });
  expect(idsOf(path, 'fail')).toEqual(['redirect-loop']);
});

test('weights: a group that gets nothing is not on the path', () => {
  const account = plainShop();
  const old = `${GROUP_ARN}old`;
  secure({ ...forward(GROUP_ARN, old), weights: [100, 0] })(account);
  expect(
    rolesOf(account.trace('https://shop.example/')).filter((role) => role === 'target-group'),
  ).toHaveLength(1);
  secure({ ...forward(GROUP_ARN, old), weights: [50, 50] })(account);
  expect(idsOf(account.trace('https://shop.example/'), 'fail')).toEqual(['listener-wrong-target']);
});

test('a listener that is listed first is not taken for the one of the port', () => {
  const account = plainShop();
  listener(account, 'front', 8080, 'HTTP', [answer('418')]);
  record(account.remove(RECORD), 'shop.example', BALANCER_DNS);
  expect(checkOf(account.trace('http://shop.example:8080/'), 'listener-answers-itself')?.result).toBe('fail');
});

test('its model is of its kinds, and says what they are on a path', () =>
  expect([loadBalancers.kinds, loadBalancers.role]).toEqual([[BALANCER], 'load-balancer']));

test('a chain of redirects that ends is followed to its end', () => {
  const account = plainShop();
  secure(redirect({ path: '/1' }))(account);
  for (let index = 1; index < 12; index += 1)
    rule(
      account,
      'front:443',
      index,
      [`path-pattern=/${index}`],
      [index === 11 ? forward(GROUP_ARN) : redirect({ path: `/${index + 1}` })],
    );
  const path = account.trace('https://shop.example/');
  expect(idsOf(path, 'fail')).toEqual([]);
  expect(rolesOf(path).join(' ')).toBe(TO_WEB);
});

test('port 80 that redirects is told also where an origin may ask in the clear', () => {
  const account = shop();
  account.set('AWS::CloudFront::Distribution', {
    origins: [customOrigin(BALANCER_DNS, { protocolPolicy: 'match-viewer' })],
  });
  expect(checkOf(account.trace('https://shop.example/'), 'listener-forwards-http')?.result).toBe('pass');
});

test('a redirect to itself behind a distribution is no fault of how the distribution asks', () => {
  const account = shop();
  secure(redirect())(account);
  const check = checkOf(account.trace('https://shop.example/'), 'redirect-loop');
  expect(check?.result).toBe('fail');
  expect(check?.values).not.toHaveProperty('distribution');
});
