import { expect, test } from 'vitest';
import { callsOf, runsOf, script, shown } from './test-workflow.ts';

test('functions with arguments are followed, and a call handed on by "$@" is where the function was called', async () => {
  const runs = await runsOf(
    script(`run() {
  echo "+ $*"
  "$@"
}
deploy() { aws ecs update-service --cluster "$1" --service "$2"; }
run aws s3 sync dist s3://assets
deploy main api`),
  );
  expect(runs[0]?.calls.map((call) => [shown(call), call.line])).toEqual([
    ['aws s3 sync dist s3://assets', 13],
    ['aws ecs update-service cluster=main service=api', 12],
  ]);
});

test('a loop that polls ends, and what stands behind it is reached', async () => {
  const runs = await runsOf(
    script(`while true; do
  STATUS=$(aws ecs describe-services --cluster c --services s --query 'services[0].status' --output text)
  [ "$STATUS" = "NEVER" ] && break
  sleep 30
done
aws s3 ls s3://after`),
  );
  expect(runs[0]?.calls.at(-1)).toMatchObject({
    certainty: 'rehearsed',
    arguments: { words: ['s3://after'] },
  });
});

test('a loop over the lines of a file goes over all of them', async () => {
  const names = Array.from({ length: 30 }, (_, i) => `name-${i}`).join('\n');
  const runs = await runsOf(script('while read -r name; do aws s3 ls "s3://$name"; done < names.txt'), {
    'names.txt': `${names}\n`,
  });
  expect(callsOf(runs)).toHaveLength(30);
});

test('a guard that exits ends the run; what it hides is static', async () => {
  const [run] = await runsOf(
    script(`if [ "$(aws sts get-caller-identity --query Account --output text)" != "123456789012" ]; then
  echo wrong account
  exit 1
fi
aws s3 rm s3://old-assets --recursive`),
  );
  expect(run?.calls.map((call) => [call.operation, call.certainty])).toEqual([
    ['sts get-caller-identity', 'rehearsed'],
    ['s3 rm', 'static'],
  ]);
});

test('exit 0 ends the step for good', async () => {
  const runs = await runsOf(script('aws s3 ls s3://a\nexit 0\nwhoami'));
  expect(callsOf(runs)).toEqual(['aws s3 ls s3://a']);
});

test('${X:-default} takes the default, and a variable from outside never leaves a false literal', async () => {
  const runs = await runsOf(script('aws s3 ls s3://${BUCKET:-assets}\naws s3 ls s3://logs-$STAGE'));
  expect(callsOf(runs)).toEqual(['aws s3 ls s3://assets', 'aws s3 ls s3://logs-⟨$STAGE⟩']);
});

test('null from jq on an unknown answer, and a file that only the run has, are unknown, not empty', async () => {
  const runs = await runsOf(
    script(`NAME=$(aws ssm get-parameter --name /x | jq -r .Nothing.Here)
aws s3 ls "s3://a-$NAME"
aws s3 ls "s3://b-$(cat build/version.txt)"
aws s3 ls "s3://c-$(jq -r .number "$GITHUB_EVENT_PATH")"
aws s3 ls "s3://d-$(aws sts get-caller-identity | grep -o 'nothing')"`),
  );
  for (const call of callsOf(runs).filter((one) => one.startsWith('aws s3')))
    expect(call).toMatch(/s3:\/\/[a-d]-⟨[^⟩]+⟩$/);
});

test('what a name is cut from stays unknown', async () => {
  const runs = await runsOf(
    script('docker push r.example.com/a:${GITHUB_SHA::7}\ndocker push r.example.com/a:${GITHUB_SHA:0:4}'),
  );
  expect(callsOf(runs)).toEqual([
    'docker push r.example.com/a:⟨github.sha⟩',
    'docker push r.example.com/a:⟨part of a symbol⟩',
  ]);
});

test('files of the repository are read by jq, sed and envsubst', async () => {
  const runs = await runsOf(
    script(`CLUSTER=$(jq -r .cluster config/prod.json)
sed "s/STAGE/prod/" task.template > task.json
STAGE=prod envsubst < task.template > task2.json
aws ecs update-service --cluster "$CLUSTER" --service "$(jq -r .family task.json)" --task-definition "$(jq -r .image task2.json)"`),
    {
      'config/prod.json': '{ "cluster": "live" }',
      'task.template': '{ "family": "shop-STAGE", "image": "shop:${STAGE}" }',
    },
  );
  expect(callsOf(runs)).toEqual([
    'aws ecs update-service cluster=live service=shop-prod task-definition=shop:prod',
  ]);
});

