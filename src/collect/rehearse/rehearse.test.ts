import { expect, test } from 'vitest';
import { callsOf, indent, job, runsOf, script, shown } from './test-workflow.ts';

const DISPATCH = `
  workflow_dispatch:
    inputs:
      environment:
        type: choice
        options: [dev, prod]`;

test('a case on an input, written to GITHUB_ENV, gives each choice the names used steps later', async () => {
  const runs = await runsOf(
    job(
      `- run: |
    case "\${{ inputs.environment }}" in
      dev) echo "CLUSTER=shop-dev" >> $GITHUB_ENV ;;
      prod) echo "CLUSTER=shop-live" >> "$GITHUB_ENV" ;;
    esac
- run: aws ecs update-service --cluster "$CLUSTER" --service api`,
      DISPATCH,
    ),
  );
  expect(runs.map((run) => [run.inputs.environment, run.calls.map(shown)])).toEqual([
    ['dev', ['aws ecs update-service cluster=shop-dev service=api']],
    ['prod', ['aws ecs update-service cluster=shop-live service=api']],
  ]);
  expect(runs.flatMap((run) => run.calls).every((call) => call.certainty === 'rehearsed')).toBe(true);
});

test('a call has the line on which it is written', async () => {
  const [run] = await runsOf(script('echo one\necho two\naws s3 ls s3://assets'));
  expect(run?.calls.map((call) => call.line)).toEqual([10]);
});

test('step outputs and job outputs reach the jobs that need them', async () => {
  const runs = await runsOf(`
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs: { image: '\${{ steps.name.outputs.image }}' }
    steps:
      - id: name
        run: echo "image=registry.example.com/shop:1" >> "$GITHUB_OUTPUT"
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: docker push \${{ needs.build.outputs.image }}
`);
  expect(callsOf(runs)).toEqual(['docker push registry.example.com/shop:1']);
});

