import { expect, test } from 'vitest';
import { noArtifacts } from '#model/artifacts.ts';
import { excerptsOf } from './excerpts.ts';
import { memoryTree } from './readers/memory-tree.ts';

const tree = memoryTree({
  'a.yml': 'one\n  two: 2\nthree',
  '.env': 'PASSWORD=hunter2hunter2\n',
  'key.txt': 'x\nAKIAABCDEFGHIJKLMNOP\n',
  'prod.tfstate.backup': '{"password": "hunter2hunter2"}',
  'shown.json': '{"password": "hunter2hunter2"}',
});
const artifacts = {
  ...noArtifacts(),
  environmentFiles: [{ file: '.env', example: false, tracked: true, variables: [] }],
  terraformStates: [{ file: 'shown.json', tracked: false, holds: 'values' as const }],
  secrets: [{ file: 'key.txt', line: 2, detector: 'd', title: 't', masked: 'AKIA…OP' }],
};
const shown = (file: string, line: number, endLine?: number) => {
  const evidence = excerptsOf(tree, artifacts)({ source: 'repo', file, line, ...(endLine && { endLine }) });
  return evidence.excerpt;
};

test('a place is given its text', () => {
  expect(shown('a.yml', 2)).toBe('two: 2');
  expect(shown('a.yml', 1, 3)).toBe('one\n  two: 2\nthree');
});

test('a line past the end and a file that is not there have none', () => {
  expect(shown('a.yml', 9)).toBeUndefined();
  expect(shown('gone.yml', 1)).toBeUndefined();
});

test('lines of dotenv files and of secrets are never shown', () => {
  expect(shown('.env', 1)).toBeUndefined();
  expect(shown('key.txt', 2)).toBeUndefined();
  const given = { source: 'repo', file: 'key.txt', line: 2, excerpt: 'AKIAABCDEFGHIJKLMNOP' } as const;
  expect(excerptsOf(tree, artifacts)(given)).toEqual({ source: 'repo', file: 'key.txt', line: 2 });
});

test('lines of a Terraform state are never shown, whatever it is called, nor those of what was imported', () => {
  expect(shown('prod.tfstate.backup', 1)).toBeUndefined();
  expect(shown('shown.json', 1)).toBeUndefined();
  const imported = { source: 'import', file: 'a.yml', line: 2 } as const;
  expect(excerptsOf(tree, artifacts)(imported)).toEqual(imported);
});
