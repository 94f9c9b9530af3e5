import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { processorTime } from './budget.ts';
import { rehearse } from './rehearse.ts';
import { callsOf, job, rehearseText, runsOf, script } from './test-workflow.ts';

let canary = '';
beforeAll(() => {
  canary = mkdtempSync(path.join(tmpdir(), 'rehearsal-canary-'));
});
afterAll(() => rmSync(canary, { recursive: true, force: true }));

/** The last line of each script: the rehearsal came to its end, or parsing found it. */
const LAST = 'aws s3 ls s3://reached';

const HOSTILE: Record<string, string> = {
  'an endless while': 'while true; do :; done',
  'an endless until': 'until false; do echo x; done',
  'an endless for': 'for ((;;)); do echo x; done',
  recursion: 'f() { f; f; }; f',
  'a fork bomb': ':(){ :|:& };:',
  'an endless producer': 'yes | head -n 3\nyes',
  'a string that doubles': 'x=a; while :; do x="$x$x"; done',
  'a large expansion': 'echo {1..100000000}',
  'a gigabyte written': 'for i in $(seq 1 200); do head -c 10485760 /dev/zero >> big; done',
  'a gigabyte of output': 'while :; do printf "%1000000s" x; done',
  'an endless awk, sed and jq': `awk 'BEGIN{while(1);}'\nsed ':a;ba' <<< x\njq -n 'def f: f; f'`,
  'a regex that backtracks': `echo ${'a'.repeat(40)}b | grep -E '(a+)+$'\n[[ ${'a'.repeat(40)}b =~ ^(a+)+$ ]]`,
  'a device that never ends': 'cat /dev/zero | base64\ncat < /dev/tcp/127.0.0.1/22',
  'deep nesting': `${'$('.repeat(500)}echo${')'.repeat(500)}`,
  'everything deleted': 'rm -rf / /* ~ . ..',
};

test.each(Object.entries(HOSTILE))(
  '%s ends in bounded time, and what follows it is still found',
  async (_, text) => {
    const before = processorTime();
    const runs = await runsOf(script(`${text}\n${LAST}`));
    expect(processorTime() - before).toBeLessThan(6000);
    expect(runs.length).toBe(1);
    expect(runs.flatMap((run) => run.notes).filter((note) => note.startsWith('internal'))).toEqual([]);
  },
);

test('an endless loop does not keep what follows it from being rehearsed', async () => {
  const [run] = await runsOf(script(`while true; do sleep 1; done\n${LAST}`));
  expect(run?.calls).toMatchObject([{ operation: 's3 ls', certainty: 'rehearsed' }]);
});

test('nothing is executed and nothing is written: canaries', async () => {
  const text = script(`touch ${canary}/touched
echo x > ${canary}/redirected
mkdir -p ${canary}/folder && cp /etc/hostname ${canary}/copied
node -e "require('fs').writeFileSync('${canary}/node', 'x')"
python3 -c "open('${canary}/python', 'w')"
perl -e 'open(F, ">${canary}/perl")'
curl -o ${canary}/curl http://127.0.0.1:1/x
/bin/sh -c 'echo x > ${canary}/shell'
exec 3>${canary}/descriptor
rm -rf ${canary}
$(touch ${canary}/substitution)
make -f Canary`);
  await runsOf(text, {
    Canary: `all:\n\ttouch ${canary}/make\nX := $(shell touch ${canary}/make-shell)\n`,
    'package.json': `{"scripts":{"postinstall":"touch ${canary}/npm"}}`,
  });
  expect(existsSync(canary)).toBe(true);
  expect(readdirSync(canary)).toEqual([]);
});

test('no file of the machine is seen, by path, by .. or by link', async () => {
  const runs = await runsOf(
    script(`aws s3 ls "s3://a-$(head -1 /etc/passwd)"
aws s3 ls "s3://b-$(cat ../../../../../../etc/hostname)"
ln -s /etc link && aws s3 ls "s3://c-$(cat link/passwd)"
aws s3 ls "s3://d-$(ls /root /proc/1 2>/dev/null | tr '\\n' '-')"
aws s3 ls "s3://e-$(env | grep -c ANTHROPIC_KEY_OF_HOST)"`),
  );
  const text = JSON.stringify(runs);
  expect(text).not.toMatch(/root:|daemon/);
  expect(callsOf(runs)[0]).toMatch(/s3:\/\/a-⟨/);
});

