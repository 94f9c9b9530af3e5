import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SubjectName } from '#model/rule.ts';
import { newRule, SUBJECTS } from './new.ts';

const root = path.dirname(import.meta.dirname);
const tool = (name: string) => path.join(root, 'node_modules/.bin', name);
const skeletons = Object.keys(SUBJECTS).map((subject) =>
  newRule(`a-new-${subject.toLowerCase()}-fault`, subject as SubjectName),
);

test('the files of a new rule on any subject compile as they are', () => {
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(path.join(root, '.cache/new-rule-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [file, text] of skeletons.flatMap((files) => [...files])) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const config = {
    extends: '../../tsconfig.json',
    compilerOptions: { rootDirs: ['.', '../..'] },
    include: ['src'],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ ...config, exclude: [] }));
  const { stdout } = spawnSync(tool('tsc'), ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' });
  // Errors of the files alone, and of the command itself: what stands elsewhere in the project is another check's.
  expect(stdout.split('\n').filter((line) => /a-new-|^error/.test(line))).toEqual([]);
});
