import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { rehearse } from './rehearse.ts';

const runsOf = async (files: Record<string, string>) => {
  const { scripts } = await rehearse(memoryTree(files), { workflows: [], recipes: Object.keys(files) });
  return scripts.map((run) => ({
    file: run.file,
    name: run.arguments[0],
    calls: run.calls.map((call) => [call.line, call.tool, call.operation, call.arguments, call.certainty]),
  }));
};

test('each package script that deploys is one run, at the line on which it is written', async () => {
  const text = `{
  "scripts": {
    "build": "tsc",
    "deploy:dev": "npm run send -- dev",
    "send": "f() { aws s3 sync dist s3://site-$1 --delete; }; f"
  }
}`;
  expect(await runsOf({ 'web/package.json': text })).toContainEqual({
    file: 'web/package.json',
    name: 'send',
    calls: [[5, 'aws', 's3 sync', expect.anything(), 'rehearsed']],
  });
});

test('each target of a Makefile that deploys is one run, its variables filled in', async () => {
  const text =
    'STACK := shop\n\nbuild:\n\ttsc\n\ndeploy: build\n\taws cloudformation deploy --stack-name $(STACK)-prod --template-file t.yml\n';
  expect(await runsOf({ Makefile: text })).toEqual([
    {
      file: 'Makefile',
      name: 'deploy',
      calls: [
        [
          7,
          'aws',
          'cloudformation deploy',
          expect.objectContaining({ 'stack-name': 'shop-prod' }),
          'rehearsed',
        ],
      ],
    },
  ]);
});

test('scripts that only build, and a file that is no JSON, give nothing', async () => {
  expect(
    await runsOf({ 'package.json': '{"scripts":{"build":"tsc","start":"node x"}}', 'a/package.json': '{' }),
  ).toEqual([]);
});
