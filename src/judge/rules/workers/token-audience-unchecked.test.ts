import { expect, test } from 'vitest';
import type { TokenCheck, WorkerCode } from '#model/worker.ts';
import { estate, findings, worker } from '../../test-estate.ts';
import { tokenAudienceUnchecked } from './token-audience-unchecked.ts';

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
const found = (...given: Parameters<typeof of>) => findings(tokenAudienceUnchecked, of(...given));

test('a token of an issuer of many applications, whose audience is compared with nothing', () => {
  expect(found([token({ audience: 'no' })])).toMatchObject([
    { severity: 'medium', evidence: [{ file: 'src/auth.ts', line: 9 }] },
  ]);
  expect(found([token({ audience: 'no', algorithms: [] })], { access: [place] })).toHaveLength(1);
});

test('a token under a key of the application’s own needs none; what is not known is not told', () => {
  expect(found([token({ audience: 'no', algorithms: ['HS256'] })])).toEqual([]);
  expect(found([token({ audience: 'no', algorithms: [] })])).toEqual([]);
  expect(found([token({ audience: 'unknown' }), token()])).toEqual([]);
  expect(found([token({ audience: 'no', signature: 'no' })])).toEqual([]);
});
