import { expect, test } from 'vitest';
import { runPaths } from '../test-cases.ts';
import { type Account, DEFINITION, denied, GROUP, type Properties, SERVICE } from '../test-estate.ts';
import { container, plainShop, target } from '../test-shop.ts';
import { isSettled } from './ecs-service.ts';

const is = (properties: Properties) => (account: Account) => account.set(SERVICE, properties);
const stopped = (stoppedReason: string, ...containers: Properties[]): Properties => ({
  stoppedReason,
  containers,
});
/** One task short, of which the last ones stopped for that. */
const short = (...stoppedTasks: Properties[]) => is({ runningCount: 1, stoppedTasks });
const SHORT = 'service-short-of-tasks';
const ECR = 'https://api.ecr.eu-west-3.amazonaws.com/: dial tcp 10.0.0.1:443: i/o timeout';

runPaths('a service', plainShop, [
  {
    name: 'that is sound',
    says: ['2 of 2 desired tasks running', 'revision `web:7`, the latest', 'deployment completed'],
  },
  {
    name: 'of one task',
    change: is({ desiredCount: 1, runningCount: 1 }),
    says: '1 of 1 desired task running',
  },
  { name: 'of more tasks than it wants', change: is({ runningCount: 4 }) },
  {
    name: 'is short of tasks',
    change: is({ runningCount: 0, stoppedTasks: [] }),
    fail: [SHORT],
    values: { running: 0, desired: 2 },
  },
  {
    name: 'is stopped',
    change: is({ desiredCount: 0, runningCount: 0 }),
    fail: [SHORT],
    says: 'no task desired: the service is stopped',
  },
  {
    name: 'is going',
    change: is({ status: 'DRAINING' }),
    fail: ['service-inactive'],
    says: 'service in state `DRAINING`',
  },
  {
    name: 'was not described',
    change: (one) => {
      const thing = one.one(SERVICE);
      thing.properties = {};
      thing.refusals.push(denied('ecs:DescribeServices'));
    },
    unknown: [SHORT],
    permission: 'ecs:DescribeServices',
  },
  {
    name: 'why its tasks stopped was not read',
    change: (one) => is({ runningCount: 1 })(one).forget(SERVICE, 'stoppedTasks', 'ecs:ListTasks'),
    fail: [SHORT],
    unknown: ['container-crashing'],
    permission: 'ecs:ListTasks',
  },
]);

runPaths('revisions and deployments', plainShop, [
  {
    name: 'a later revision is registered',
    change: (one) => one.set(DEFINITION, { latestRevision: 9 }),
    fail: ['service-behind-revision'],
    values: { latest: 'web:9', actual: 'web:7' },
    certainty: 'probable',
  },
  {
    name: 'nobody read which is the latest',
    change: (one) => one.forget(DEFINITION, 'latestRevision', 'ecs:DescribeTaskDefinition'),
    says: 'revision `web:7`',
    hides: 'the latest',
  },
  {
    name: 'the old one still runs, and none of the new one',
    change: is({
      deployments: [
        { status: 'PRIMARY', taskDefinition: 'web:7', running: 0 },
        { status: 'ACTIVE', taskDefinition: 'web:6', running: 2 },
      ],
    }),
    fail: ['service-behind-revision'],
    values: { actual: 'web:6', expected: 'web:7' },
    says: '`web:6` still runs, `web:7` has not started',
  },
  {
    name: 'both of them run',
    change: is({
      deployments: [
        { status: 'PRIMARY', taskDefinition: 'web:7', running: 1 },
        { status: 'ACTIVE', taskDefinition: 'web:6', running: 1 },
      ],
    }),
  },
  {
    name: 'a deployment failed',
    change: is({ rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.' }),
    fail: ['deployment-failed'],
    says: 'deployment failed: `tasks failed to start.`',
  },
  {
    name: 'a deployment goes on',
    change: is({ rolloutState: 'IN_PROGRESS' }),
    hides: 'deployment completed',
  },
]);

const starts = (startPeriod: number) => (account: Account) =>
  account.set(DEFINITION, { containers: [container({ healthCheckSettings: { startPeriod } })] });
runPaths('the grace period', plainShop, [
  { name: 'is long enough', change: starts(60), says: 'grace period: 60 s' },
  {
    name: 'is shorter than the start',
    change: starts(120),
    fail: ['grace-period-short'],
    values: { gracePeriod: 60, expected: 120, patience: 90 },
    certainty: 'probable',
  },
  {
    name: 'nobody knows how long the start takes, and the health check ended tasks',
    change: short(stopped('Task failed ELB health checks in (target-group web)')),
    fail: [SHORT, 'tasks-stopped-by-health-check'],
    unknown: ['grace-period-short'],
  },
]);

runPaths('what tasks stopped for', plainShop, [
  {
    name: 'nothing of a settled service',
    change: is({ stoppedTasks: [stopped('Essential container in task exited')] }),
    hides: 'exited',
  },
  {
    name: 'a settled service whose targets are ill',
    change: (one) =>
      is({ stoppedTasks: [stopped('Essential container in task exited', { exitCode: 1 })] })(one).set(GROUP, {
        targets: [target('a', 3000, 'unhealthy')],
      }),
    fail: ['container-crashing', 'targets-unhealthy'],
  },
  {
    name: 'a crash',
    change: short(stopped('Essential container in task exited', { exitCode: 137 })),
    fail: [SHORT, 'container-crashing'],
    of: 'container-crashing',
    values: { exitCode: 137 },
  },
  {
    name: 'an image that is not there',
    change: short(
      stopped('CannotPullContainerError: pull image manifest has been retried 1 time(s): web:2.0: not found'),
    ),
    fail: [SHORT, 'image-pull-failing'],
    of: 'image-pull-failing',
    values: { reason: 'image-missing' },
  },
  {
    name: 'a registry that is not reached',
    change: short(
      stopped(
        `ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve ecr registry auth: ${ECR}`,
      ),
    ),
    fail: [SHORT, 'image-pull-failing'],
    of: 'image-pull-failing',
    values: { because: 'unreachable' },
  },
  {
    name: 'a secret that is refused',
    change: short(
      stopped(
        'ResourceInitializationError: unable to pull secrets: AccessDeniedException: not authorized to perform secretsmanager:GetSecretValue',
      ),
    ),
    fail: [SHORT, 'secret-unreadable'],
    of: 'secret-unreadable',
    values: { because: 'refused' },
  },
  {
    name: 'memory',
    change: short(stopped('OutOfMemoryError: Container killed', { exitCode: 137 })),
    fail: [SHORT, 'container-out-of-memory'],
  },
  {
    name: 'room, as the events tell',
    change: is({
      runningCount: 1,
      stoppedTasks: [],
      events: [
        '(service web) was unable to place a task because no container instance met all of its requirements.',
      ],
    }),
    fail: [SHORT, 'capacity-missing'],
  },
  {
    name: 'somebody stopped them',
    change: short(stopped('Scaling activity initiated by deployment')),
    fail: [SHORT],
  },
]);

test.each<[Properties, boolean]>([
  [{ runningCount: 2, desiredCount: 2 }, true],
  [{ runningCount: 3, desiredCount: 2, rolloutState: 'COMPLETED' }, true],
  [{ runningCount: 2, desiredCount: 2, rolloutState: 'IN_PROGRESS' }, false],
  [{ runningCount: 1, desiredCount: 2 }, false],
  [{ runningCount: 0, desiredCount: 0 }, false],
  [{ desiredCount: 2 }, false],
  [{}, false],
])('%j is settled: %s', (seen, expected) => expect(isSettled(seen)).toBe(expected));
