import { expect, test } from 'vitest';
import { readRule } from './rule.ts';
import { readOldRule } from './rule-v1.ts';

const match = (rule: string) => readRule(rule).match;
const prefix = (value: string) => ({ how: 'prefix', value });

test.each([
  ['Host(`Shop.Example.org`)', ['shop.example.org'], [], []],
  ['Host("a.example") || Host(`b.example`)', ['a.example', 'b.example'], [], []],
  ['Host(`a.example`, `b.example`)', ['a.example', 'b.example'], [], []],
  [
    '(Host(`a.example`) || Host(`b.example`)) && PathPrefix(`/api`)',
    ['a.example', 'b.example'],
    [prefix('/api')],
    [],
  ],
  [
    'Host(`a.example`) && (PathPrefix(`/api`) || Path(`/ws`))',
    ['a.example'],
    [prefix('/api'), { how: 'exact', value: '/ws' }],
    [],
  ],
  ['Host(`a.example`)&&PathPrefix(`/api`, `/v2`)', ['a.example'], [prefix('/api'), prefix('/v2')], []],
  [
    'Host(`a.example`) && PathRegexp(`^/u/[0-9]+`)',
    ['a.example'],
    [{ how: 'regex', value: '^/u/[0-9]+' }],
    [],
  ],
  ['HostRegexp(`{sub:[a-z]+}.example.org`)', ['~{sub:[a-z]+}.example.org'], [], []],
  ['Path(`/u/{id:[0-9]+}`)', [], [{ how: 'regex', value: '/u/{id:[0-9]+}' }], []],
  ['Host(`a.example`) && !PathPrefix(`/private`)', ['a.example'], [], ['!PathPrefix(`/private`)']],
  [
    'Host(`a.example`) && Method(`GET`) && ClientIP(`10.0.0.0/8`)',
    ['a.example'],
    [],
    ['Method(`GET`)', 'ClientIP(`10.0.0.0/8`)'],
  ],
  ['HostSNI(`*`)', [], [], []],
  ['HostSNI(`db.example`)', ['db.example'], [], []],
  ['host(`a.example`)', ['a.example'], [], []],
  ['Host(`app.${DOMAIN}`)', ['app.${DOMAIN}'], [], []],
  ['Host(`a.example`) || (Host(`a.example`) && PathPrefix(`/x`))', ['a.example'], [], []],
])('%s', (rule, hosts, paths, other) => {
  expect(match(rule)).toEqual({ hosts, paths, other });
  expect(readRule(rule).isUnderstood).toBe(true);
});

test('what is no product of hosts and paths is said as written, and its hosts still narrow it', () => {
  const rule = '(Host(`a.example`) && PathPrefix(`/x`)) || Host(`b.example`)';
  expect(match(rule)).toEqual({ hosts: ['a.example', 'b.example'], paths: [], other: [rule] });
  expect(match('Host(`a.example`) && Host(`b.example`)')).toEqual({
    hosts: ['a.example'],
    paths: [],
    other: ['Host(`b.example`)'],
  });
});

test.each([
  'Host(a.example)',
  'Host(`a`',
  'Host(`a`) &&',
  'Foo(`a`)',
  '',
  'Host(`{{ normalize .Name }}`)',
  '('.repeat(5000),
])('%s is not understood and not lost', (rule) => {
  const read = readRule(rule);
  expect(read.isUnderstood).toBe(false);
  expect(read.match).toMatchObject({ hosts: [], paths: [] });
  expect(read.match.other).toEqual([rule]);
});

test('a rule over the limit is not understood', () => {
  expect(readRule(`Host(\`${'a'.repeat(30_000)}\`)`).isUnderstood).toBe(false);
});

test.each([
  'Host(`a.example`) && Header(`X-Api-Key`, `canary-7f3a`)',
  'Host(`a.example`) && (Query(`token=canary-7f3a`) || HeadersRegexp(`Authorization`, `canary-7f3a`))',
  'Query(`access_token`, `canary-7f3a`)',
  'Header(`X-Api-Key`, `canary-7f3a',
])('what lets in is shown nowhere: %s', (rule) => {
  expect(JSON.stringify(readRule(rule))).not.toContain('canary');
});

test('a header that is no secret is shown', () => {
  const { match: read, shown } = readRule('Header(`X-Beta`, `on`)');
  expect([read.other, shown]).toEqual([['Header(`X-Beta`, `on`)'], 'Header(`X-Beta`, `on`)']);
});

test.each([
  ['Host:a.example,b.example;PathPrefix:/api', ['a.example', 'b.example'], [prefix('/api')], []],
  ['Host: A.example', ['a.example'], [], []],
  ['PathPrefixStrip:/files', [], [prefix('/files')], []],
  ['HostRegexp:{sub:[a-z]+}.example.org', ['~{sub:[a-z]+}.example.org'], [], []],
  ['Host:a.example;Method:GET', ['a.example'], [], ['Method:GET']],
])('version 1: %s', (rule, hosts, paths, other) => {
  expect(readOldRule(rule)).toMatchObject({ match: { hosts, paths, other }, isUnderstood: true });
});

test('version 1: what a header must hold is shown nowhere', () => {
  expect(JSON.stringify(readOldRule('Headers:X-Key,canary-7f3a;Host:a.example'))).not.toContain('canary');
});
