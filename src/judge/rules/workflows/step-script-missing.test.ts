import { expect, test } from 'vitest';
import { estate, findings, isUnknown, step, workflowOf } from '../../test-estate.ts';
import { stepScriptMissing } from './step-script-missing.ts';

const checkout = step({ uses: 'actions/checkout@v5' });
const of = (...steps: ReturnType<typeof step>[]) =>
  estate({
    files: new Set(['scripts/build.sh', 'infra/apply.sh']),
    artifacts: { workflows: [workflowOf(steps)] },
  });
const found = (...steps: ReturnType<typeof step>[]) => findings(stepScriptMissing, of(...steps));

test('a script that the repository does not have is a medium finding at its command', () => {
  const [finding] = found(checkout, step({ run: 'set -e\nbash scripts/deploy.sh prod' }));
  expect(finding).toMatchObject({ severity: 'medium', confidence: 'medium', evidence: [{ line: 12 }] });
  expect(finding?.message.en).toBe(
    'Job `deploy` runs `scripts/deploy.sh`, which the repository does not have.',
  );
});

test('one that is there is sound, also below a working directory', () => {
  expect(found(checkout, step({ run: './scripts/build.sh\n./apply.sh' }))).toEqual([]);
});

test.each([
  ['made by a command before it', 'curl -o install.sh https://get.example.org\nsh install.sh'],
  ['in another folder', 'cd vendor && ./deploy.sh'],
  ['written by the step', 'echo echo > run.sh\nsh run.sh'],
  ['named by a variable', 'bash "scripts/$NAME.sh"'],
])('a script %s is not looked for', (_, run) => expect(found(checkout, step({ run }))).toEqual([]));

test('without a checkout, with that of another repository, or after an action that may bring files, nothing is said', () => {
  const missing = step({ run: './deploy.sh' });
  expect(found(missing)).toEqual([]);
  expect(found(step({ uses: 'actions/checkout@v5', with: { repository: 'acme/tools' } }), missing)).toEqual(
    [],
  );
  expect(found(checkout, step({ uses: 'actions/download-artifact@v5' }), missing)).toEqual([]);
});

test('without the list of files there is no answer', () => {
  expect(isUnknown(stepScriptMissing, estate({ artifacts: { workflows: [workflowOf([checkout])] } }))).toBe(
    true,
  );
});
