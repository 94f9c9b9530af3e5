import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assignGaps, LOCK_FILE, type Lock, readLock, writeLock } from './lock.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'constat-lock-'));

test('ids survive another order, and an id is not given again when its gap is gone', () => {
  const first = assignGaps({ version: 1, next: 1, gaps: {} }, ['a', 'b'], { prefix: 'GAP' });
  const second = assignGaps(first.lock, ['c', 'b'], { prefix: 'GAP' });
  expect([...second.ids]).toEqual([
    ['c', 'GAP-0003'],
    ['b', 'GAP-0002'],
  ]);
  expect(second.lock.gaps.a).toBe('GAP-0001');
});

test('what is written is read back, and the same lock is the same bytes', () => {
  const root = folder();
  const { lock } = assignGaps({ version: 1, next: 1, gaps: {} }, ['z', 'a'], { prefix: 'OPS' });
  expect(writeLock(root, lock)).toBe(true);
  const before = readFileSync(path.join(root, LOCK_FILE), 'utf8');
  expect(readLock(root)).toEqual(lock);
  expect(writeLock(root, readLock(root))).toBe(true);
  expect(readFileSync(path.join(root, LOCK_FILE), 'utf8')).toBe(before);
});

test('numbers start where the configuration says, and never below those that were given', () => {
  const from = (lock: Lock, first: number) => assignGaps(lock, ['a'], { prefix: 'GAP', first }).ids.get('a');
  expect(from({ version: 1, next: 1, gaps: {} }, 1401)).toBe('GAP-1401');
  expect(from({ version: 1, next: 1450, gaps: {} }, 1401)).toBe('GAP-1450');
});

test('an id of another audit takes no number, and is given to nothing else', () => {
  const { ids, lock } = assignGaps({ version: 1, next: 1, gaps: {} }, ['a', 'b', 'c'], {
    prefix: 'GAP',
    known: new Map([['b', 'GAP-0002']]),
    taken: new Set(['GAP-0002']),
  });
  expect([...ids.values()]).toEqual(['GAP-0001', 'GAP-0002', 'GAP-0003']);
  expect(lock.gaps).toEqual({ a: 'GAP-0001', c: 'GAP-0003' });
});

test('what a lock says of open and closed gaps is read back', () => {
  const root = folder();
  const title = { fr: 'un', en: 'one' };
  const lock: Lock = {
    version: 1,
    next: 3,
    gaps: { a: 'GAP-0001', b: 'GAP-0002' },
    open: { 'GAP-0001': { rule: 'x', title, files: ['a.sh'] } },
    closed: { 'GAP-0002': { rule: 'y', title, on: '2026-11-28' } },
  };
  expect(writeLock(root, lock)).toBe(true);
  expect(readLock(root)).toEqual(lock);
  writeFileSync(
    path.join(root, LOCK_FILE),
    JSON.stringify({ ...lock, closed: { 'GAP-0002': { rule: 'y', title } } }),
  );
  expect(() => readLock(root)).toThrow(/not a lock file of Constat/);
});

test.each(['{', '[]', '{"version":2,"next":1,"gaps":{}}', '{"version":1,"next":1,"gaps":{"a":1}}'])(
  'a lock that is none (%s) is said in one line with what to do',
  (text) => {
    const root = folder();
    writeFileSync(path.join(root, LOCK_FILE), text);
    expect(() => readLock(root)).toThrow(/constat\.lock\.json: not a lock file of Constat; restore it/);
  },
);
