import { expect, test } from 'vitest';
import type { JobSource, LocalAction } from '#model/artifacts.ts';
import { action, estate, findings, isUnknown, job, step, trigger, workflow } from '../../test-estate.ts';
import { scriptInjection } from './script-injection.ts';

const found = (events: string[], parts: Parameters<typeof step>[0], of: Partial<JobSource> = {}) =>
  findings(
    scriptInjection,
    estate({
      artifacts: {
        workflows: [
          workflow({
            triggers: events.map((one) => trigger(one)),
            jobs: [job({ ...of, steps: [step(parts)] })],
          }),
        ],
      },
    }),
  );
const title = { run: `set -e\necho "\${{ github.event.issue.title }}"` };

test('the title of an issue in a script is critical, at its own line', () => {
  const [finding] = found(['issues'], title);
  expect(finding).toMatchObject({ severity: 'critical', confidence: 'high', evidence: [{ line: 12 }] });
  expect(finding?.message.en).toBe(
    'Job `deploy` puts `github.event.issue.title` into a script, under `issues`.',
  );
});

test('a branch name is critical under pull_request_target, and medium where a fork has no secrets', () => {
  const checkout = { run: `git checkout \${{ github.head_ref }}` };
  expect(found(['pull_request_target'], checkout)[0]?.severity).toBe('critical');
  expect(found(['pull_request'], checkout)[0]?.severity).toBe('medium');
});

test('the message of a commit is medium: who may push wrote or merged it', () => {
  expect(found(['push'], { run: `echo "\${{ github.event.head_commit.message }}"` })[0]?.severity).toBe(
    'medium',
  );
});

test('github-script is a script too', () => {
  const parts = {
    uses: 'actions/github-script@v8',
    with: { script: `core.info('\${{ github.event.comment.body }}')` },
  };
  expect(found(['issue_comment'], parts)[0]?.severity).toBe('critical');
});

test('a variable read as an expression does not protect', () => {
  const parts = {
    environment: { TITLE: `\${{ github.event.issue.title }}` },
    run: `echo "\${{ env.TITLE }}"`,
  };
  expect(found(['issues'], parts)).toHaveLength(1);
});

test('a job without secrets whose token only reads has less to lose: high', () => {
  const permissions = { value: { contents: 'read' }, line: 9 };
  expect(found(['issues'], title, { permissions })[0]?.severity).toBe('high');
  const withSecret = { ...title, environment: { TOKEN: `\${{ secrets.BOT_TOKEN }}` } };
  expect(found(['issues'], withSecret, { permissions })[0]?.severity).toBe('critical');
});

test('an environment does not make the text of a commit anyone else’s', () => {
  const parts = { run: `echo "\${{ github.event.head_commit.message }}"` };
  expect(found(['push'], parts, { environment: 'production' })[0]?.severity).toBe('medium');
});

test('a condition that looks at who asks makes it low', () => {
  const condition = "github.event.issue.author_association == 'MEMBER'";
  expect(found(['issues'], title, { condition })[0]).toMatchObject({ severity: 'low' });
});

test.each([
  [
    'a variable read by the shell',
    { environment: { TITLE: `\${{ github.event.issue.title }}` }, run: 'echo "$TITLE"' },
  ],
  ['a comparison', { run: `echo \${{ contains(github.event.issue.title, 'x') }}` }],
  [
    'an input of another action',
    { uses: 'acme/notify@v2', with: { text: `\${{ github.event.issue.title }}` } },
  ],
  ['a number', { run: `gh issue view \${{ github.event.issue.number }}` }],
])('%s is sound', (_, parts) => expect(found(['issues'], parts)).toEqual([]));

test('a context that the events of the workflow never carry is empty, and an input is for who may start it', () => {
  expect(found(['push'], title)).toEqual([]);
  expect(found(['workflow_dispatch'], { run: `deploy \${{ inputs.version }}` })).toEqual([]);
});

test('a reusable workflow is reached through the events of its callers', () => {
  const callee = workflow({
    file: '.github/workflows/triage.yml',
    triggers: [trigger('workflow_call')],
    jobs: [job({ steps: [step(title)] })],
  });
  const caller = workflow({
    file: '.github/workflows/on-issue.yml',
    triggers: [trigger('issues')],
    jobs: [job({ id: 'call', uses: { text: './.github/workflows/triage.yml', line: 6 } })],
  });
  const judged = (...workflows: (typeof callee)[]) =>
    findings(scriptInjection, estate({ artifacts: { workflows } }));
  expect(judged(callee, caller)).toMatchObject([{ severity: 'critical' }]);
  expect(judged(callee)).toEqual([]);
});

