import { expect, test } from 'vitest';
import type { Run } from '#model/workflow.ts';
import { call, credential, estate, findings, run, trigger, workflow } from '../../test-estate.ts';
import { workflowStaticCredentials } from './workflow-static-credentials.ts';

const found = (runs: Run[], events = ['push']) =>
  findings(
    workflowStaticCredentials,
    estate({
      artifacts: { workflows: [workflow({ runs, triggers: events.map((event) => trigger(event)) })] },
    }),
  );

test('AWS access keys from secrets are a medium finding that names them', () => {
  const [finding] = found([run({ credentials: [credential()] })]);
  expect(finding).toMatchObject({ severity: 'medium', evidence: [{ line: 14 }] });
  expect(finding?.message.en).toBe(
    'The workflow authenticates to AWS with the secrets `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`.',
  );
});

test('production is said, and an event of outsiders makes it high', () => {
  const runs = [run({ credentials: [credential()], environment: 'production' })];
  expect(found(runs)[0]?.message.en).toContain('for production too');
  expect(found(runs, ['pull_request_target'])[0]?.severity).toBe('high');
});

test('two providers are two findings, and several runs of one are one', () => {
  const azure = credential({ provider: 'azure', secrets: ['AZURE_CREDENTIALS'], line: 20 });
  expect(
    found([run({ credentials: [credential(), azure] }), run({ credentials: [credential()] })]),
  ).toHaveLength(2);
});

test('a role assumed by OIDC, a token of a provider without OIDC and an ssh key are sound here', () => {
  const oidc = credential({
    authentication: 'oidc',
    role: 'arn:aws:iam::111122223333:role/deploy',
    secrets: [],
  });
  const others = ['cloudflare', 'ssh', 'docker', 'github'].map((provider) => credential({ provider }));
  expect(found([run({ credentials: [oidc, ...others] })])).toEqual([]);
});

test('keys of the same names for storage elsewhere, and dummies for an emulator, are not AWS keys', () => {
  expect(
    found([run({ credentials: [credential({ secrets: ['R2_ACCESS_KEY_ID', 'R2_SECRET_ACCESS_KEY'] })] })]),
  ).toEqual([]);
  expect(found([run({ credentials: [credential({ secrets: [] })] })])).toEqual([]);
  const sync = call('aws s3 sync', { arguments: { 'endpoint-url': 'https://fra1.digitaloceanspaces.com' } });
  expect(found([run({ credentials: [credential()], calls: [sync] })])).toEqual([]);
});

test('a key that its name says to be a dummy opens nothing', () => {
  const dummy = credential({ provider: 'google', secrets: ['DUMMY_GOOGLE_PRIVATE_KEY'] });
  expect(found([run({ credentials: [dummy] })])).toEqual([]);
});
