import { expect, test } from 'vitest';
import type { Artifacts, TerraformState } from '#model/artifacts.ts';
import { estate, findings } from '../../test-estate.ts';
import { secretCommitted } from './secret-committed.ts';
import { terraformStateCommitted } from './terraform-state-committed.ts';
import { trackedAlthoughIgnored } from './tracked-although-ignored.ts';

const state = (file: string, parts: Partial<TerraformState> = {}): TerraformState => ({
  file,
  tracked: true,
  holds: 'values',
  ...parts,
});
const secret = (file: string, line: number) => ({
  file,
  line,
  detector: 'aws-access-key',
  title: 'AWS access key',
  masked: 'AKIA…7Q',
});
const found = (artifacts: Partial<Artifacts>) => findings(terraformStateCommitted, estate({ artifacts }));

test('a state that git tracks is a finding that cites it', () => {
  const [finding] = found({ terraformStates: [state('infra/terraform.tfstate')] });
  expect(finding).toMatchObject({
    severity: 'high',
    evidence: [{ file: 'infra/terraform.tfstate', line: 1 }],
  });
});

test('with a secret in it that was recognised it is critical, and the secret is not told a second time', () => {
  const artifacts = {
    terraformStates: [state('infra/terraform.tfstate')],
    secrets: [secret('infra/terraform.tfstate', 40)],
  };
  const [finding] = found(artifacts);
  expect(finding).toMatchObject({ severity: 'critical', evidence: [{ line: 1 }, { line: 40 }] });
  expect(finding?.message.en).toContain('1 of which has the form of a secret');
  expect(findings(secretCommitted, estate({ artifacts }))).toEqual([]);
  const other = { ...artifacts, secrets: [secret('infra/main.tf', 40)] };
  expect(findings(secretCommitted, estate({ artifacts: other }))).toHaveLength(1);
});

test('that an ignore file names it is told with it, and not beside it', () => {
  const ignoredBy = { file: '.gitignore', line: 3, pattern: '*.tfstate' };
  const artifacts = {
    terraformStates: [state('prod.tfstate')],
    trackedIgnored: [{ file: 'prod.tfstate', ignoredBy }],
  };
  expect(found(artifacts)[0]?.message.en).toContain('`.gitignore` ignores it all the same.');
  expect(findings(trackedAlthoughIgnored, estate({ artifacts }))).toEqual([]);
});

test('a state of a test or of a development environment is less', () => {
  expect(found({ terraformStates: [state('test/fixtures/terraform.tfstate')] })[0]?.severity).toBe('medium');
});

test('an empty or encrypted state, and one that git does not track, are no finding', () => {
  expect(
    found({
      terraformStates: [
        state('a.tfstate', { holds: 'nothing' }),
        state('b.tfstate', { tracked: false }),
        state('c.tfstate', { holds: 'unknown' }),
      ],
    }),
  ).toEqual([]);
});