test('environment variables of the host are not seen', async () => {
  process.env.REHEARSAL_CANARY = 'host-value';
  const runs = await runsOf(
    script(
      'aws s3 ls "s3://x-$REHEARSAL_CANARY"\nenv > all.txt\naws s3 ls "s3://y-$(grep REHEARSAL all.txt)"',
    ),
  );
  delete process.env.REHEARSAL_CANARY;
  expect(JSON.stringify(runs)).not.toContain('host-value');
});

test('keys named like those of objects pollute nothing', async () => {
  const runs = await runsOf(
    `
on: push
env: { __proto__: polluted, constructor: x }
jobs:
  __proto__:
    runs-on: x
    strategy: { matrix: { __proto__: [1], toString: [2] } }
    steps:
      - id: __proto__
        run: echo "polluted=yes" >> $GITHUB_ENV; echo "__proto__=1" >> $GITHUB_OUTPUT
      - run: aws s3 ls s3://\${{ steps.__proto__.outputs.__proto__ }}
  constructor:
    needs: [toString, hasOwnProperty]
    runs-on: x
    steps: [{ uses: '__proto__/constructor@v1', with: { __proto__: x } }]
`,
    { 'package.json': '{"scripts":{"__proto__":"x"}}' },
  );
  expect(runs.length).toBeGreaterThan(0);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('expressions that are broken, deep or long cost a symbol, not the run', async () => {
  const runs = await runsOf(
    script(`aws s3 ls s3://a-\${{ inputs. }}
aws s3 ls s3://b-\${{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}
aws s3 ls s3://c-\${{ ${"'a'''".repeat(3000)}
aws s3 ls s3://d`),
  );
  expect(runs[0]?.calls.length).toBeGreaterThan(0);
});

test('a circle of needs, of reusable workflows and of actions ends', async () => {
  const runs = await runsOf(
    `
on: [push, workflow_call]
jobs:
  a: { needs: b, runs-on: x, steps: [{ run: 'aws s3 ls s3://a' }] }
  b: { needs: a, runs-on: x, steps: [{ uses: ./act }] }
  c: { uses: ./.github/workflows/deploy.yml }
`,
    { 'act/action.yml': 'runs: { using: composite, steps: [{ uses: ./act }] }' },
  );
  expect(runs.length).toBeLessThanOrEqual(120);
  expect(callsOf(runs)).toContain('aws s3 ls s3://a');
});

test('a workflow of thousands of choices, cells and branches is cut, and says so', async () => {
  const options = Array.from({ length: 60 }, (_, i) => `v${i}`).join(', ');
  const before = processorTime();
  const runs = await runsOf(
    script(
      'echo ${{ inputs.a }} ${{ inputs.b }}\naws s3 ls s3://${{ inputs.a }}-${{ inputs.b }}',
      `\n  workflow_dispatch:\n    inputs:\n      a: { type: choice, options: [${options}] }\n      b: { type: choice, options: [${options}] }`,
    ),
  );
  expect(runs.length).toBeLessThanOrEqual(120);
  expect(processorTime() - before).toBeLessThan(4000);
});

const SECRET = 'wJalrXUtnFEMIK7MDENGbPxRfiCYzzKEYZZ12345';
test('a secret written into a script never reaches a call, a note or a credential', async () => {
  const { workflows, scripts } = await rehearse(
    memoryTree({
      '.github/workflows/deploy.yml': job(`- run: |
    curl -H "Authorization: Bearer ${SECRET}" https://api.example.com
    curl -u admin:${SECRET} https://api.example.com
    curl "https://user:${SECRET}@example.com/x"
    docker login -u me -p ${SECRET} r.example.com
    aws ssm put-parameter --name /x --type SecureString --value ${SECRET}
    aws rds modify-db-instance --db-instance-identifier db --master-user-password ${SECRET}
    docker run -d -e DB_PASSWORD=${SECRET} --name x img
    API_TOKEN=${SECRET} ./scripts/missing.sh
    aws lambda update-function-configuration --function-name f --environment "Variables={SECRET_KEY=${SECRET}}"
    echo "bad token ${SECRET}" >&2
    exit 3
- uses: some/action@v1
  with: { api-key: '${SECRET}' }`),
      'deploy.sh': `#!/bin/sh\naws configure set aws_secret_access_key ${SECRET}\naws s3 ls s3://a\n`,
    }),
    {
      workflows: ['.github/workflows/deploy.yml'],
      scripts: [{ file: 'deploy.sh', reachedFrom: ['README.md'] }],
    },
  );
  const [workflow] = workflows;
  expect(workflow?.runs[0]?.calls.length).toBeGreaterThan(7);
  expect(JSON.stringify([workflow?.runs, scripts])).not.toContain(SECRET);
  expect(JSON.stringify(workflow?.runs)).toContain('⟨masked⟩');
});

test('files that are no workflows cost one line each, and never an exception', async () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghijk'
    .split('')
    .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`)
    .join('\n')}\non: push\njobs: *k\n`;
  const bad: Record<string, string> = {
    broken: 'on: push\njobs:\n  a: [\n',
    list: '- on: push\n- jobs\n',
    empty: '',
    comment: '# nothing\n',
    word: 'deploy',
    bomb,
    nojobs: 'on: push\n',
    listjobs: 'on: push\njobs: [a]\n',
    control:
      'on: push\njobs:\n  "a\u0007\u202e": { runs-on: x, steps: [{ run: "aws s3 ls s3://a\u0000b" }] }\n',
  };
  const files = Object.fromEntries(
    Object.entries(bad).map(([name, text]) => [`.github/workflows/${name}.yml`, text]),
  );
  const { unread, workflows } = await rehearse(memoryTree(files), { workflows: Object.keys(files) });
  expect(workflows.map(({ file }) => file)).toEqual(['.github/workflows/control.yml']);
  expect(unread.map(({ file }) => path.basename(file, '.yml')).sort()).toEqual(
    Object.keys(bad)
      .filter((name) => name !== 'control')
      .sort(),
  );
  expect(unread.every(({ asked, why, line }) => asked && why.fr && why.en && line)).toBe(true);
});

test('steps, jobs and actions of the wrong type are passed over', async () => {
  const { workflows, unread } = await rehearseText(`
on: { push: 3, workflow_dispatch: { inputs: [1] }, schedule: daily }
env: [a]
jobs:
  a: 7
  b: { runs-on: {}, steps: nothing, strategy: 5, env: 3, environment: [x], services: [1], container: [2], outputs: 4, needs: { x: 1 } }
  c: { runs-on: x, strategy: { matrix: [1, 2] }, steps: [null, 5, [], { run: 5 }, { run: null }, { uses: 7 }, { uses: '', with: 3, env: x }, { run: 'aws s3 ls', shell: [1], if: [2] }] }
  d: { uses: [./x], with: 3, secrets: 4 }
`);
  expect(unread).toEqual([]);
  expect(workflows).toHaveLength(1);
});

test('actions that use each other many times cost no more than a workflow may', async () => {
  const uses = (to: number) => `    - uses: ./a${to % 40}\n`;
  const actions = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `a${at}/action.yml`,
      `runs:\n  using: composite\n  steps:\n${Array.from({ length: 40 }, (_, to) => uses(at * 7 + to)).join('')}`,
    ]),
  );
  const [run] = await runsOf(job(`- uses: ./a0\n- run: ${LAST}`), actions);
  expect(run?.notes).toContainEqual(expect.stringMatching(/budget is spent/));
  expect(run?.calls).toMatchObject([{ tool: 'aws', operation: 's3 ls' }]);
}, 60_000);
