import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { tasksStoppedByHealthCheck } from './tasks-stopped-by-health-check.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECS::Service', 'berths', check('tasks-stopped-by-health-check', parts));

test('tasks are stopped by the health check: Task failed ELB health checks: high', () => {
  const text = {
    fr: 'des tâches sont arrêtées par le contrôle de santé\u00a0: `Task failed ELB health checks`',
    en: 'tasks are stopped by the health check: `Task failed ELB health checks`',
  };
  const found = findings(tasksStoppedByHealthCheck, at({ text, evidence: [read('ecs:DescribeTasks')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`berths`\u00a0: tâches arrêtées par le contrôle de santé',
        en: '`berths`: tasks stopped by the health check',
      },
      message: {
        fr: 'Des tâches sont arrêtées par le contrôle de santé\u00a0: `Task failed ELB health checks`.',
        en: 'Tasks are stopped by the health check: `Task failed ELB health checks`.',
      },
      resources: ['constat:AWS::ECS::Service::berths'],
      evidence: [{ operation: 'ecs:DescribeTasks' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(tasksStoppedByHealthCheck, at({ result: 'pass' }))).toEqual([]);
  expect(findings(tasksStoppedByHealthCheck, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(tasksStoppedByHealthCheck, at({ result: 'unknown' }))).toBe(true);
});
