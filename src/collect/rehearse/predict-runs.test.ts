import { describe, expect, test } from 'vitest';
import type { AskedCall, Oracle, Verdict } from '#model/prediction.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { predictRuns } from './predict-runs.ts';
import { rehearse } from './rehearse.ts';

const why = { fr: 'absent', en: 'absent' };
/** An estate in which the named things are not there, and everything else is. */
const without = (...names: string[]): Oracle => ({
  start: () => ({
    ask({ tool, operation, mentions }: AskedCall): Verdict | undefined {
      if (tool !== 'aws') return undefined;
      const isAbsent = mentions.some(({ name, verb }) => names.includes(name) && verb !== 'creates');
      if (!isAbsent) return { prediction: 'ok' };
      if (operation === 'ecs describe-services') return { prediction: 'ok', empty: true };
      return { prediction: 'fails', why };
    },
  }),
});

/** The calls of `aws` in the one run of a job, each with its prediction. */
async function predicted(steps: string, oracle: Oracle, files: Record<string, string> = {}) {
  const file = '.github/workflows/deploy.yml';
  const text = `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
  const tree = memoryTree({ ...files, [file]: text });
  const { workflows } = await rehearse(tree, { workflows: [file] });
  const [workflow] = await predictRuns(tree, workflows, oracle);
  const calls = workflow?.runs[0]?.calls ?? [];
  return calls
    .filter(({ tool }) => tool === 'aws')
    .map(({ operation, prediction }) => `${operation} ${prediction ?? '-'}`);
}
const step = (script: string, more = '') =>
  `      - run: |\n${script
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n')}\n${more}`;

const UPDATE = 'aws ecs update-service --cluster prod --service api';

describe('a run', () => {
  test('stops at the first call that fails; the rest is not reached', async () => {
    expect(
      await predicted(
        step(`${UPDATE}\naws s3 sync . s3://site`) + step('aws s3 ls s3://logs'),
        without('api'),
      ),
    ).toEqual(['ecs update-service fails', 's3 sync unknown', 's3 ls unknown']);
  });

  test('under a condition stops what is under the same one, and nothing else for sure', async () => {
    const onlyIf = `        if: \${{ vars.DEPLOY == 'yes' }}\n`;
    expect(
      await predicted(
        step(`${UPDATE}\n${UPDATE}`, onlyIf) +
          step('aws s3 ls s3://site', onlyIf) +
          step('aws s3 ls s3://logs'),
        without('api'),
      ),
    ).toEqual(['ecs update-service fails', 'ecs update-service unknown', 's3 ls unknown', 's3 ls ok']);
  });

  test('goes where the answers lead: what is not there is made, and the run goes on', async () => {
    const script =
      'aws ecr describe-repositories --repository-names shop || aws ecr create-repository --repository-name shop\naws s3 sync . s3://site';
    expect(await predicted(step(script), without('shop'))).toEqual([
      'ecr describe-repositories ok',
      'ecr create-repository ok',
      's3 sync ok',
    ]);
  });

  test.each([
    ['a condition', `if ! ${UPDATE}; then echo no; fi`],
    ['before ||', `${UPDATE} || true`],
    ['errexit turned off', `set +e\n${UPDATE}\nset -e`],
    ['a pipe', `${UPDATE} | cat`],
  ])('goes on after a failure that its script expects: %s', async (_, script) => {
    expect(await predicted(step(`${script}\naws s3 sync . s3://site`), without('api'))).toEqual([
      'ecs update-service ok',
      's3 sync ok',
    ]);
  });

  test('goes on after a step that may fail', async () => {
    const steps = step(UPDATE, '        continue-on-error: true\n') + step('aws s3 sync . s3://site');
    expect(await predicted(steps, without('api'))).toEqual(['ecs update-service ok', 's3 sync ok']);
  });

  test('a script of its own only stops where it says so', async () => {
    const steps = step('./deploy.sh') + step('aws s3 ls s3://logs');
    const body = `${UPDATE}\naws s3 sync . s3://site\n`;
    expect(await predicted(steps, without('api'), { 'deploy.sh': `#!/bin/bash\n${body}` })).toEqual([
      'ecs update-service ok',
      's3 sync ok',
      's3 ls ok',
    ]);
    expect(
      await predicted(steps, without('api'), { 'deploy.sh': `#!/bin/bash\nset -euo pipefail\n${body}` }),
    ).toEqual(['ecs update-service fails', 's3 sync unknown', 's3 ls unknown']);
  });

  test('an empty answer is empty for the script, too', async () => {
    const script = `COUNT=$(aws ecs describe-services --cluster prod --services api --query 'length(services)' --output text)\nif [ "$COUNT" = 0 ]; then aws ecs create-service --cluster prod --service-name api; else ${UPDATE}; fi`;
    const calls = await predicted(step(script), without('api'));
    expect(calls.slice(0, 2)).toEqual(['ecs describe-services ok', 'ecs create-service ok']);
  });
});

describe('who calls', () => {
  /** Role and chain of each caller of `aws s3 ls`, and what each call names beside. */
  async function asked(steps: string, files: Record<string, string> = {}) {
    const seen: string[] = [];
    const oracle: Oracle = {
      start: () => ({
        ask({ tool, mentions }, { role, isChained }) {
          if (tool === 'aws')
            seen.push(
              [role, isChained && 'chained', ...mentions.map(({ name }) => name)].filter(Boolean).join(' '),
            );
          return undefined;
        },
      }),
    };
    await predicted(steps, oracle, files);
    return seen;
  }
  const assume = (name: string, more = '') =>
    `      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          role-to-assume: arn:aws:iam::123456789012:role/${name}\n          aws-region: eu-west-3\n${more}`;

  test('is the role that was assumed last, also when a step comes back to it', async () => {
    const call = step('aws s3 ls s3://logs');
    expect(await asked(assume('one') + assume('two') + assume('one') + call)).toEqual([
      'arn:aws:iam::123456789012:role/one logs',
    ]);
  });

  test('is chained where a role is assumed with another', async () => {
    const chained = assume('two', '          role-chaining: true\n');
    expect(await asked(assume('one') + chained + step('aws s3 ls s3://logs'))).toEqual([
      'arn:aws:iam::123456789012:role/two chained logs',
    ]);
  });

  test('names what stands in the files that a call is given', async () => {
    const [said] = await asked(step('aws ecs register-task-definition --cli-input-json file://task.json'), {
      'task.json': '{"family":"orders","taskRoleArn":"arn:aws:iam::123456789012:role/orders-task"}',
    });
    expect(said).toContain('orders-task');
  });
});
