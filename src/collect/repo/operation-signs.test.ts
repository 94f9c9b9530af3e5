import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { operationSigns } from './operation-signs.ts';

const signs = (files: Record<string, string>) =>
  collectFiles(operationSigns, files).artifacts.operationSigns.flatMap((one) =>
    one.signs.map(({ sign, line, what }) => `${one.file}:${line} ${sign} ${what}`),
  );

test('Terraform, CloudFormation, Kubernetes, Fly and workflows', () => {
  expect(
    signs({
      'a.tf':
        'resource "aws_appautoscaling_target" "api" {}\n# aws_budgets_budget\nresource "x" "y" {\n  retention_in_days = 30\n}',
      'b.yaml': 'Type: AWS::Budgets::Budget\nx: 1\nType: AWS::CloudWatch::Alarm',
      'c.yml': 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler',
      'd.yml': 'groups:\n  - rules:\n      - alert: QuayDown',
      'fly.toml': '[[http_service.checks]]',
      '.github/workflows/e.yml': 'on: schedule\nuses: actions/stale@v9',
    }),
  ).toEqual([
    '.github/workflows/e.yml:2 pruning actions/stale',
    'a.tf:1 autoscaling aws_appautoscaling_target',
    'a.tf:4 log-retention retention_in_days',
    'b.yaml:1 budget AWS::Budgets::Budget',
    'b.yaml:3 alarm AWS::CloudWatch::Alarm',
    'c.yml:2 autoscaling kind: HorizontalPodAutoscaler',
    'd.yml:3 alarm - alert: QuayDown',
    'fly.toml:1 health-check [[http_service.checks',
  ]);
});

test('the cache of a Worker is looked for beside its configuration', () => {
  expect(
    signs({
      'edge/wrangler.toml': 'name = "quay"',
      'edge/src/index.ts':
        'export default {\n  // caches.default\n  fetch: () => caches.default.match(1),\n}',
      'elsewhere/index.ts': 'caches.default',
      'edge/node_modules/x/index.js': 'caches.default',
    }),
  ).toEqual(['edge/src/index.ts:3 cache caches.default']);
});

test('fixtures and retired files say nothing', () => {
  expect(signs({ 'tests/a.tf': 'aws_budgets_budget', 'a.tf.bak': 'aws_budgets_budget' })).toEqual([]);
});

test('the size of a group of instances is no retention of logs', () => {
  const of = (text: string) =>
    collectFiles(operationSigns, { 'ci.yml': text }).artifacts.operationSigns.flatMap(({ signs }) =>
      signs.map(({ sign }) => sign),
    );
  expect(of('deploy:\n  max-size: 4\n')).toEqual([]);
  expect(of('options:\n  max-size: "10m"\n')).toEqual(['log-retention']);
});
