import { describe, expect, test } from 'vitest';
import { runPaths } from '../test-cases.ts';
import { Account, type Properties, RULE } from '../test-estate.ts';
import {
  answer,
  balancer,
  forward,
  GROUP_ARN,
  group,
  listener,
  plainShop,
  rule,
  target,
  weighted,
} from '../test-shop.ts';
import { groupsOf, isNarrower, prefixesOf, route, rulesOf } from './routing.ts';

const OTHER = 'arn:aws:elasticloadbalancing:eu-west-3:111122223333:targetgroup/other/0123456789abcdef';
const REQUEST = { scheme: 'https', host: 'shop.example', port: 443, path: '/api/v1' };

/** Rules with these conditions, each in its turn, before a default answer. */
function ruled(...conditions: (string[] | [string[], Properties])[]) {
  const account = balancer(new Account(), 'front', 'front-1.eu-west-3.elb.amazonaws.com');
  listener(account, 'front', 443, 'HTTPS', [answer('404')]);
  for (const [index, one] of conditions.entries()) {
    const [own, more] = Array.isArray(one[0]) ? (one as [string[], Properties]) : [one as string[], {}];
    rule(account, 'front:443', (index + 1) * 10, own, [answer(`20${index}`)], more);
  }
  const graph = account.graph();
  const [at] = graph.all('AWS::ElasticLoadBalancingV2::Listener');
  if (!at) throw new Error('no listener');
  return { graph, at, rules: rulesOf(graph, at).rules };
}

/** Which rule takes a request, by its turn; 0 is the default. */
function taken(conditions: Parameters<typeof ruled>, request: Partial<typeof REQUEST> = {}) {
  const { at, rules } = ruled(...conditions);
  const found = route(at, rules, { ...REQUEST, ...request });
  const turn = (one: { properties: Properties } | undefined) => Number(one?.properties.priority ?? 0) / 10;
  return {
    taken: turn(found.taken.rule),
    ...(found.before.length > 0 && { before: found.before.map((one) => turn(one.rule)) }),
    ...(found.later.length > 0 && { later: found.later.map(turn) }),
  };
}

const REGEX: [string[], Properties] = [['path-pattern=^/api/(v1,v2)$'], { pathRegexes: ['^/api/(v1,v2)$'] }];

describe('the rule that takes a request', () => {
  test.each<[string, Parameters<typeof ruled>, object, Partial<typeof REQUEST>?]>([
    ['by its path', [['path-pattern=/x*'], ['path-pattern=/api/*']], { taken: 2 }],
    ['by one of its paths', [['path-pattern=/x*,/api/*']], { taken: 1 }],
    ['paths have a case', [['path-pattern=/API/*']], { taken: 0 }],
    ['hosts have none', [['host-header=SHOP.example']], { taken: 1 }],
    ['by a star', [['host-header=*.example']], { taken: 1 }],
    ['by a question mark', [['path-pattern=/api/v?']], { taken: 1 }],
    ['all of its conditions must fit', [['host-header=shop.example', 'path-pattern=/x']], { taken: 0 }],
    [
      'the method of a browser',
      [['http-request-method=POST'], ['http-request-method=GET,HEAD']],
      { taken: 2 },
    ],
    [
      'a header leaves open whether it does',
      [['http-header=X-Beta'], ['path-pattern=*']],
      { taken: 2, before: [1] },
    ],
    ['so does an address', [['source-ip=10.0.0.0/8']], { taken: 0, before: [1] }],
    ['so does a query', [['query-string=beta']], { taken: 0, before: [1] }],
    [
      'a header beside a path that differs is closed',
      [['http-header=X-Beta', 'path-pattern=/x']],
      { taken: 0 },
    ],
    ['an expression is open', [REGEX], { taken: 0, before: [1] }],
    [
      'those after it that fit too',
      [['path-pattern=/api/*'], ['path-pattern=/api/v1'], ['path-pattern=/x']],
      { taken: 1, later: [2] },
    ],
    ['a condition without a value', [['path-pattern=']], { taken: 0 }],
    ['a condition of a kind that nobody knows', [['new-field=x']], { taken: 0, before: [1] }],
    ['no conditions at all', [[]], { taken: 1 }],
  ])('%s', (_, conditions, expected, request) => expect(taken(conditions, request)).toEqual(expected));
});

test('rules are tried by their priority, however they are listed', () => {
  const account = balancer(new Account(), 'front', 'front-1.eu-west-3.elb.amazonaws.com');
  listener(account, 'front', 443, 'HTTPS', [answer('404')]);
  for (const priority of [9, 100, 20])
    rule(account, 'front:443', priority, [`path-pattern=/${priority}`], []);
  const graph = account.graph();
  const [at] = graph.all('AWS::ElasticLoadBalancingV2::Listener');
  expect(at && rulesOf(graph, at).rules.map(({ properties }) => properties.priority)).toEqual([9, 20, 100]);
});