const TIDY = '.github/actions/tidy/action.yml';
const tidy = (parts: Parameters<typeof step>[0], of: Partial<LocalAction> = {}) =>
  action(TIDY, [step({ line: 7, ...parts })], of);
const usesTidy = step({
  uses: './.github/actions/tidy',
  with: { Title: `\${{ github.event.pull_request.title }}` },
  withLines: { Title: 14 },
});
const through = (actions: LocalAction[], used = usesTidy, event = 'pull_request_target') =>
  estate({
    artifacts: {
      actions,
      workflows: [workflow({ triggers: [trigger(event)], jobs: [job({ steps: [used] })] })],
    },
  });
const pastes = { run: `title="\${{ inputs.title }}"` };

test('a title that an action of the repository is given and pastes is critical, with evidence at both places', () => {
  const [finding] = findings(scriptInjection, through([tidy(pastes)]));
  expect(finding).toMatchObject({
    severity: 'critical',
    evidence: [
      { file: TIDY, line: 8 },
      { file: '.github/workflows/deploy.yml', line: 14 },
    ],
  });
  expect(finding?.message.en).toBe(
    `Job \`deploy\` hands \`github.event.pull_request.title\` to \`${TIDY}\`, which puts that text into a script, under \`pull_request_target\`.`,
  );
});

test('through two actions, through a default, and from the event itself, it is the same', () => {
  const outer = action('outer/action.yml', [
    step({ line: 5, uses: './.github/actions/tidy/', with: { title: `\${{ inputs.name }}` } }),
  ]);
  const used = step({ uses: './outer', with: { name: `x \${{ github.head_ref }}` } });
  expect(findings(scriptInjection, through([outer, tidy(pastes)], used))).toMatchObject([
    { severity: 'critical', evidence: [{ file: TIDY }, {}, { file: 'outer/action.yml' }] },
  ]);
  const bare = step({ uses: './.github/actions/tidy' });
  const inputs = [{ name: 'title', line: 3, required: false, default: `\${{ github.head_ref }}` }];
  expect(findings(scriptInjection, through([tidy(pastes, { inputs })], bare))).toHaveLength(1);
  const direct = tidy({ run: `echo \${{ github.head_ref }}` });
  expect(findings(scriptInjection, through([direct], bare))).toHaveLength(1);
});

test.each<[string, LocalAction]>([
  [
    'reads it from a variable',
    tidy({ environment: { TITLE: `\${{ inputs.title }}` }, run: 'echo "$TITLE"' }),
  ],
  ['pastes another input', tidy({ run: `echo \${{ inputs.mark }}` })],
  ['is no list of steps', tidy({}, { using: 'node24', steps: [] })],
  ['uses itself', tidy({ uses: './.github/actions/tidy', with: { title: `\${{ inputs.title }}` } })],
])('an action that %s is sound', (_, one) => {
  const of = through([one]);
  expect(findings(scriptInjection, of)).toEqual([]);
  expect(isUnknown(scriptInjection, of)).toBe(false);
});

test('an action that is given the number of an issue, or the title under an event without one, is sound', () => {
  const used = step({ uses: './.github/actions/tidy', with: { title: `\${{ github.event.issue.number }}` } });
  expect(findings(scriptInjection, through([tidy(pastes)], used, 'issues'))).toEqual([]);
  expect(findings(scriptInjection, through([tidy(pastes)], usesTidy, 'push'))).toEqual([]);
});

test('what an action does that was not read is unknown', () => {
  expect(findings(scriptInjection, through([]))).toEqual([]);
  expect(isUnknown(scriptInjection, through([]))).toBe(true);
  expect(isUnknown(scriptInjection, through([], step({ uses: './.github/actions/tidy' })))).toBe(false);
});

test('a reusable workflow that pastes what it is given is told where it is given', () => {
  const file = '.github/workflows/triage.yml';
  const callee = workflow({
    file,
    triggers: [trigger('workflow_call')],
    takes: { inputs: [{ name: 'title', line: 4, required: true }], secrets: [] },
    jobs: [job({ steps: [step(pastes)] })],
  });
  const given = { name: 'title', value: `\${{ github.event.issue.title }}`, line: 8 };
  const caller = workflow({
    triggers: [trigger('issues')],
    jobs: [job({ id: 'call', uses: { text: `./${file}`, line: 6 }, with: [given] })],
  });
  expect(findings(scriptInjection, estate({ artifacts: { workflows: [callee, caller] } }))).toMatchObject([
    { severity: 'critical', evidence: [{ line: 8 }, { file, line: 11 }] },
  ]);
});
