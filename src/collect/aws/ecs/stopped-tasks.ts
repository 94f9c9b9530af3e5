import { DescribeTasksCommand, ListTasksCommand, type Service, type Task } from '@aws-sdk/client-ecs';
import { maskSecrets } from '#lib/mask.ts';
import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { AwsScope } from '../aws-collector.ts';
import { lastPart } from '../parts.ts';
import { moment, stated } from '../stated.ts';

/** The last that stopped tell why; a service that cannot start stops a task every few minutes. */
const SHOWN = 5;

/** Whether a service has fewer tasks than it wants: only then is it asked why. One without a wish (DAEMON) has as many as there are hosts. */
export const isShort = ({ desiredCount = 0, runningCount = 0 }: Service): boolean =>
  runningCount < desiredCount;

/**
 * Why the last tasks of a service stopped, newest first. Amazon ECS API Reference, ListTasks: stopped tasks are kept for
 * an hour, so an empty list tells nothing.
 */
export async function stoppedTasks(
  aws: AwsScope,
  cluster: string,
  service: string,
): Promise<{ tasks?: Json[]; refusal?: Refusal }> {
  const listed = await aws.ask(ListTasksCommand, {
    cluster,
    serviceName: lastPart(service),
    desiredStatus: 'STOPPED',
    maxResults: 100,
  });
  if (listed.refusal) return { refusal: listed.refusal };
  const { taskArns = [] } = listed.output;
  if (taskArns.length === 0) return { tasks: [] };
  const described = await aws.ask(DescribeTasksCommand, { cluster, tasks: taskArns });
  if (described.refusal) return { refusal: described.refusal };
  const tasks = (described.output.tasks ?? [])
    .filter(({ lastStatus }) => lastStatus === 'STOPPED')
    .sort((a, b) => Number(b.stoppedAt ?? 0) - Number(a.stoppedAt ?? 0));
  return { tasks: tasks.slice(0, SHOWN).map(taskOf) };
}

const words = (text: string | undefined): string | undefined => (text ? maskSecrets(text) : undefined);

const taskOf = (task: Task): Json =>
  stated({
    stopCode: task.stopCode,
    stoppedReason: words(task.stoppedReason),
    stoppedAt: moment(task.stoppedAt),
    taskDefinition: task.taskDefinitionArn && lastPart(task.taskDefinitionArn),
    healthStatus: task.healthStatus,
    containers: (task.containers ?? [])
      .filter(({ exitCode, reason }) => reason !== undefined || (exitCode ?? 0) !== 0)
      .map(({ name, exitCode, reason }) => stated({ name, exitCode, reason: words(reason) })),
  });
