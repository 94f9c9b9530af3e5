import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import { document, estate, fact, resource, wranglerConfig, wranglerEnvironment } from '../test-estate.ts';
import { secretRotation } from './secret-rotation.ts';
import { answersOf } from './test-answers.ts';

const config = wranglerConfig({
  environments: [wranglerEnvironment({ secrets: [{ name: 'SIGNING_SECRET', line: 7 }] })],
});
const files = new Set(['README.md', 'scripts/rotate_secret.py']);
const answers = (artifacts: Partial<Artifacts>, tree = new Set(['README.md'])) =>
  answersOf(secretRotation, estate({ files: tree, artifacts }));

test('without a secret there is nothing to replace', () => {
  expect(Object.values(answers({})).every((one) => one === 'unknown')).toBe(true);
});

test('what nobody wrote or scripted is told beside the secrets', () => {
  expect(answers({ wranglerConfigs: [config] })).toEqual({
    'secrets-inventoried': 'no wrangler.toml:7',
    'rotation-process-written': 'no wrangler.toml:7',
    'rotation-frequency-stated': 'no wrangler.toml:7',
    'rotation-scripted': 'no wrangler.toml:7',
    'rotation-automatic': 'unknown',
    'secret-expiry-known': 'unknown',
  });
});

test('a page, a rhythm, an inventory and a script answer', () => {
  const page = document('docs/secrets.md', {
    names: ['signing_secret'],
    topics: [
      { topic: 'secret-rotation', line: 3 },
      { topic: 'rotation-frequency', line: 5 },
    ],
  });
  expect(answers({ wranglerConfigs: [config], documents: [page] }, files)).toMatchObject({
    'secrets-inventoried': 'yes wrangler.toml:7',
    'rotation-process-written': 'yes docs/secrets.md:3',
    'rotation-frequency-stated': 'yes docs/secrets.md:5',
    'rotation-scripted': 'yes scripts/rotate_secret.py:1',
  });
});

test('a script that rotates something else replaces no secret', () => {
  const others = new Set(['scripts/rotate_logs.sh', 'src/secret-rotation-page.tsx']);
  expect(answers({ wranglerConfigs: [config] }, others)['rotation-scripted']).toBe('no wrangler.toml:7');
});

test('the token of a run, an address and a name of the page are no secrets', () => {
  const github = (name: string) => resource('GitHub::Actions::Secret', name, [fact('repo')]);
  const of = (...names: string[]) =>
    answersOf(secretRotation, estate({ files, resources: names.map(github) }))['rotation-process-written'];
  expect(of('GITHUB_TOKEN', 'SSH_HOST', 'AWS_ROLE_ARN', 'NEXT_PUBLIC_KEY')).toBe('unknown');
  // names of what runs, kept with the secrets
  expect(of('AWS_ACCOUNT', 'ECR_REPO', 'ECR_REPO_CONSUMER', 'CODEDEPLOY_APP', 'SERVICE_NAME_CONSUMER')).toBe(
    'unknown',
  );
  expect(of('DEPLOY_KEY')).toBe('no .github/workflows/deploy.yml:30');
  const onlyNamed = resource('AWS::SecretsManager::Secret', 'vendor/api-key', [fact('docs')]);
  expect(answersOf(secretRotation, estate({ files, resources: [onlyNamed] }))['rotation-automatic']).toBe(
    'unknown',
  );
});

test('Secrets Manager says which secrets it replaces; tokens say when they expire', () => {
  const seen = [
    { source: 'aws' as const, operation: 'secretsmanager:ListSecrets', at: '2026-11-28T00:00:00Z' },
  ];
  const secret = (name: string, rotationEnabled: boolean) =>
    resource('AWS::SecretsManager::Secret', name, [], { properties: { rotationEnabled }, observed: seen });
  const token = (name: string, expiresOn?: string) =>
    resource('Cloudflare::APIToken', name, [], {
      properties: expiresOn ? { expiresOn } : {},
      observed: seen,
    });
  const of = (...resources: ReturnType<typeof resource>[]) =>
    answersOf(secretRotation, estate({ resources }));
  expect(of(secret('a', true))['rotation-automatic']).toMatch(/^yes/);
  expect(of(secret('a', true), secret('b', false))['rotation-automatic']).toMatch(/^partial/);
  expect(of(secret('b', false))['rotation-automatic']).toMatch(/^no/);
  expect(of(token('ci', '2027-01-01'))['secret-expiry-known']).toMatch(/^yes/);
  expect(of(token('ci'))['secret-expiry-known']).toMatch(/^no/);
  const denied = {
    source: 'cloudflare' as const,
    scope: 'a',
    state: 'partial' as const,
    operations: [{ name: 'GET /user/tokens', calls: 1, denied: 1, throttled: 0, failed: 0 }],
  };
  const partly = estate({ resources: [token('ci', '2027-01-01')], coverage: [denied] });
  expect(answersOf(secretRotation, partly)['secret-expiry-known']).toBe('unknown');
});