test('package scripts, workspaces and make targets are followed to where they are written', async () => {
  const runs = await runsOf(script('npm run deploy -- --stage live\nyarn --cwd web ship\nmake push TAG=7'), {
    'package.json': '{\n  "scripts": {\n    "deploy": "aws s3 sync dist s3://site"\n  }\n}',
    'web/package.json': '{ "scripts": { "ship": "wrangler deploy --env live" } }',
    Makefile:
      'REGISTRY ?= r.example.com\nTAG = dev\n\nbuild:\n\tdocker build -t $(REGISTRY)/shop:$(TAG) .\n\npush: build\n\t@docker push $(REGISTRY)/shop:$(TAG) # now\n',
  });
  const places = runs[0]?.calls.map((call) => [shown(call).slice(0, 40), call.file, call.line]);
  expect(places).toContainEqual(['aws s3 sync stage=live dist s3://site', 'package.json', 3]);
  expect(places).toContainEqual(['wrangler deploy env=live', 'web/package.json', 1]);
  expect(places).toContainEqual(['docker push r.example.com/shop:7', 'Makefile', 8]);
});

test('a script of the repository is followed, with its own lines, whatever starts it', async () => {
  const files = {
    'scripts/deploy.sh': '#!/usr/bin/env bash\nset -euo pipefail\naws s3 sync dist "s3://shop-$1"\n',
  };
  for (const start of [
    './scripts/deploy.sh dev',
    'bash scripts/deploy.sh dev',
    'cd scripts && sh ./deploy.sh dev',
    'sudo -E timeout 60 scripts/deploy.sh dev',
  ]) {
    const runs = await runsOf(script(start), files);
    expect(
      runs[0]?.calls.map((call) => [shown(call), call.file, call.line]),
      start,
    ).toEqual([['aws s3 sync dist s3://shop-dev', 'scripts/deploy.sh', 3]]);
  }
});

test('what a here-document tells a host is rehearsed there, line by line', async () => {
  const runs = await runsOf(
    script(`ssh -o StrictHostKeyChecking=no deploy@web.example.com <<'EOF'
  cd /srv/shop
  docker compose pull
  docker compose up -d
EOF
ssh web.example.com "sudo systemctl restart shop"`),
  );
  expect(
    runs[0]?.calls
      .filter((call) => call.remote)
      .map((call) => [call.tool, call.operation, call.remote, call.line]),
  ).toEqual([
    ['docker', 'compose pull', 'web.example.com', 10],
    ['docker', 'compose up', 'web.example.com', 11],
    ['systemctl', 'restart', 'web.example.com', 13],
  ]);
});

test('wrappers hand on the place and the words', async () => {
  const runs = await runsOf(
    script(`npx --yes wrangler@4 deploy --env live
env STAGE=x aws s3 ls s3://a
echo "s3://b s3://c" | xargs -n1 aws s3 ls
AWS="aws --region eu-west-1"
$AWS s3 ls s3://d
/usr/local/bin/aws s3 ls s3://e
bash -c 'aws s3 ls s3://f'`),
  );
  expect(runs[0]?.calls.map((call) => [shown(call), call.line])).toEqual([
    ['wrangler deploy env=live', 8],
    ['aws s3 ls s3://a', 9],
    ['aws s3 ls s3://b', 10],
    ['aws s3 ls s3://c', 10],
    ['aws s3 ls region=eu-west-1 s3://d', 12],
    ['aws s3 ls s3://e', 13],
    ['aws s3 ls s3://f', 14],
  ]);
});

test('what is only known while running differs in nothing between two rehearsals', async () => {
  const text = script(`STAMP=$(date +%Y%m%d)-$RANDOM-$(printf '%(%s)T' -1)
docker push "r.example.com/a:$STAMP"
for i in 1 2; do docker push "r.example.com/b:$((RANDOM % 10))-$(uuidgen)-$(mktemp -u)"; done
echo '{}' | jq now
env | sort`);
  expect(JSON.stringify(await runsOf(text))).toBe(JSON.stringify(await runsOf(text)));
  expect(callsOf(await runsOf(text))[0]).toBe('docker push r.example.com/a:⟨date +%Y%m%d⟩-⟨time⟩-⟨time⟩');
});

test('a shell on a host reads what the caller hands it, after what stands before it in the command', async () => {
  const [run] = await runsOf(
    script(`ssh one "RELEASE='7' bash -s" < deploy/up.sh
ssh two "cd /srv/app && sudo RELEASE=8 bash -s" <<'EOF'
docker pull acme/shop:$RELEASE
EOF
ssh three "docker ps | grep bash"`),
    { 'deploy/up.sh': '#!/bin/bash\ndocker pull acme/web:$RELEASE\n' },
  );
  expect(
    run?.calls
      .filter(({ tool }) => tool === 'docker')
      .map((call) => [shown(call), call.remote, call.file, call.line]),
  ).toEqual([
    ['docker pull acme/web:7', 'one', 'deploy/up.sh', 2],
    ['docker pull acme/shop:8', 'two', undefined, expect.any(Number)],
    ['docker ps', 'three', undefined, expect.any(Number)],
  ]);
});
