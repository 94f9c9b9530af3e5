import { describe, expect, test } from 'vitest';
import type { Properties } from './graph.ts';
import { stoppedFor } from './stop-reasons.ts';

const task = (stoppedReason: string, ...containers: Properties[]) => ({
  stoppedReason,
  containers: containers as never,
});
const of = (stoppedReason: string, ...containers: Properties[]) =>
  stoppedFor({ stoppedTasks: [task(stoppedReason, ...containers)] })[0];

// Amazon ECS Developer Guide, “Stopped tasks error messages”, “Service event messages”
describe('why a task stopped', () => {
  test.each([
    [
      'CannotPullContainerError: Error response from daemon: manifest for web:2 not found: manifest unknown',
      'image-missing',
      undefined,
    ],
    [
      'CannotPullContainerError: The task cannot pull registry.example/web:2 from the registry: pull access denied for web, repository does not exist',
      'image-missing',
      'refused',
    ],
    [
      'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref web:2: failed to do request: Head "https://…": dial tcp 52.1.1.1:443: i/o timeout',
      'image-pull-failing',
      'unreachable',
    ],
    [
      "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'",
      'image-architecture-mismatch',
      undefined,
    ],
    ['exec /app: exec format error', 'image-architecture-mismatch', undefined],
    [
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: RequestError: send request failed',
      'secret-unreadable',
      'unreachable',
    ],
    [
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: context deadline exceeded',
      'image-pull-failing',
      'unreachable',
    ],
    [
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist',
      'log-group-missing',
      undefined,
    ],
    ['Task failed ELB health checks in (target-group arn:aws:…)', 'health-check', undefined],
    ['OutOfMemoryError: Container killed due to memory usage', 'out-of-memory', undefined],
    [
      '(service web) was unable to place a task because no container instance met all of its requirements.',
      'no-capacity',
      undefined,
    ],
    ['RESOURCE:MEMORY', 'no-capacity', undefined],
    ['Capacity is unavailable at this time.', 'no-capacity', undefined],
    ['Essential container in task exited', 'container-crashing', undefined],
  ])('%s', (message, reason, because) => {
    expect(of(message)).toMatchObject({ reason, count: 1, ...(because && { because }) });
    expect(of(message)?.because).toBe(because);
  });

  test.each([
    'Scaling activity initiated by (deployment ecs-svc/1)',
    'Task stopped by user',
    '',
    'Host EC2 terminated',
  ])('%s is no failure', (message) => expect(of(message)).toBeUndefined());
});

test('what a container says of itself is more exact than that one ended', () => {
  const found = of('Essential container in task exited', {
    exitCode: 137,
    reason: 'OutOfMemoryError: Container killed',
  });
  expect(found).toEqual({
    reason: 'out-of-memory',
    message: 'OutOfMemoryError: Container killed',
    count: 1,
    exitCode: 137,
  });
});

test('an exit code of 0 is none of a failure, and the first other one is told', () => {
  expect(of('Essential container in task exited', { exitCode: 0 }, { exitCode: 2 })?.exitCode).toBe(2);
  expect(of('Essential container in task exited', { exitCode: 0 })).not.toHaveProperty('exitCode');
});

test('each reason is told once, with how often it was seen, the most certain first', () => {
  const found = stoppedFor({
    stoppedTasks: [
      task('Essential container in task exited'),
      task('OutOfMemoryError'),
      task('Essential container in task exited', { exitCode: 1 }),
    ],
    events: [{ at: '2026', message: 'was unable to place a task' }, 'was unable to place a task'],
  });
  expect(found.map(({ reason, count }) => `${reason} ${count}`)).toEqual([
    'out-of-memory 1',
    'container-crashing 2',
    'no-capacity 2',
  ]);
  expect(found[1]?.exitCode).toBe(1);
});

test('a message is cut, and a hostile one ends at once', () => {
  const started = performance.now();
  const long = `ResourceInitializationError${' secre'.repeat(20_000)}`;
  expect(of(`CannotPullContainerError ${'x'.repeat(100_000)}`)?.message.length).toBeLessThanOrEqual(160);
  of(long);
  of('CannotPull'.repeat(10_000));
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('what is no list of tasks is none', () => {
  expect(stoppedFor({})).toEqual([]);
  expect(stoppedFor({ stoppedTasks: 'x', events: { message: 'OutOfMemory' } })).toEqual([]);
});
