import { expect, test } from 'vitest';
import { environmentOf, environmentsOf, sortEnvironments } from './environments.ts';

test('aliases have one canonical name', () => {
  expect(
    ['Production', 'prd', 'live', 'STG', 'development', 'pre-prod'].map((word) => environmentOf(word)),
  ).toEqual(['prod', 'prod', 'prod', 'staging', 'dev', 'preprod']);
  expect(environmentOf('main')).toBeUndefined();
});

test.each([
  ['orders-staging-svc', ['staging']],
  ['ordersStagingService', ['staging']],
  ['/app/prod/db_url', ['prod']],
  ['deploy-dev.yml', ['dev']],
  ['acme_preprod_cluster', ['preprod']],
  ['nonprod-shared', []],
  ['product-catalogue', []],
  ['developer-portal', []],
  ['stagehand', []],
])('%s gives %j', (identifier, expected) => {
  expect(environmentsOf(identifier)).toEqual(expected);
});

test('words that stand in many names count only where an environment is expected', () => {
  expect(environmentsOf('load-test-results')).toEqual([]);
  expect(environmentsOf('load-test-results', { weak: true })).toEqual(['test']);
});

test('environments are shown from development to production, the others after', () => {
  expect(sortEnvironments(['prod', 'zeta', 'dev', 'prod', 'staging'])).toEqual([
    'dev',
    'staging',
    'prod',
    'zeta',
  ]);
});
