import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { scriptCopies } from './script-copies.ts';

const long = Array.from({ length: 12 }, (_, index) => `step ${index}`).join('\n');
const copies = (files: Record<string, string>) =>
  collectFiles(scriptCopies, files).artifacts.scriptCopies.map((one) => one.files);

test('the same text in two places, blank lines and line ends aside', () => {
  const dos = `${long.replaceAll('\n', '\r\n\r\n')}\r\n`;
  expect(copies({ 'a/deploy.sh': long, 'b/deploy.sh': dos, 'c/deploy.sh': `${long}\nmore` })).toEqual([
    ['a/deploy.sh', 'b/deploy.sh'],
  ]);
});

test('a few lines, and what stands in examples or in others’ code, are no copies', () => {
  expect(copies({ 'a/run.sh': 'exec node\n', 'b/run.sh': 'exec node\n' })).toEqual([]);
  expect(copies({ 'a/run.sh': long, 'vendor/run.sh': long, 'examples/run.sh': long })).toEqual([]);
});
