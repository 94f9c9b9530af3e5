import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { estate, fact, findings, resource } from '../../test-estate.ts';
import { serviceShortOfTasks } from './service-short-of-tasks.ts';

const found = (properties: Record<string, Json>) =>
  findings(
    serviceShortOfTasks,
    estate({
      resources: [
        resource('AWS::ECS::Service', 'api', [fact('repo')], {
          status: 'verified',
          properties,
          observed: [{ source: 'aws', operation: 'ecs:DescribeServices', at: '2026-11-28T00:00:00Z' }],
        }),
      ],
    }),
  );

test('no task runs though the deployment is over: high, with the reason of the last stop', () => {
  const [finding, ...others] = found({
    desiredCount: 2,
    runningCount: 0,
    rolloutState: 'COMPLETED',
    stoppedTasks: [{ stoppedReason: 'CannotPullContainerError: not found', stopCode: 'TaskFailedToStart' }],
  });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'high',
    title: { en: '`api`: 0 of 2 tasks running', fr: '`api`\u00a0: 0 tâche sur 2' },
    message: {
      en: 'The service wants 2 tasks and has 0; last stop: `CannotPullContainerError: not found`.',
    },
  });
});

test('fewer than wanted, after a failed deployment, is medium', () => {
  const [finding] = found({ desiredCount: 2, runningCount: 1, rolloutState: 'FAILED' });
  expect(finding).toMatchObject({
    severity: 'medium',
    message: { en: 'The service wants 2 tasks and has 1; its deployment has failed.' },
  });
});

test('an event that says so is enough while a deployment goes on', () => {
  const event = '(service api) is unable to consistently start tasks successfully.';
  const going = { desiredCount: 1, runningCount: 0, rolloutState: 'IN_PROGRESS' };
  expect(found({ ...going, events: ['(service api) has started 1 tasks.', event] })[0]?.message.en).toContain(
    event,
  );
  expect(found({ ...going, events: ['(service api) has started 1 tasks.'] })).toEqual([]);
});

test.each<[string, Record<string, Json>]>([
  ['has all of them', { desiredCount: 2, runningCount: 2, rolloutState: 'COMPLETED' }],
  [
    'starts the one it lacks',
    { desiredCount: 2, runningCount: 1, pendingCount: 1, rolloutState: 'COMPLETED' },
  ],
  ['wants none', { desiredCount: 0, runningCount: 0, rolloutState: 'COMPLETED' }],
  ['was not described', {}],
])('a service that %s is sound', (_, properties) => {
  expect(found(properties)).toEqual([]);
});
