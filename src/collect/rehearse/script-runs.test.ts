import { expect, test } from 'vitest';
import type { ScriptRun } from '#model/workflow.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { rehearse } from './rehearse.ts';
import { shown } from './test-workflow.ts';

async function scriptRuns(files: Record<string, string>, reachedFrom = ['README.md']): Promise<ScriptRun[]> {
  const scripts = Object.keys(files).map((file) => ({ file, reachedFrom }));
  return (await rehearse(memoryTree(files), { workflows: [], scripts })).scripts;
}

const DEPLOY = `#!/usr/bin/env bash
set -euo pipefail
STAGE="\${1:-}"
case "$STAGE" in
  dev) CLUSTER=shop-dev ;;
  prod) CLUSTER=shop-live ;;
  *) echo "usage: $0 dev|prod"; exit 1 ;;
esac
aws ecs update-service --cluster "$CLUSTER" --service "api-$STAGE"
`;

test('a script is rehearsed with each argument that it compares, and nothing false is left of the guard', async () => {
  const runs = await scriptRuns({ 'deploy.sh': DEPLOY });
  expect(runs.map((run) => [run.arguments, run.calls.map(shown)])).toEqual([
    [['dev'], ['aws ecs update-service cluster=shop-dev service=api-dev']],
    [['prod'], ['aws ecs update-service cluster=shop-live service=api-prod']],
  ]);
  expect(
    runs.flatMap((run) => run.calls).map(({ certainty, line, file }) => [certainty, line, file]),
  ).toEqual([
    ['rehearsed', 9, undefined],
    ['rehearsed', 9, undefined],
  ]);
});

test('a script that nothing reaches is only parsed', async () => {
  const runs = await scriptRuns({ 'deploy.sh': DEPLOY }, []);
  expect(runs).toMatchObject([{ calls: [{ certainty: 'static' }] }]);
  expect(runs[0]?.calls[0]?.arguments).toMatchObject({ service: 'api-⟨${1:-}⟩' });
});

test('a script that sources and calls others shows where each call is written', async () => {
  const runs = await scriptRuns({
    'bin/release': '#!/bin/bash\ncd "$(dirname "$0")/.."\nsource lib/names.sh\n./lib/push.sh "$REPOSITORY"\n',
    'lib/names.sh': 'REPOSITORY=r.example.com/shop\n',
    'lib/push.sh': '#!/bin/sh\ndocker push "$1:latest"\n',
  });
  expect(runs.find(({ file }) => file === 'bin/release')).toBeUndefined();
  expect(runs.find(({ file }) => file === 'lib/push.sh')?.calls.map(shown)).toEqual([
    'docker push ⟨argument 1⟩:latest',
  ]);
  const direct = await scriptRuns({
    'bin/release':
      '#!/bin/bash\ncd "$(dirname "$0")/.."\nsource lib/names.sh\n./lib/push.sh "$REPOSITORY"\naws s3 ls\n',
    'lib/names.sh': 'REPOSITORY=r.example.com/shop\n',
    'lib/push.sh': '#!/bin/sh\ndocker push "$1:latest"\n',
  });
  expect(
    direct
      .find(({ file }) => file === 'bin/release')
      ?.calls.map((call) => [shown(call), call.file, call.line]),
  ).toEqual([
    ['docker push r.example.com/shop:latest', 'lib/push.sh', 2],
    ['aws s3 ls', undefined, 5],
  ]);
});

test('options are arguments too', async () => {
  const runs = await scriptRuns({
    'run.sh': `#!/bin/bash
while [ $# -gt 0 ]; do
  case "$1" in
    --live) BUCKET=live; shift ;;
    *) shift ;;
  esac
done
aws s3 sync dist "s3://\${BUCKET:-test}"
`,
  });
  expect(runs.flatMap((run) => run.calls.map(shown))).toEqual(
    expect.arrayContaining(['aws s3 sync dist s3://test', 'aws s3 sync dist s3://live']),
  );
});

test('a script without a tool that deploys gives no run', async () => {
  expect(await scriptRuns({ 'lint.sh': '#!/bin/sh\ngit diff\nnode x.js\ncurl https://x\n' })).toEqual([]);
});
