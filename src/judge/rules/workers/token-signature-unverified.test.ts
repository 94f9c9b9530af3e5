import { expect, test } from 'vitest';
import type { TokenCheck, WorkerCode } from '#model/worker.ts';
import { estate, findings, isUnknown, worker } from '../../test-estate.ts';
import { tokenSignatureUnverified } from './token-signature-unverified.ts';

const place = { source: 'repo' as const, file: 'src/auth.ts', line: 9 };
const token = (parts: Partial<TokenCheck> = {}): TokenCheck => ({
  at: place,
  signature: 'yes',
  algorithms: ['RS256'],
  issuer: 'yes',
  audience: 'yes',
  expiry: 'yes',
  keyCache: 'yes',
  ...parts,
});
const of = (tokens: TokenCheck[], parts: Partial<WorkerCode> = {}) =>
  estate({ artifacts: { workers: [worker({ tokens, ...parts })] } });
const found = (...given: Parameters<typeof of>) => findings(tokenSignatureUnverified, of(...given));

test('a token that is only decoded is told where it is', () => {
  const [finding] = found([token({ signature: 'no' })], { access: [place] });
  expect(finding).toMatchObject({ severity: 'high', evidence: [{ file: 'src/auth.ts', line: 9 }] });
  expect(finding?.message.en).toContain('the Worker reads that of Access');
});

test('one that is verified, or that something else may verify, is none', () => {
  expect(found([token()])).toEqual([]);
  expect(found([])).toEqual([]);
  expect(isUnknown(tokenSignatureUnverified, of([token({ signature: 'unknown' })]))).toBe(true);
  expect(found([token({ signature: 'no' })], { config: 'examples/a/wrangler.toml' })).toEqual([]);
});
