import { expect, test } from 'vitest';
import { call, estate, findings, run, workflow } from '../../test-estate.ts';
import { environmentMismatch } from './environment-mismatch.ts';

const found = (environment: string | undefined, cluster: string, service: string) => {
  const calls = [call('aws ecs update-service', { arguments: { cluster, service } })];
  const one = run({ calls, ...(environment !== undefined && { environment }) });
  return findings(environmentMismatch, estate({ artifacts: { workflows: [workflow({ runs: [one] })] } }));
};

test('production that deploys to a cluster of dev is a medium finding that names both', () => {
  const [finding] = found('Production', 'dev-cluster', 'billing');
  expect(finding).toMatchObject({ severity: 'medium', environments: ['prod'], evidence: [{ line: 20 }] });
  expect(finding?.title.en).toBe('`.github/workflows/deploy.yml`: `Production` deploys to `dev-cluster`');
});

test('dev that deploys to what bears the name of production is told too', () => {
  expect(found('dev', 'quay', 'billing-prod')).toHaveLength(1);
});

test('a shared cluster is sound when the service bears the name of the environment', () => {
  expect(found('production', 'dev-cluster', 'billing-prod')).toEqual([]);
});

test('names without an environment, names known only to the run, and a job without an environment are not judged', () => {
  expect(found('production', 'quay', 'billing')).toEqual([]);
  expect(found('production', '⟨vars.DEV_CLUSTER⟩', 'billing')).toEqual([]);
  expect(found(undefined, 'dev-cluster', 'billing')).toEqual([]);
  expect(found('staging', 'dev-cluster', 'billing')).toEqual([]);
});
