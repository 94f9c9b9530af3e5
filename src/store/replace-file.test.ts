import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile } from './replace-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'constat-replace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => path.join(folder, 'report.json');

test('pieces are written one after the other', () => {
  replaceFile(file(), ['{"name": ', '"été"', '}\n']);
  expect(readFileSync(file(), 'utf8')).toBe('{"name": "été"}\n');
});

test('what fails between two pieces leaves the file that was there', () => {
  writeFileSync(file(), 'before');
  function* broken() {
    yield 'half';
    throw new Error('no more');
  }
  expect(() => replaceFile(file(), broken())).toThrow('no more');
  expect(readFileSync(file(), 'utf8')).toBe('before');
});

test('a link in its place is replaced, not followed', () => {
  const elsewhere = path.join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'kept');
  symlinkSync(elsewhere, file());
  replaceFile(file(), 'whole');
  expect(readFileSync(elsewhere, 'utf8')).toBe('kept');
  expect(lstatSync(file()).isSymbolicLink()).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['elsewhere', 'report.json']);
});
