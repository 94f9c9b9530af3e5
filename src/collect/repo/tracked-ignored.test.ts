import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { trackedIgnored } from './tracked-ignored.ts';

const find = (files: Record<string, string>) =>
  trackedIgnored(memoryTree(files)).map(
    ({ file, ignoredBy }) => `${file} ${ignoredBy.file}:${ignoredBy.line} ${ignoredBy.pattern}`,
  );

test('a file and what a folder holds are told with the rule that names them', () => {
  const files = {
    '.gitignore': '# secrets\n\n.env\n/dist/\n*.pem\n',
    '.env': '',
    'a/.env': '',
    'dist/x/y.js': '',
    'a/dist/z': '',
    'k.pem': '',
  };
  expect(find(files)).toEqual([
    '.env .gitignore:3 .env',
    'a/.env .gitignore:3 .env',
    'dist/x/y.js .gitignore:4 /dist/',
    'k.pem .gitignore:5 *.pem',
  ]);
});

test('a later rule and a nearer file overrule, but not inside an ignored folder', () => {
  const files = {
    '.gitignore': '*.env\n!keep.env\nbuild/\ncache/\n',
    'keep.env': '',
    'app/.gitignore': '!prod.env\n!build/\nlocal.txt\n',
    'app/prod.env': '',
    'app/dev.env': '',
    'app/local.txt': '',
    'local.txt': '',
    'app/build/x': '',
    'cache/.gitignore': '!x\n',
    'cache/x': '',
  };
  expect(find(files)).toEqual([
    'app/dev.env .gitignore:1 *.env',
    'app/local.txt app/.gitignore:3 local.txt',
    'cache/.gitignore .gitignore:4 cache/',
    'cache/x .gitignore:4 cache/',
  ]);
});

test('nothing is said where git does not say what it tracks, and without ignore files', () => {
  const tree = memoryTree({ '.gitignore': 'a\n', a: '' });
  const walked = { ...tree, files: tree.files.map((file) => ({ ...file, tracked: false })) };
  expect(trackedIgnored(walked)).toEqual([]);
  expect(find({ a: '' })).toEqual([]);
});

test('hostile patterns, names and files cost little', () => {
  const files: Record<string, string> = {
    '.gitignore': `${'**/*a*/**/*a*/**/b\n'.repeat(20)}${'*a'.repeat(100)}\n${'a*'.repeat(5000)}\n[\n\\\n!\n/\n`,
    '__proto__/constructor': '',
    "a'\n\u0007": '',
    [`${'a/'.repeat(255)}x`]: '',
    [`${'a/'.repeat(500)}x`]: '',
  };
  for (let i = 0; i < 1000; i += 1) files[`${'a'.repeat(120)}${i}/${'b'.repeat(120)}`] = '';
  const started = performance.now();
  expect(find(files)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(20_000);
});
