import { expect, test } from 'vitest';
import { closedGapsOf, type FoundGap, type Looked, withClosures } from './closed-gaps.ts';
import { assignGaps, type Lock } from './lock.ts';

const NEW: Lock = { version: 1, next: 1, gaps: {} };
const looked = (parts: Partial<Looked> = {}): Looked => ({
  on: '2026-11-28',
  read: new Set(['repo', 'docs']),
  partly: new Set(),
  isUnread: () => false,
  couldFind: () => true,
  ...parts,
});
const said = (text: string) => ({ fr: text, en: text });

/** An audit that finds these, and what it leaves in the lock. */
function audited(lock: Lock, fingerprints: string[], parts: Partial<Looked> = {}): Lock {
  const { ids, lock: next } = assignGaps(lock, fingerprints, { prefix: 'GAP' });
  const found = fingerprints.map(
    (fingerprint): FoundGap => ({
      fingerprint,
      gap: ids.get(fingerprint) ?? '',
      rule: `${fingerprint}-rule`,
      title: said(fingerprint),
      evidence: [{ source: 'repo', file: `${fingerprint}.sh`, line: 1 }],
    }),
  );
  return withClosures(next, found, looked(parts));
}

test('a gap that is no longer found is closed on that day, and stays so', () => {
  const first = audited(NEW, ['a', 'b']);
  expect(closedGapsOf(first)).toEqual([]);
  const second = audited(first, ['b']);
  const a = { gap: 'GAP-0001', rule: 'a-rule', title: said('a'), closed: '2026-11-28' };
  expect(closedGapsOf(second)).toEqual([a]);
  expect(closedGapsOf(audited(second, ['b'], { on: '2027-01-01' }))).toEqual([a]);
});

test('a gap that comes back has its old number, and is closed no more', () => {
  const closed = audited(audited(NEW, ['a', 'b']), ['b']);
  const back = audited(closed, ['a', 'b', 'c']);
  expect(closedGapsOf(back)).toEqual([]);
  expect(back.gaps).toEqual({ a: 'GAP-0001', b: 'GAP-0002', c: 'GAP-0003' });
});

test.each<[string, Partial<Looked>]>([
  ['the rule could not answer, or was turned off', { couldFind: () => false }],
  ['the file could not be read', { isUnread: (file) => file === 'a.sh' }],
  ['the repository was not read', { read: new Set() }],
  ['the repository could not be read', { partly: new Set(['repo']) }],
])('nothing is closed where %s', (_, parts) => {
  expect(closedGapsOf(audited(audited(NEW, ['a']), [], parts))).toEqual([]);
});

test('what was found with an account is closed only by an audit that reads it in full', () => {
  const place = 'aws 123456789012 eu-west-3';
  const read = new Set(['repo', 'docs', place]);
  const first = audited(NEW, ['a'], { read });
  expect(closedGapsOf(audited(first, []))).toEqual([]);
  expect(closedGapsOf(audited(first, [], { read, partly: new Set([place]) }))).toEqual([]);
  expect(
    closedGapsOf(audited(first, [], { read: new Set(['repo', 'docs', 'aws 123456789012 eu-west-1']) })),
  ).toEqual([]);
  expect(closedGapsOf(audited(first, [], { read }))).toHaveLength(1);
});

test('what less was enough to find once is enough to look for again', () => {
  const read = new Set(['repo', 'docs', 'aws 123456789012 eu-west-3']);
  const again = audited(audited(NEW, ['a'], { read }), ['a']);
  expect(again.open?.['GAP-0001']).not.toHaveProperty('read');
  expect(closedGapsOf(audited(again, []))).toHaveLength(1);
});

test('two audits that find the same leave the same lock', () => {
  const first = audited(NEW, ['b', 'a']);
  expect(JSON.stringify(audited(first, ['a', 'b']))).toBe(JSON.stringify(first));
});

test('a gap of a lock that says nothing of it is not closed before it was found again', () => {
  const old: Lock = { version: 1, next: 2, gaps: { a: 'GAP-0001' } };
  expect(closedGapsOf(audited(old, []))).toEqual([]);
  expect(closedGapsOf(audited(audited(old, ['a']), []))).toHaveLength(1);
});

test('a gap that goes by the id of another audit is neither open nor closed here', () => {
  const first = audited(NEW, ['a']);
  const { ids, lock } = assignGaps(first, ['a'], { prefix: 'GAP', known: new Map([['a', 'GAP-0905']]) });
  const gap = ids.get('a') ?? '';
  const kept = withClosures(
    lock,
    [{ fingerprint: 'a', gap, rule: 'a-rule', title: said('a'), evidence: [] }],
    looked(),
  );
  expect(gap).toBe('GAP-0905');
  expect(kept).toEqual(first);
});
