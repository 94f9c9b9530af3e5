import { expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { withDeployedWorkers } from './deployed-workers.ts';

const declared = (kind: Fact['kind'], name: string, parts: Partial<Fact> = {}): Fact => ({
  kind,
  name,
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'wrangler.toml', line: 3 },
  environments: [],
  condition: 'wrangler deploy',
  ...parts,
});
const script = declared('Cloudflare::Workers::Script', 'gate', { verb: 'creates' });
const secret = declared('Cloudflare::Workers::Secret', 'gate/KEY');
const seen = (name: string): Fact => ({
  ...declared('Cloudflare::Workers::Script', name),
  source: 'cloudflare',
  sort: 'observed',
  evidence: { source: 'cloudflare', operation: 'GET', at: '2026-11-28T12:00:00Z' },
});
const conditionOf = (facts: readonly Fact[]) => facts.find(({ kind }) => kind === secret.kind)?.condition;

test('what stands beside a script that is deployed was to be deployed with it', () => {
  expect(conditionOf(withDeployedWorkers([script, secret, seen('gate')]))).toBeUndefined();
});

test('where the script is not there, or is of another file or level, nobody knows', () => {
  expect(conditionOf(withDeployedWorkers([script, secret, seen('other')]))).toBe('wrangler deploy');
  const elsewhere: Fact = { ...secret, evidence: { source: 'repo', file: 'b/wrangler.toml', line: 3 } };
  expect(conditionOf(withDeployedWorkers([script, elsewhere, seen('gate')]))).toBe('wrangler deploy');
  const level = { ...secret, condition: 'wrangler deploy --env x' };
  expect(conditionOf(withDeployedWorkers([script, level, seen('gate')]))).toBe('wrangler deploy --env x');
});

test('a namespace that is bound without an id has a name that no file holds', () => {
  const bound = declared('Cloudflare::KV::Namespace', 'CACHE');
  const known = declared('Cloudflare::KV::Namespace', 'FLAGS', {
    properties: { id: 'k1' },
    otherNames: ['k1'],
  });
  const found = withDeployedWorkers([script, bound, known, seen('gate')]);
  expect(found.filter(({ kind }) => kind === bound.kind).map(({ nameStatus }) => nameStatus)).toEqual([
    'logical',
    'literal',
  ]);
});

test('without a look at Cloudflare facts stay what they are', () => {
  const facts = [script, secret];
  expect(withDeployedWorkers(facts)).toBe(facts);
});
