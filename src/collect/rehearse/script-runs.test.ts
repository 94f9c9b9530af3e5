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

test('a line that is never reached finds the configuration of its folder, unless the script leaves it', async () => {
  const config =
    'name = "edge"\n[[d1_databases]]\nbinding = "DB"\ndatabase_name = "shop-db"\ndatabase_id = "a"\n';
  const databases = async (first: string) =>
    (
      await scriptRuns({
        'deploy.sh': `${first}\nexit 0\nwrangler d1 migrations apply DB --remote\n`,
        'wrangler.toml': config,
      })
    ).flatMap(({ calls }) => calls.map((one) => [one.certainty, one.arguments.database]));
  expect(await databases('echo')).toEqual([['static', 'shop-db']]);
  expect(await databases('cd edge')).toEqual([['static', undefined]]);
});

test('a script that nothing reaches is rehearsed like the others', async () => {
  const runs = await scriptRuns({ 'deploy.sh': DEPLOY }, []);
  expect(runs.map((run) => [run.arguments, run.calls[0]?.certainty])).toEqual([
    [['dev'], 'rehearsed'],
    [['prod'], 'rehearsed'],
  ]);
});

test('a variable that a script takes from outside is tried with each value that the script compares it with', async () => {
  const runs = await scriptRuns({
    'site.sh': `#!/bin/bash
set -eu
if [ "\${STAGE}" == "prod" ]; then
  BUCKET=www.example.org
elif [ \${STAGE} == "dev" ]; then
  BUCKET=www-dev.example.org
fi
[ "\${DRY_RUN}" = true ] && exit 0
aws s3 sync dist "s3://$BUCKET"
`,
  });
  expect(runs.map((run) => [run.arguments, run.calls.map(shown)])).toEqual([
    [[], ['aws s3 sync dist s3://⟨$BUCKET⟩']],
    [['STAGE=prod'], ['aws s3 sync dist s3://www.example.org']],
    [['STAGE=dev'], ['aws s3 sync dist s3://www-dev.example.org']],
  ]);
});

test('a guard on an answer that only the run has is passed, one on an argument is not', async () => {
  const runs = await scriptRuns({
    'rules.sh': `#!/bin/bash
for rule in import publish; do
  failed="$(aws events put-targets --rule "$rule" --query FailedEntryCount --output text)"
  if [ "$failed" != "0" ]; then
    echo "failed: $rule" >&2
    exit 1
  fi
done
if [[ "$1" != --force ]]; then exit 1; fi
aws events enable-rule --name publish
`,
  });
  const calls = [
    'aws events put-targets rule=import query=FailedEntryCount output=text',
    'aws events put-targets rule=publish query=FailedEntryCount output=text',
  ];
  expect(runs.map((run) => [run.arguments, run.calls.map(shown)])).toEqual([
    [['⟨argument 1⟩'], calls],
    [
      ['--force', '⟨argument 2⟩'],
      [...calls, 'aws events enable-rule name=publish'],
    ],
  ]);
  expect(runs.flatMap((run) => run.calls).every(({ certainty }) => certainty === 'rehearsed')).toBe(true);
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

test('a script is rehearsed where it starts a tool through another command only', async () => {
  for (const command of [
    'npx wrangler deploy',
    'sudo -u app docker push r.quai.fr/a:1',
    'pnpm exec wrangler deploy',
  ])
    expect((await scriptRuns({ 'deploy.sh': `#!/bin/sh\n${command}\n` })).length, command).toBe(1);
  expect(await scriptRuns({ 'test.sh': '#!/bin/sh\nnpx jest\nyarn test\n' })).toEqual([]);
});

test('an argument that a script asks whether it was given is also left out', async () => {
  const runs = await scriptRuns({
    'deploy.sh': `#!/bin/bash
ENVIRONMENT=$1
NAME=$2
if [ -z "$NAME" ]; then
  case $ENVIRONMENT in
    dev) NAME=shop-dev ;;
    prod) NAME=shop-live ;;
    *) exit 1 ;;
  esac
fi
aws apprunner describe-service --service-name "$NAME"
`,
  });
  expect(runs.flatMap((run) => run.calls.map((call) => call.arguments['service-name']))).toEqual(
    expect.arrayContaining(['shop-dev', 'shop-live']),
  );
});

test('what a script creates where it finds nothing has its name, however it looks for it', async () => {
  const callsOf = async (body: string) =>
    (
      await scriptRuns({ 'setup.sh': `#!/usr/bin/env bash\nset -euo pipefail\nNAME=quay-deploy\n${body}` })
    ).flatMap(({ calls }) =>
      calls.map((call) => [call.operation, call.certainty, call.arguments['policy-name']]),
    );
  const created = ['iam create-policy', 'rehearsed', 'quay-deploy'];
  const get = 'aws iam get-policy --policy-arn "arn:aws:iam::123456789012:policy/$NAME"';
  const create = 'aws iam create-policy --policy-name "$NAME" --policy-document file://p.json';
  expect(await callsOf(`${get} || ${create}\n`)).toContainEqual(created);
  expect(await callsOf(`if ! ${get} >/dev/null 2>&1; then\n  ${create}\nfi\n`)).toContainEqual(created);
  expect(await callsOf(`if ${get}; then\n  echo there\nelse\n  ${create}\nfi\n`)).toContainEqual(created);
  // the look itself is told once, as it was made
  const looks = (await callsOf(`${get} || ${create}\n`)).filter(
    ([operation]) => operation === 'iam get-policy',
  );
  expect(looks).toEqual([['iam get-policy', 'rehearsed', undefined]]);
});
