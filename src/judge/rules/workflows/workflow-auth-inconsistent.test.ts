import { expect, test } from 'vitest';
import { credential, estate, findings, run, workflow } from '../../test-estate.ts';
import { workflowAuthInconsistent } from './workflow-auth-inconsistent.ts';

const oidc = credential({ authentication: 'oidc', secrets: [] });
const keys = credential();
const found = (...files: [file: string, ...credentials: (typeof keys)[]][]) =>
  findings(
    workflowAuthInconsistent,
    estate({
      artifacts: {
        workflows: files.map(([file, ...credentials]) => workflow({ file, runs: [run({ credentials })] })),
      },
    }),
  );

test('one workflow with keys among others that assume a role is one low finding', () => {
  const [finding, ...others] = found(['a.yml', oidc], ['b.yml', oidc], ['c.yml', keys]);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'low' });
  expect(finding?.message.en).toBe('OIDC is used by `a.yml`, `b.yml`, a long-lived key by `c.yml`.');
});

test('where all agree, and where keys are the rule, nothing is inconsistent', () => {
  expect(found(['a.yml', oidc], ['b.yml', oidc])).toEqual([]);
  expect(found(['a.yml', keys], ['b.yml', keys])).toEqual([]);
  expect(found(['a.yml', oidc], ['b.yml', keys], ['c.yml', keys])).toEqual([]);
});

test('workflows that reach no AWS are not judged', () => {
  expect(found(['a.yml'], ['b.yml', credential({ provider: 'ssh' })])).toEqual([]);
});
