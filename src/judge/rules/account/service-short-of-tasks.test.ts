import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { check, estate, fact, findings, hop, path, read, resource } from '../../test-estate.ts';
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

const onPath = (properties: Record<string, Json>, text: { fr: string; en: string }) => {
  const service = resource('AWS::ECS::Service', 'api', [fact('repo')], {
    properties,
    observed: [read('ecs:DescribeServices')],
  });
  const causes = [
    {
      title: text,
      chain: [text, { fr: '0 cible saine sur 2', en: '0 healthy targets of 2' }],
      hops: [service.id, 'group'],
      checks: ['service-short-of-tasks', 'targets-unhealthy'],
      certainty: 'established' as const,
    },
  ];
  const paths = [path([hop(service.id, [check('service-short-of-tasks', { text })])], { causes })];
  return findings(serviceShortOfTasks, estate({ resources: [service], paths }));
};

test('on a path, what follows from it is told', () => {
  const [finding] = onPath(
    { desiredCount: 2, runningCount: 0, rolloutState: 'FAILED' },
    { fr: '0 tâche sur 2', en: '0 of 2 tasks' },
  );
  expect(finding).toMatchObject({
    severity: 'high',
    message: {
      en: 'The service wants 2 tasks and has 0; its deployment has failed. What follows: 0 healthy targets of 2.',
    },
  });
});

test('a service that wants no task is a fault where a path leads to it', () => {
  const [finding] = onPath(
    { desiredCount: 0, runningCount: 0, rolloutState: 'COMPLETED' },
    { fr: 'aucune tâche demandée', en: 'no task desired' },
  );
  expect(finding).toMatchObject({
    severity: 'high',
    title: { fr: '`api`\u00a0: arrêté, alors qu’un chemin y mène' },
    message: { en: 'No task desired. What follows: 0 healthy targets of 2.' },
  });
});