describe('which of two rules asks for more', () => {
  test.each<[string[], string[], boolean]>([
    [['path-pattern=/api/v1'], ['path-pattern=/api/*'], true],
    [['path-pattern=/api/*'], ['path-pattern=/api/v1'], false],
    [['path-pattern=/api/*'], ['path-pattern=/*'], true],
    [['host-header=shop.example', 'path-pattern=/*'], ['path-pattern=/*'], true],
    [['path-pattern=/api/*'], ['path-pattern=/api/*'], false],
    // neither holds the other: either order may be meant
    [['path-pattern=/api/*'], ['host-header=shop.example'], false],
    [['path-pattern=*.graphql'], ['path-pattern=/api/*'], false],
    [['path-pattern=/api/v1'], ['path-pattern=/api/v1,/x'], true],
    [['path-pattern=/a/*,/b'], ['path-pattern=/a/*'], false],
    [['host-header=*.shop.example'], ['host-header=*.example'], true],
    [['path-pattern=/a*'], ['path-pattern=/??'], false],
  ])('%j is narrower than %j: %s', (own, wide, is) => {
    const { rules } = ruled(wide, own);
    const [other, one] = rules;
    expect(one && other && isNarrower(one, other)).toBe(is);
  });
});

test.each<[Properties[], string[]]>([
  [[forward('a', 'b', 'a')], ['a', 'b']],
  [[weighted({ a: 1, b: 0 })], ['a']],
  [[weighted({ a: 0, b: 0 })], ['a', 'b']],
  [[{ type: 'forward', targetGroups: ['name'] }], ['name']],
  [[answer('404')], []],
  [[], []],
])('groups of %j', (actions, groups) => expect(groupsOf(actions)).toEqual(groups));

test('the paths that a load balancer knows are those of its rules and health checks', () => {
  const account = plainShop();
  rule(account, 'front:443', 1, ['path-pattern=/api/*,*'], [forward(GROUP_ARN)]);
  const graph = account.graph();
  const [at] = graph.all('AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(at && prefixesOf(graph, at)).toEqual({ paths: ['/api/*', '/health'] });
});

const beside = (account: Account) =>
  group(account, 'other', [target('10.0.10.9', 3000, 'healthy')], { targetType: 'instance' });
const rules =
  (...all: [string[], Properties[]][]) =>
  (account: Account) => {
    beside(account);
    for (const [index, [conditions, actions]] of all.entries())
      rule(account, 'front:443', (index + 1) * 10, conditions, actions);
  };
const TO_OTHER = 'dns load-balancer target-group';
const TO_WEB = 'dns load-balancer target-group service container';

runPaths('rules on a path', plainShop, [
  {
    name: 'the first that fits sends it on',
    url: 'https://shop.example/api/x',
    change: rules([['path-pattern=/api/*'], [forward(OTHER)]]),
    roles: TO_OTHER,
  },
  {
    name: 'none fits: the default sends it on',
    change: rules([['path-pattern=/api/*'], [forward(OTHER)]]),
    roles: TO_WEB,
  },
  {
    name: 'a header may send it elsewhere: both ways are followed, and nobody knows which',
    change: rules([['http-header=X-Beta'], [forward(OTHER)]]),
    unknown: ['listener-rule-shadowed'],
    says: 'a rule that hangs on `http-header` comes first',
    roles: 'dns load-balancer target-group service container target-group',
  },
  {
    name: 'a wider rule takes what a narrower one is for',
    url: 'https://shop.example/api/x',
    change: rules([['path-pattern=/*'], [forward(OTHER)]], [['path-pattern=/api/*'], [forward(GROUP_ARN)]]),
    fail: ['listener-rule-shadowed'],
    values: { priority: 10, shadowedPriority: 20 },
    says: 'rule `10` takes the request before rule `20`',
    roles: TO_WEB,
  },
  {
    name: 'a wider rule with the same groups takes nothing away',
    url: 'https://shop.example/api/x',
    change: rules([['path-pattern=/*'], [forward(OTHER)]], [['path-pattern=/api/*'], [forward(OTHER)]]),
  },
  {
    name: 'rules that cross are in the order that somebody chose',
    url: 'https://shop.example/api/x.graphql',
    change: rules(
      [['path-pattern=/api/*'], [forward(OTHER)]],
      [['path-pattern=*.graphql'], [forward(GROUP_ARN)]],
    ),
    roles: TO_OTHER,
  },
  {
    name: 'the narrower one hangs on a header too: it is not known to be shadowed',
    url: 'https://shop.example/api/x',
    change: rules(
      [['path-pattern=/*'], [forward(OTHER)]],
      [['path-pattern=/api/*', 'http-header=X'], [forward(GROUP_ARN)]],
    ),
    roles: TO_OTHER,
  },
  {
    name: 'rules were not read',
    change: (one) => one.refuse(RULE),
    unknown: ['listener-rule-shadowed'],
    permission: `list:${RULE}`,
    roles: TO_WEB,
  },
  {
    name: 'rules of this listener alone were not read',
    change: (one) => one.refuse(RULE, 'front:443'),
    unknown: ['listener-rule-shadowed'],
  },
  { name: 'rules of another listener were not read', change: (one) => one.refuse(RULE, 'front:80') },
]);
