import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { collectRepository } from './collect-repository.ts';
import { scriptReferences } from './script-references.ts';

const SCRIPTS = {
  'deploy.sh': '',
  'scripts/release.sh': '',
  'bin/publish': '#!/bin/sh\n',
  'ops/tools/roll.py': '',
};
const references = (file: string, text: string) =>
  collectRepository(memoryTree({ ...SCRIPTS, [file]: text }), [
    scriptReferences,
  ]).artifacts.scriptReferences.map(({ script, line }) => `${script}:${line}`);

test.each([
  ['.github/workflows/a.yml', 'on: push\n# x\n  - run: ./deploy.sh prod\n', ['deploy.sh:3']],
  [
    'package.json',
    '{"scripts":{"release":"bash scripts/release.sh && bin/publish"}}',
    ['scripts/release.sh:1', 'bin/publish:1'],
  ],
  [
    'docs/a.md',
    '# A\n\nRun `../deploy.sh`, then `ops/tools/roll.py`.\n',
    ['deploy.sh:3', 'ops/tools/roll.py:3'],
  ],
  [
    'docs/c.md',
    'Nothing here\n`deploy.sh` and `scripts/release.sh`\nnothing\nscripts/\nrelease.sh, bin/publish',
    ['deploy.sh:2', 'scripts/release.sh:2', 'bin/publish:5'],
  ],
  ['ops/Makefile', 'roll:\n\tpython tools/roll.py\n', ['ops/tools/roll.py:2']],
  ['ops/reset_all.py', 'run(["python3", "../ops/tools/roll.py"])\n', ['ops/tools/roll.py:1']],
  ['shop/models.py', 'run(["python3", "ops/tools/roll.py"])\n', []],
  ['docs/b.md', 'See scripts/gone.sh and https://example.com/deploy.sh\n', []],
])('%s names the scripts it names, at their lines', (file, text, expected) => {
  expect(references(file, text)).toEqual(expected);
});

test('a long line of slashes costs no more than its length', () => {
  const started = performance.now();
  expect(references('docs/c.md', 'a/'.repeat(200_000))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(20_000);
});
