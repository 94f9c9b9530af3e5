import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { cloudflareEstate, fact, findings, seenAtCloudflare } from '../../test-estate.ts';
import { workerBindingDiffers } from './worker-binding-differs.ts';

const SCRIPT = 'Cloudflare::Workers::Script';
const D1 = 'Cloudflare::D1::Database';
const configured = (uses: Record<string, string>, line = 1): Fact =>
  fact('repo', {
    verb: 'creates',
    evidence: { source: 'repo', file: 'wrangler.toml', line },
    properties: { workersDev: false },
    relations: Object.entries(uses).map(([as, name]) => ({ type: 'uses', to: { kind: D1, name }, as })),
  });
const script = (bindings: { type: string; name: string; to: string }[], ...facts: Fact[]) =>
  seenAtCloudflare(SCRIPT, 'gate-staging', { bindings }, { facts });
const locks = seenAtCloudflare(D1, 'locks', {}, { otherNames: ['id-1'], facts: [fact('repo')] });
const found = (...resources: Parameters<typeof cloudflareEstate>[0]) =>
  findings(workerBindingDiffers, cloudflareEstate(resources));

test('a binding that the deployed script has not is a gap', () => {
  const [finding] = found(script([], configured({ DB: 'locks' })), locks);
  expect(finding?.title.en).toBe('`gate-staging`: `DB` is not bound');
  expect(finding?.evidence).toHaveLength(2);
});

test('one that leads to another database is a gap, and to the same one by its id is none', () => {
  const bound = (to: string) => script([{ type: 'd1', name: 'DB', to }], configured({ DB: 'locks' }));
  expect(found(bound('id-9'), locks)[0]?.title.en).toContain('leads elsewhere');
  expect(found(bound('id-1'), locks)).toEqual([]);
});

test('what nobody can compare is not said to differ', () => {
  const bound = script([{ type: 'd1', name: 'DB', to: 'id-9' }], configured({ DB: 'locks' }));
  expect(found(bound)).toEqual([]);
});

test('of two configurations of one script only what both say counts', () => {
  const two = script([], configured({ DB: 'locks' }), configured({}, 20));
  expect(found(two, locks)).toEqual([]);
});

test('a script whose settings were not read, or that only a command deploys, is none', () => {
  expect(found(seenAtCloudflare(SCRIPT, 'gate', {}, { facts: [configured({ DB: 'locks' })] }))).toEqual([]);
  expect(found(script([], fact('repo', { verb: 'creates' })))).toEqual([]);
});

test('one that leads to nothing at all is told as that', () => {
  const bound = script([{ type: 'd1', name: 'DB', to: 'id-9' }], configured({ DB: 'locks' }));
  const estate = cloudflareEstate([bound, locks], ['/accounts/{account_id}/d1/database']);
  expect(findings(workerBindingDiffers, estate)).toEqual([]);
});

test('what is bound without a name of its own is told by the binding', () => {
  expect(found(script([], configured({ CACHE: 'CACHE' })))[0]?.message.en).toBe(
    'The configuration binds `CACHE`; the deployed Worker has no such binding.',
  );
});