test('a heredoc in GITHUB_OUTPUT keeps its lines, and a key called __proto__ harms nothing', async () => {
  const runs = await runsOf(
    job(`- id: a
  run: |
    {
      echo 'tags<<END'
      echo one
      echo two
      echo END
      echo "__proto__=x"
    } >> $GITHUB_OUTPUT
- run: |
    for tag in $TAGS; do docker push "r.example.com/a:$tag"; done
  env:
    TAGS: \${{ steps.a.outputs.tags }}`),
  );
  expect(callsOf(runs)).toContain('docker push r.example.com/a:one');
  expect(callsOf(runs)).toContain('docker push r.example.com/a:two');
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test('what an unknown input is compared with makes a run each, and one for none of them', async () => {
  const runs = await runsOf(
    script(
      `if [[ "\${{ inputs.stage }}" == "live" ]]; then
  aws s3 sync dist s3://shop-live
elif [ "\${{ inputs.stage }}" = "test" ]; then
  aws s3 sync dist s3://shop-test
else
  aws s3 sync dist s3://shop-other
fi`,
      '\n  workflow_dispatch:\n    inputs:\n      stage: { required: true, type: string }',
    ),
  );
  const byStage = runs.map((run) => [
    run.inputs.stage,
    ...run.calls.map((call) => (call.arguments.words as string[])[1]),
  ]);
  expect(byStage).toContainEqual(['live', 's3://shop-live']);
  expect(byStage).toContainEqual(['test', 's3://shop-test']);
  expect(byStage).toContainEqual(['⟨other inputs.stage⟩', 's3://shop-other']);
});

test('a test against a list of names makes a run of each name', async () => {
  const runs = await runsOf(
    script(
      `if [[ ! "$STAGE" =~ ^(dev|prod)$ ]]; then exit 1; fi
aws s3 sync dist "s3://shop-$STAGE"`,
      '\n  workflow_dispatch:\n    inputs:\n      stage: { required: true }',
    ).replace('jobs:', `env:\n  STAGE: \${{ inputs.stage }}\njobs:`),
  );
  const sure = runs.flatMap((run) => run.calls.filter((call) => call.certainty === 'rehearsed').map(shown));
  expect(sure).toEqual(['aws s3 sync dist s3://shop-dev', 'aws s3 sync dist s3://shop-prod']);
});

test('a branch in a condition of the workflow binds the reference', async () => {
  const runs = await runsOf(
    job(
      `- run: aws s3 sync dist s3://live
  if: github.ref == 'refs/heads/main'
- run: aws s3 sync dist "s3://preview-\${GITHUB_REF_NAME}"
  if: github.ref != 'refs/heads/main'`,
      '\n  push:\n    branches: [main, develop]',
    ),
  );
  expect(runs.map((run) => [run.inputs['github.ref_name'], run.calls.map(shown)])).toEqual([
    ['main', ['aws s3 sync dist s3://live']],
    ['develop', ['aws s3 sync dist s3://preview-develop']],
  ]);
});

test('a pull request is never on a branch of refs/heads', async () => {
  const runs = await runsOf(
    job(`- run: aws s3 sync dist s3://live\n  if: github.ref == 'refs/heads/main'`, 'pull_request'),
  );
  expect(callsOf(runs)).toEqual([]);
});

test('a step that can never run declares nothing', async () => {
  const runs = await runsOf(job(`- run: aws s3 sync dist s3://old\n  if: false\n- run: aws s3 ls s3://new`));
  expect(callsOf(runs)).toEqual(['aws s3 ls s3://new']);
});

test('a step for failures is read, static, with its condition', async () => {
  const [run] = await runsOf(
    job('- run: aws ecs update-service --cluster c --service s --task-definition old\n  if: failure()'),
  );
  expect(run?.calls[0]).toMatchObject({ certainty: 'static', condition: 'failure()' });
});

test('a condition that only the run knows is written on the call', async () => {
  const [run] = await runsOf(job(`- run: aws s3 ls s3://a\n  if: vars.FREEZE != 'yes'`));
  expect(run?.calls[0]?.condition).toBe("vars.FREEZE != 'yes'");
  expect(run?.variables).toEqual(['FREEZE']);
});

test('a push has no inputs: the default is taken', async () => {
  const runs = await runsOf(script(`aws s3 ls s3://shop-\${{ inputs.stage || 'dev' }}`, 'push'));
  expect(callsOf(runs)).toEqual(['aws s3 ls s3://shop-dev']);
});

test('an input without influence is not told', async () => {
  const runs = await runsOf(
    script('aws s3 ls s3://a', '\n  workflow_dispatch:\n    inputs:\n      debug: { type: boolean }'),
  );
  expect(runs).toHaveLength(1);
  expect(runs[0]?.inputs).toEqual({});
});

test('matrix cells run each, excluded ones do not, included ones join or stand alone', async () => {
  const runs = await runsOf(`
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        stage: [dev, prod]
        app: [api, web]
        exclude: [{ stage: prod, app: web }]
        include:
          - { stage: prod, app: api, cluster: live }
          - { stage: demo, app: api, cluster: demo }
    steps:
      - run: aws ecs update-service --cluster \${{ matrix.cluster || matrix.stage }} --service \${{ matrix.app }}
`);
  expect(callsOf(runs)).toEqual([
    'aws ecs update-service cluster=dev service=api',
    'aws ecs update-service cluster=dev service=web',
    'aws ecs update-service cluster=live service=api',
    'aws ecs update-service cluster=demo service=api',
  ]);
});

test('a reusable workflow runs with what each caller gives, and says by which way it came', async () => {
  const runs = await runsOf(
    `
on: push
jobs:
  dev:
    uses: ./.github/workflows/ecs.yml
    with: { cluster: shop-dev }
    secrets: { KEY: '\${{ secrets.DEV_AWS_KEY }}' }
  prod:
    uses: ./.github/workflows/ecs.yml
    with: { cluster: shop-prod }
    secrets: inherit
`,
    {
      '.github/workflows/ecs.yml': `
on:
  workflow_call:
    inputs:
      cluster: { type: string, required: true }
      service: { type: string, default: api }
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: { name: '\${{ inputs.cluster }}', url: 'https://\${{ inputs.cluster }}.example.com' }
    env: { AWS_SECRET_ACCESS_KEY: '\${{ secrets.KEY }}' }
    steps:
      - run: aws ecs update-service --cluster \${{ inputs.cluster }} --service \${{ inputs.service }}
`,
    },
  );
  expect(runs.map((run) => [run.job, run.environment, run.url, run.secrets, run.chain.length])).toEqual([
    ['dev / deploy', 'shop-dev', 'https://shop-dev.example.com', ['DEV_AWS_KEY'], 2],
    ['prod / deploy', 'shop-prod', 'https://shop-prod.example.com', ['KEY'], 2],
  ]);
  expect(callsOf(runs)).toEqual([
    'aws ecs update-service cluster=shop-dev service=api',
    'aws ecs update-service cluster=shop-prod service=api',
  ]);
  expect(runs[0]?.calls[0]?.file).toBe('.github/workflows/ecs.yml');
});

test('a reusable workflow of another repository is recorded; whether it has keys is unknown', async () => {
  const [run] = await runsOf(`
on: push
jobs:
  go:
    uses: acme/flows/.github/workflows/deploy.yml@v2
    with: { cluster: live }
    secrets: inherit
`);
  expect(run?.calls.map(shown)).toEqual(['workflow acme/flows/.github/workflows/deploy.yml@v2 cluster=live']);
  expect(run?.auth).toBe('unknown');
});

test('a composite action of the repository runs with its inputs, and its outputs come back', async () => {
  const runs = await runsOf(
    job(
      `- uses: ./.github/actions/name\n  id: name\n  with: { stage: prod }\n- run: aws s3 ls s3://\${{ steps.name.outputs.bucket }}`,
    ),
    {
      '.github/actions/name/action.yml': `
name: name
inputs: { stage: { required: true }, prefix: { default: shop } }
outputs: { bucket: { value: '\${{ steps.make.outputs.bucket }}' } }
runs:
  using: composite
  steps:
    - id: make
      shell: bash
      run: |
        echo "bucket=$PREFIX-\${{ inputs.stage }}" >> $GITHUB_OUTPUT
        docker push r.example.com/\${{ inputs.stage }}
      env: { PREFIX: '\${{ inputs.prefix }}' }
`,
    },
  );
  expect(callsOf(runs)).toEqual(['docker push r.example.com/prod', 'aws s3 ls s3://shop-prod']);
  expect(runs[0]?.calls[0]).toMatchObject({ file: '.github/actions/name/action.yml', line: 12 });
});

test('an action outside of the repository by its path is not followed', async () => {
  const [run] = await runsOf(job('- uses: ./../../secret'), {
    'action.yml': 'runs: {using: composite, steps: []}',
  });
  expect(run?.notes).toEqual(['leads out of the repository: ./../../secret']);
});

test('defaults for all steps: the folder, and a shell that is only parsed', async () => {
  const runs = await runsOf(
    `
on: push
defaults: { run: { working-directory: infra } }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: aws s3 ls "s3://$(jq -r .bucket config.json)"
  b:
    runs-on: windows-latest
    steps:
      - run: aws s3 ls s3://from-windows
`,
    { 'infra/config.json': '{"bucket":"assets"}' },
  );
  expect(runs.flatMap((run) => run.calls.map((call) => [shown(call), call.certainty]))).toEqual([
    ['aws s3 ls s3://assets', 'rehearsed'],
    ['aws s3 ls s3://from-windows', 'static'],
  ]);
});

test('containers and services of a job are images that the runner starts', async () => {
  const [run] = await runsOf(`
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    container: node:24
    services:
      db:
        image: postgres:17
    steps: []
`);
  expect(run?.calls.map((call) => [call.operation, call.arguments.words, call.line])).toEqual([
    ['run', ['node:24'], 6],
    ['run', ['postgres:17'], 9],
  ]);
});

test('a known deployment keeps its share of rehearsed calls, and the engine has no fault of its own', async () => {
  const runs = await runsOf(KNOWN, {
    'deploy/task.json': '{"family":"shop","containerDefinitions":[{"name":"shop","image":"x"}]}',
    'scripts/smoke.sh':
      '#!/bin/sh\nfor i in 1 2 3; do curl -fsS "$1/health" && exit 0; sleep 5; done\nexit 1\n',
  });
  const calls = runs.flatMap((run) => run.calls);
  const sure = calls.filter((call) => call.certainty === 'rehearsed').length;
  expect(calls.length).toBeGreaterThan(15);
  expect(sure / calls.length).toBeGreaterThanOrEqual(0.9);
  expect(runs.flatMap((run) => run.notes).filter((note) => note.startsWith('internal'))).toEqual([]);
});

const KNOWN = `
on:
  push: { branches: [main] }
  workflow_dispatch:
    inputs:
      stage: { type: choice, options: [dev, prod] }
permissions: { id-token: write }
env: { REGION: eu-west-3 }
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: \${{ inputs.stage || 'dev' }}
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/configure-aws-credentials@v4
        with: { role-to-assume: 'arn:aws:iam::123456789012:role/deploy', aws-region: '\${{ env.REGION }}' }
      - id: ecr
        uses: aws-actions/amazon-ecr-login@v2
      - run: |
${indent(
  `set -euo pipefail
STAGE="\${{ inputs.stage || 'dev' }}"
case "$STAGE" in
  dev) CLUSTER=shop-dev; SERVICE=shop-dev-svc ;;
  prod) CLUSTER=shop-prod; SERVICE=shop-prod-svc ;;
  *) echo "unknown stage"; exit 1 ;;
