import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import {
  composeFile,
  dockerfile,
  document,
  estate,
  fact,
  read,
  resource,
  service,
  stage,
  step,
  trigger,
  worker,
  workflowOf,
  wranglerConfig,
  wranglerEnvironment,
} from '../test-estate.ts';
import { answerOf, faultsOf, viewOf } from './derived/test-answers.ts';
import { observability } from './observability.ts';

type Parts = Partial<Omit<Estate, 'artifacts'>>;
const told = (id: string, artifacts: Partial<Artifacts>, parts: Parts = {}) =>
  answerOf(observability, id, viewOf(estate({ ...parts, artifacts }))).told;
const running = { wranglerConfigs: [wranglerConfig()] };
const inFile = (file: string, line = 1) => fact('repo', { evidence: { source: 'repo', file, line } });
const observed = (operation: RegExp | string, denied = 0): Parts => ({
  coverage: [
    {
      source: 'aws',
      scope: '1',
      state: 'complete',
      operations: [{ name: String(operation), calls: 1, denied, throttled: 0, failed: 0 }],
    },
  ],
});

test('its texts and ids', () => {
  expect(faultsOf(observability)).toEqual([]);
});

test('logs of Workers: each environment, and not a site of files alone', () => {
  const id = 'logs-kept';
  const on = wranglerEnvironment({ observability: { isOn: true, line: 6 } });
  const off = wranglerEnvironment({ name: 'staging', line: 9, observability: { isOn: false } });
  expect(told(id, { wranglerConfigs: [wranglerConfig({ environments: [on] })] })).toBe('yes wrangler.toml:6');
  expect(told(id, { wranglerConfigs: [wranglerConfig({ environments: [on, off] })] })).toBe(
    'partial wrangler.toml:9',
  );
  expect(told(id, { wranglerConfigs: [wranglerConfig({ environments: [off] })] })).toBe('no wrangler.toml:9');
  expect(told(id, { wranglerConfigs: [{ ...wranglerConfig({ environments: [off] }), isPages: true }] })).toBe(
    'unknown',
  );
});

test('log groups, and how long they keep', () => {
  const group = resource('AWS::Logs::LogGroup', '/ecs/api', [inFile('a.tf', 4)]);
  expect(told('logs-kept', {}, { resources: [group] })).toBe('yes a.tf:4');
  const id = 'log-retention-set';
  expect(told(id, {}, { resources: [{ ...group, properties: { retentionInDays: 30 } }] })).toBe('yes a.tf:4');
  const endless = { ...group, observed: [read('logs:DescribeLogGroups')] };
  expect(told(id, {}, { resources: [endless] })).toBe('no logs:DescribeLogGroups');
  expect(told(id, {}, { resources: [group] })).toBe('unknown');
  expect(told(id, running)).toBe('unknown');
});

test('errors: of what runs only, and no answer where a manifest is not read', () => {
  const id = 'errors-tracked';
  const of = (file: string, ecosystem: 'npm' | 'python' | 'ruby', ...names: string[]) => ({
    file,
    ecosystem,
    packages: names.map((name, index) => ({ name, line: index + 1, development: false })),
  });
  const among = (manifests: Artifacts['manifests'], files: string[] = []) =>
    told(id, { ...running, manifests }, { files: new Set(files) });
  expect(among([of('Gemfile', 'ruby', 'rails', 'sentry-sidekiq')])).toBe('yes Gemfile:2');
  expect(among([of('Gemfile', 'ruby', 'rails')])).toBe('no Gemfile:1');
  // the tools of a build, and what only tests
  expect(among([of('Gemfile', 'ruby', 'jekyll')])).toBe('unknown');
  expect(among([of('requirements-test.txt', 'python', 'pytest')])).toBe('unknown');
  expect(among([of('package.json', 'npm', 'vue')], ['composer.json'])).toBe('unknown');
});

test('what the rules found of logs and health is not found again', () => {
  const found = (rule: string) => ({
    [rule]: [
      { rule, title: { fr: 'x', en: 'x' }, evidence: [{ source: 'repo' as const, file: 'a', line: 2 }] },
    ],
  });
  expect(answerOf(observability, 'logs-kept', viewOf(estate(), found('log-group-missing'))).told).toBe(
    'no a:2',
  );
  expect(
    answerOf(observability, 'health-endpoint', viewOf(estate(), found('healthcheck-missing'))).told,
  ).toBe('no a:2');
});

