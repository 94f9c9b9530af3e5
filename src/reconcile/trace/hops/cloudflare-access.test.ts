import { expect, test } from 'vitest';
import { Edge } from '../test-edge.ts';
import { requestOf } from '../trace.ts';
import { isBehind } from './cloudflare-access.ts';

test.each([
  ['app.quay.example', 'https://app.quay.example/any/thing', true],
  ['app.quay.example', 'https://quay.example/', false],
  ['app.quay.example/admin', 'https://app.quay.example/admin', true],
  ['app.quay.example/admin', 'https://app.quay.example/admin/users', true],
  ['app.quay.example/admin', 'https://app.quay.example/administration', false],
  ['app.quay.example/admin/*', 'https://app.quay.example/admin', false],
  ['*.quay.example', 'https://app.quay.example/', true],
  ['*.quay.example', 'https://quay.example/', false],
])('the application of %s stands before %s: %s', (domain, url, expected) => {
  expect(isBehind(domain, requestOf(url))).toBe(expected);
});

const APPLICATION = 'Cloudflare::Access::Application';
const open = () =>
  new Edge().record('app.quay.example', 'AAAA', '100::').route('app.quay.example/*', 'front').worker('front');
const sideOf = (edge: Edge) => edge.trace('https://app.quay.example/').side[0];

test('of several applications the most specific one is asked', () => {
  const edge = open()
    .see(APPLICATION, 'all', { domains: ['*.quay.example'], policies: [{ decision: 'allow' }] })
    .see(APPLICATION, 'front', { domains: ['app.quay.example'], policies: [{ decision: 'allow' }] });
  expect(sideOf(edge)).toMatchObject({
    resource: expect.stringContaining('front'),
    checks: [{ result: 'pass' }],
  });
});

test('none, one that lets everyone in, and a list that nobody read are told apart', () => {
  const text = (edge: Edge) => sideOf(edge)?.checks[0];
  expect(text(open())).toMatchObject({ result: 'pass', text: { en: expect.stringContaining('no Access') } });
  const bypass = { domains: ['app.quay.example'], policies: [{ decision: 'bypass' }] };
  expect(text(open().see(APPLICATION, 'front', bypass))).toMatchObject({
    text: { en: expect.stringContaining('without identity') },
  });
  expect(text(open().refuse(APPLICATION))).toMatchObject({
    result: 'unknown',
    refusal: { permission: `list:${APPLICATION}` },
  });
});
