import { expect, test } from 'vitest';
import { memoryTree } from '#collect/readers/memory-tree.ts';
import { locate, type Search } from './locate.ts';
import { commentAt, SourceLines } from './source-lines.ts';

const FILES = {
  'caller.yml': `jobs:
  a:
    with:
      service: quay-api # quay-old
  # service: quay-commented
`,
  'deploy.sh': `#!/bin/sh
echo "Deploying quay-api"
PREFIX=quay
SERVICE="\${SERVICE:-quay-worker}"
aws ecs update-service --service "$PREFIX-jobs-$ENV"
ls services/quay.py
`,
};
const lines = new SourceLines(memoryTree(FILES));
const at = (name: string, search: Partial<Search> = {}) => {
  const { file, line, holds } = locate(
    name,
    { files: ['caller.yml', 'deploy.sh'], at: { file: 'deploy.sh', line: 5 }, ...search },
    lines,
  );
  return `${file}:${line} ${holds}`;
};

test('the caller’s line comes before a line that only speaks of the name', () => {
  expect(at('quay-api')).toBe('caller.yml:4 name');
});

test('the default of an expansion is where the name is written', () => {
  expect(at('quay-worker')).toBe('deploy.sh:4 name');
});

test('a comment holds no name', () => {
  expect(at('quay-old')).toBe('deploy.sh:5 call');
  expect(at('quay-commented')).toBe('deploy.sh:5 call');
});

test('a word within another, or a path, is another name', () => {
  expect(at('quay')).toBe('deploy.sh:3 name');
});

test('a computed name is found by the longest piece that touches an expansion, else by nothing but its call', () => {
  expect(at('quay-jobs-prod')).toBe('deploy.sh:5 piece');
  expect(at('harbour-x')).toBe('deploy.sh:5 call');
});

test('a template is found by its known part', () => {
  expect(at('⟨PREFIX⟩-jobs-⟨ENV⟩')).toBe('deploy.sh:5 piece');
});

test('a hash inside quotes or a word begins no comment', () => {
  expect(commentAt('run: echo "a # b" # c')).toBe(18);
  expect(commentAt('a#b')).toBe(Number.POSITIVE_INFINITY);
  expect(commentAt("  it's # here")).toBe(7);
});
