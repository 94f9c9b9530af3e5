import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assignGaps, LOCK_FILE, readLock, writeLock } from './lock.ts';

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

test.each(['{', '[]', '{"version":2,"next":1,"gaps":{}}', '{"version":1,"next":1,"gaps":{"a":1}}'])(
  'a lock that is none (%s) is said in one line with what to do',
  (text) => {
    const root = folder();
    writeFileSync(path.join(root, LOCK_FILE), text);
    expect(() => readLock(root)).toThrow(/constat\.lock\.json: not a lock file of Constat; restore it/);
  },
);
