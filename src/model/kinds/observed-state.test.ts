import { expect, test } from 'vitest';
import type { Json, Kind } from '../fact.ts';
import { observedState } from './observed-state.ts';

const state = (kind: Kind, properties: Record<string, Json>, isSeen = true) =>
  observedState({
    kind,
    properties,
    observed: isSeen
      ? [{ source: 'aws', operation: 'ecs:DescribeServices', at: '2026-11-28T00:00:00Z' }]
      : [],
  });

test.each<[Kind, Record<string, Json>, string, string]>([
  ['AWS::ECS::Service', { runningCount: 0, desiredCount: 2 }, '0 tâche sur 2', '0 of 2 tasks running'],
  ['AWS::ECS::Service', { runningCount: 2, desiredCount: 2 }, '2 tâches sur 2', '2 of 2 tasks running'],
  [
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    {
      targets: [
        { id: 'a', state: 'healthy' },
        { id: 'b', state: 'unhealthy' },
      ],
    },
    '1 cible saine sur 2',
    '1 of 2 targets healthy',
  ],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', { targets: [] }, 'aucune cible', 'no target'],
  [
    'AWS::CloudFormation::Stack',
    { stackStatus: 'ROLLBACK_COMPLETE' },
    'état `ROLLBACK_COMPLETE`',
    'state `ROLLBACK_COMPLETE`',
  ],
  ['AWS::KMS::Key', { keyState: 'PendingDeletion' }, 'état `PendingDeletion`', 'state `PendingDeletion`'],
])('%s: how it is', (kind, properties, fr, en) => {
  expect(state(kind, properties)).toEqual({ fr, en });
});

test.each<[Kind, Record<string, Json>]>([
  ['AWS::CloudFormation::Stack', { stackStatus: 'UPDATE_COMPLETE' }],
  ['AWS::RDS::DBInstance', { status: 'available' }],
  ['AWS::ECS::Service', { status: 'ACTIVE' }],
  ['AWS::SQS::Queue', {}],
])('%s: what is usual, and what was not read, is not told', (kind, properties) => {
  expect(state(kind, properties)).toBeUndefined();
});

test('what files alone say of it tells nothing of how it is', () => {
  expect(state('AWS::ECS::Service', { runningCount: 0, desiredCount: 2 }, false)).toBeUndefined();
});
