import { expect, test } from 'vitest';
import type { JobSource } from '#model/artifacts.ts';
import type { Run } from '#model/workflow.ts';
import { call, estate, findings, job, run, workflow } from '../../test-estate.ts';
import { pullRequestDeploys } from './pull-request-deploys.ts';

const update = call('aws ecs update-service', { arguments: { service: 'api' } });
const both = ['push', 'pull_request'];
const found = (runs: Run[], parts: Partial<JobSource> = {}) =>
  findings(
    pullRequestDeploys,
    estate({ artifacts: { workflows: [workflow({ jobs: [job(parts)], runs })] } }),
  );

test('a deployment that a pull request makes as a push does is a medium finding, high in production', () => {
  expect(found([run({ events: both, calls: [update] })])).toMatchObject([
    { severity: 'medium', evidence: [{ line: 20 }] },
  ]);
  expect(found([run({ events: both, environment: 'production', calls: [update] })])[0]?.severity).toBe(
    'high',
  );
});

test('a pull request that only builds, and a condition on the event, are sound', () => {
  const build = run({ events: ['pull_request'], calls: [call('docker build')] });
  expect(found([run({ calls: [update] }), build])).toEqual([]);
  const condition = "github.event_name == 'push'";
  expect(found([run({ events: both, calls: [update] })], { condition })).toEqual([]);
});

test('what goes to a target of its own is a preview', () => {
  const own = call('aws ecs update-service', { arguments: { service: 'api-⟨github.event.number⟩' } });
  expect(found([run({ calls: [update] }), run({ events: ['pull_request'], calls: [own] })])).toEqual([]);
  expect(found([run({ events: both, environment: 'preview', calls: [update] })])).toEqual([]);
});

test('a deployment that waits for a job that pull requests do not start is sound', () => {
  const push = job({ id: 'push', condition: "github.ref == 'refs/heads/main'" });
  const runs = [run({ events: both, calls: [update] })];
  const jobs = [push, job({ needs: ['push'] })];
  expect(
    findings(pullRequestDeploys, estate({ artifacts: { workflows: [workflow({ jobs, runs })] } })),
  ).toEqual([]);
});