esac
IMAGE="\${{ steps.ecr.outputs.registry }}/shop:$GITHUB_SHA"
docker build -t "$IMAGE" .
docker push "$IMAGE"
echo "CLUSTER=$CLUSTER" >> "$GITHUB_ENV"
echo "SERVICE=$SERVICE" >> "$GITHUB_ENV"
echo "IMAGE=$IMAGE" >> "$GITHUB_ENV"`,
  10,
)}
      - id: task
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with: { task-definition: deploy/task.json, container-name: shop, image: '\${{ env.IMAGE }}' }
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with: { task-definition: '\${{ steps.task.outputs.task-definition }}', service: '\${{ env.SERVICE }}', cluster: '\${{ env.CLUSTER }}' }
      - run: aws ecs wait services-stable --cluster "$CLUSTER" --services "$SERVICE"
      - run: ./scripts/smoke.sh https://shop.example.com
`;

test('a push of all tags is a push of each tag that the run gave', async () => {
  const [run] = await runsOf(
    script(
      'docker build -t reg.example.net/web:v1 .\ndocker tag web reg.example.net/web:live\ndocker push -a reg.example.net/web',
    ),
  );
  const pushed = run?.calls.filter((call) => call.operation === 'push').map((call) => call.arguments.words);
  expect(pushed).toEqual([['reg.example.net/web:v1'], ['reg.example.net/web:live']]);
});
