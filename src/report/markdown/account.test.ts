import { expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { graphsOf } from '../diagram/graph.ts';
import { mermaidOf } from '../diagram/mermaid.ts';
import { notEstablished } from './not-established.ts';
import { rehearsals } from './rehearsals.ts';

const operation = (name: string, parts: Partial<Report['coverage'][number]['operations'][number]> = {}) => ({
  name,
  calls: 1,
  denied: 0,
  throttled: 0,
  failed: 0,
  ...parts,
});
const report = (parts: Partial<Report>) =>
  ({ systems: [], coverage: [], resources: [], relations: [], workflows: [], ...parts }) as unknown as Report;
const account = (...operations: ReturnType<typeof operation>[]) =>
  report({ coverage: [{ source: 'aws', scope: '123456789012 eu-west-3', state: 'partial', operations }] });

test('what gave no answer is counted, and what was denied becomes a statement to add', () => {
  const page = notEstablished(
    account(
      operation('ecs:ListClusters'),
      operation('sqs:ListQueues', { denied: 1, permission: 'sqs:ListQueues' }),
      operation('rds:DescribeDBInstances', { failed: 1, permission: 'rds:DescribeDBInstances' }),
    ),
    'en',
  );
  expect(page).toContain('2 of 3 operations gave no answer');
  expect(page).toContain('"Action": [\n    "sqs:ListQueues"\n  ]');
  expect(notEstablished(account(operation('ecs:ListClusters')), 'en')).toBe('');
});

const resource = (id: string, name: string, parts: object = {}) => ({
  id,
  kind: 'AWS::ECS::Service',
  name,
  provider: 'aws',
  system: 'shop',
  environments: [],
  status: 'verified',
  declared: [],
  observed: [{ source: 'aws', operation: 'ecs:DescribeServices', at: '2026-11-28T00:00:00Z' }],
  properties: {},
  drift: [],
  ...parts,
});

test('a system is drawn from its relations, and no name can leave its label', () => {
  const hostile = '"]; click n1 "javascript:alert(1)" <script>';
  const [graph] = graphsOf(
    report({
      systems: [{ id: 'shop', title: 'Shop', environments: [], workflows: [] }],
      resources: [
        resource('a', hostile),
        resource('b', 'tg', { kind: 'AWS::ElasticLoadBalancingV2::TargetGroup' }),
      ] as Report['resources'],
      relations: [{ from: 'a', to: 'b', type: 'registers-in', evidence: [] }],
    }),
  );
  const text = graph ? mermaidOf(graph, 'en') : '';
  expect(text).toContain('n1 -->|registers-in| n2');
  expect(text).not.toContain('click n1 "');
  expect(text).not.toContain('<script');
});

test('runs that would stop come first, with the call and what is in its way', () => {
  const call = (operation: string, prediction: string, why?: string) => ({
    tool: 'aws',
    operation,
    arguments: {},
    line: 1,
    verb: 'requires',
    certainty: 'rehearsed',
    prediction,
    ...(why && { why: { fr: why, en: why } }),
  });
  const workflow = (file: string, ...calls: object[]) => ({
    file: `.github/workflows/${file}`,
    name: file,
    triggers: ['push'],
    runs: [{ job: 'deploy', events: ['push'], inputs: {}, auth: 'oidc', secrets: [], calls }],
  });
  const page = rehearsals(
    report({
      workflows: [
        workflow('a.yml', call('s3 sync', 'ok')),
        workflow(
          'b.yml',
          call('s3 sync', 'ok'),
          call('ecs update-service', 'fails', 'service `api` does not exist'),
        ),
      ] as Report['workflows'],
    }),
    'en',
  );
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows[0]).toBe(
    '| `b.yml` | deploy | stops at call 2 | `aws ecs update-service` | service `api` does not exist |',
  );
  expect(rows[1]).toContain('nothing in its way in the account');
});
