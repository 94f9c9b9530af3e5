import { expect, test } from 'vitest';
import { rulesets } from './rulesets.ts';
import { collected, denied, of, ofZone } from './test-api.ts';

const ID = 'c'.repeat(32);
const listed = (kind = 'zone', phase = 'http_request_firewall_custom') => [{ id: ID, kind, phase }];
const rules = (...expressions: string[]) => ({
  id: ID,
  rules: expressions.map((expression) => ({ action: 'skip', expression, enabled: true })),
});
const expressionsOf = async (...expressions: string[]) => {
  const { facts } = await collected(rulesets, {
    [of('/rulesets')]: [],
    [ofZone('/rulesets')]: listed(),
    [ofZone(`/rulesets/${ID}`)]: rules(...expressions),
  });
  const [own] = facts;
  return ((own?.properties?.rules ?? []) as { expression: string }[]).map(({ expression }) => expression);
};

test('what headers, cookies and queries are compared with is masked, and paths are not', async () => {
  expect(
    await expressionsOf(
      'http.request.uri.path contains "/admin"',
      'any(http.request.headers["x-gate"][*] eq "canary-1")',
      'http.cookie contains "canary-2"',
      'http.request.uri.query contains "key=canary-3"',
      'http.request.headers["x-gate"][0] in {"canary-4" "canary-5"}',
      'http.request.headers["x-gate"][0] eq "canary\\"-6"',
      'http.request.headers["x-gate"][0] eq r#"canary-7"#',
    ),
  ).toEqual([
    'http.request.uri.path contains "/admin"',
    'any(http.request.headers["x-gate"][*] eq "…")',
    'http.cookie contains "…"',
    'http.request.uri.query contains "…"',
    'http.request.headers["x-gate"][0] in {"…" "…"}',
    'http.request.headers["x-gate"][0] eq "…"',
    'http.request.headers["x-gate"][0] eq "…"',
  ]);
});

test('rules are read of the phases that are asked about, and Cloudflare’s own rulesets are nobody’s', async () => {
  const { facts, asked } = await collected(rulesets, {
    [of('/rulesets')]: listed('managed'),
    [ofZone('/rulesets')]: listed('zone', 'http_request_transform'),
  });
  expect(facts).toMatchObject([
    { name: 'quay.example http_request_transform', properties: { phase: 'http_request_transform' } },
  ]);
  expect(asked.some((path) => path.includes(ID))).toBe(false);
});

test('one side that is refused leaves rulesets unestablished, and what the other has is seen', async () => {
  const { facts, lookups } = await collected(rulesets, {
    [of('/rulesets')]: denied(),
    [ofZone('/rulesets')]: listed(),
    [ofZone(`/rulesets/${ID}`)]: rules('true'),
  });
  expect(facts).toHaveLength(1);
  expect(lookups.map(({ refusal }) => refusal?.permission)).toEqual(
    expect.arrayContaining([undefined, 'Account Rulesets Read']),
  );
});