test('a health route: in the code, beside a container, or not where all was read', () => {
  const id = 'health-endpoint';
  const at = { source: 'repo' as const, file: 'src/index.ts', line: 8 };
  expect(told(id, { workers: [worker({ health: [{ path: '/health', at }] })] })).toBe('yes src/index.ts:8');
  expect(told(id, { ...running, workers: [worker()] })).toBe('no src/index.ts:1');
  expect(
    told(id, { ...running, workers: [worker({ blindSpots: [{ what: 'module-not-found', at }] })] }),
  ).toBe('unknown');
  expect(
    told(id, { dockerfiles: [dockerfile([stage('node', { healthcheck: { command: 'curl x', line: 9 } })])] }),
  ).toBe('yes Dockerfile:9');
  expect(
    told(id, {
      ...running,
      dockerfiles: [dockerfile([stage('node', { healthcheck: { command: 'none', line: 9 } })])],
    }),
  ).toBe('unknown');
  // a database of another maker has its own
  expect(
    told(id, { composeFiles: [composeFile([service('db', { healthcheck: { disabled: false, line: 4 } })])] }),
  ).toBe('unknown');
});

test('errors: a tracker, traces only, none among the packages, or no packages read', () => {
  const id = 'errors-tracked';
  const packages = (name: string, development = false) => ({
    ...running,
    manifests: [
      { file: 'package.json', ecosystem: 'npm' as const, packages: [{ name, line: 5, development }] },
    ],
  });
  expect(told(id, packages('@sentry/node'))).toBe('yes package.json:5');
  expect(told(id, packages('prom-client'))).toBe('partial package.json:5');
  expect(told(id, packages('express'))).toBe('no package.json:1');
  expect(told(id, packages('@sentry/node', true))).toBe('no package.json:1');
  expect(told(id, running)).toBe('unknown');
});

test('alarms: declared, missing where the infrastructure is written, or set elsewhere', () => {
  const id = 'alarms-declared';
  const api = resource('AWS::ECS::Service', 'api', [inFile('main.tf', 7)]);
  const files = new Set(['main.tf']);
  expect(
    told(id, {
      operationSigns: [
        { file: 'm.tf', signs: [{ sign: 'alarm', line: 2, what: 'aws_cloudwatch_metric_alarm' }] },
      ],
    }),
  ).toBe('yes m.tf:2');
  expect(told(id, {}, { resources: [api], files })).toBe('no main.tf:7');
  expect(told(id, running, { files: new Set(['monitoring/alertmanager.yml']) })).toBe(
    'yes monitoring/alertmanager.yml:1',
  );
  expect(told(id, running, observed('cloudwatch:DescribeAlarms'))).toBe('no');
  expect(told(id, running, observed('cloudwatch:DescribeAlarms', 1))).toBe('unknown');
  expect(told(id, running)).toBe('unknown');
});

test('a look from outside', () => {
  const id = 'uptime-checked';
  const scheduled = workflowOf([step({ run: 'curl -f https://quay.example/health' })], {
    file: '.github/workflows/uptime.yml',
    triggers: [trigger('schedule')],
  });
  expect(told(id, { workflows: [scheduled] })).toBe('yes .github/workflows/uptime.yml:3');
  expect(told(id, { documents: [document('docs/ops.md', { names: ['uptimerobot'] })] })).toBe(
    'partial docs/ops.md:1',
  );
  expect(told(id, running)).toBe('unknown');
});

test('dashboards', () => {
  const id = 'dashboards-kept';
  expect(told(id, running, { files: new Set(['grafana/dashboards/api.json']) })).toBe(
    'yes grafana/dashboards/api.json:1',
  );
  expect(told(id, running, { files: new Set(['src/dashboards/routes.json']) })).toBe('unknown');
});

test('incidents, and who is reached', () => {
  const id = 'incidents-prepared';
  const page = (...topics: ('incident' | 'on-call')[]) => [
    document('docs/run.md', { topics: topics.map((topic, line) => ({ topic, line: line + 2 })) }),
  ];
  expect(told(id, { documents: page('incident', 'on-call') })).toBe('yes docs/run.md:2 docs/run.md:3');
  expect(told(id, { documents: page('incident') })).toBe('partial docs/run.md:2');
  expect(told(id, running)).toBe('no');
});
