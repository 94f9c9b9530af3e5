import { expect, test } from 'vitest';
import { checksOf, sidesOf, type Verdict, wayOf } from './verdict.ts';

const verdict = (result: Verdict['result'], subnet: string, more: Partial<Verdict> = {}): Verdict => ({
  id: 'security-group-blocks',
  result,
  topic: 'sg-1',
  text: { fr: 'fermé', en: 'closed' },
  way: wayOf('logs', subnet),
  subnets: [subnet],
  values: { peerCidrs: [subnet], port: 443 },
  ...more,
});
const WAYS = [wayOf('logs', 'a'), wayOf('logs', 'b')];
const only = (verdicts: Verdict[], ways = WAYS) => {
  const checks = checksOf(sidesOf(verdicts, ways));
  expect(checks.length).toBe(1);
  return checks[0];
};

test('what cuts off all subnets is one failure, established, with what each needs', () => {
  const check = only([verdict('fail', 'a'), verdict('fail', 'b')]);
  expect(check).toMatchObject({
    result: 'fail',
    values: { peerCidrs: ['a', 'b'], port: 443, subnets: ['a', 'b'] },
  });
  expect(check?.certainty).toBeUndefined();
  expect(check?.text.en).toBe('closed');
});

test('what cuts off one of two is probable, and says which', () => {
  const check = only([verdict('pass', 'a'), verdict('fail', 'b')]);
  expect(check).toMatchObject({ result: 'fail', certainty: 'probable', values: { subnets: ['b'] } });
  expect(check?.text).toEqual({ fr: 'fermé (sous-réseau `b`)', en: 'closed (subnet `b`)' });
});

test('two that together cut off all are established, each with its own subnet', () => {
  const checks = checksOf(
    sidesOf([verdict('fail', 'a'), verdict('fail', 'b', { id: 'route-missing', topic: 'rtb' })], WAYS),
  );
  expect(checks.map(({ certainty }) => certainty)).toEqual([undefined, undefined]);
  expect(checks[1]?.text.en).toBe('closed (subnet `b`)');
});

test('what cuts off one service of two is established', () => {
  const ways = [wayOf('logs', 'a'), wayOf('s3', 'a')];
  expect(only([verdict('fail', 'a')], ways)?.certainty).toBeUndefined();
});

test('a failure that hits some connections only closes no way', () => {
  const some = { certainty: 'probable' } as const;
  expect(only([verdict('fail', 'a', some), verdict('fail', 'b', some)])?.certainty).toBe('probable');
});

test('a failure tells more than what nobody knows, and that more than what passes', () => {
  expect(only([verdict('pass', 'a'), verdict('unknown', 'b')])?.result).toBe('unknown');
  expect(only([verdict('unknown', 'a'), verdict('fail', 'b')])?.result).toBe('fail');
  expect(only([verdict('pass', 'a'), verdict('pass', 'b')])?.values).toBeUndefined();
});

test('a summary of what passes is not told beside a failure', () => {
  const open = verdict('pass', 'a', { topic: 'open', isSummary: true });
  expect(only([open, verdict('fail', 'b')])?.result).toBe('fail');
  expect(only([open])?.result).toBe('pass');
});
