import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { rehearse } from './rehearse.ts';

const TIDY = `name: Tidy
inputs:
  title:
    required: true
  mark: { default: "\${{ github.actor }}" }
runs:
  using: composite
  steps:
    - shell: bash
      run: |
        set -e
        echo "\${{ inputs.title }}"
    - uses: ./tools/inner
`;

const actionsOf = async (files: Record<string, string>) =>
  (
    await rehearse(memoryTree(files), {
      workflows: Object.keys(files).filter((file) => /workflows\//.test(file)),
    })
  ).actions;

test('a composite action is read with its inputs and steps, and what it uses too', async () => {
  const actions = await actionsOf({
    '.github/workflows/ci.yml': 'on: push\njobs: { a: { runs-on: x, steps: [{ uses: ./ }] } }',
    '.github/actions/tidy/action.yml': TIDY,
    'tools/inner/action.yaml': 'runs: { using: node24, main: index.js }',
    'tools/unused/action.yml': 'runs: { using: composite, steps: [] }',
    'action.yml': 'runs: { using: docker, image: Dockerfile }',
  });
  expect(actions).toMatchObject([
    {
      file: '.github/actions/tidy/action.yml',
      using: 'composite',
      inputs: [
        { name: 'title', line: 3, required: true },
        { name: 'mark', line: 5, required: false, default: `\${{ github.actor }}` },
      ],
      steps: [{ line: 9, shell: 'bash', run: { line: 11 } }, { uses: { text: './tools/inner', line: 13 } }],
    },
    { file: 'action.yml', using: 'docker', steps: [] },
    { file: 'tools/inner/action.yaml', using: 'node24', steps: [] },
  ]);
});

test.each([
  ['YAML that does not parse', 'runs: ['],
  ['a list', '- a'],
  ['nothing', ''],
  ['no `runs`', 'name: x'],
])('an action that is %s is left out', async (_, text) => {
  expect(await actionsOf({ '.github/actions/tidy/action.yml': text })).toEqual([]);
});

test('steps that are no list, and an action that uses itself or leads out of the repository, do no harm', async () => {
  const actions = await actionsOf({
    '.github/actions/a/action.yml': 'inputs: [x]\nruns: { using: composite, steps: { a: 1 } }',
    '.github/actions/b/action.yml':
      'runs: { using: composite, steps: [3, { uses: ./.github/actions/b }, { uses: ./../../b }, { uses: 7 }] }',
  });
  expect(actions.map(({ inputs, steps }) => [inputs.length, steps.length])).toEqual([
    [0, 0],
    [0, 3],
  ]);
});
