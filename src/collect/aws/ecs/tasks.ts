import {
  type Attachment,
  type Container,
  DescribeTasksCommand,
  ListTasksCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
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
  const { tasks, refusal } = await tasksOf(aws, cluster, service, 'STOPPED');
  if (!tasks) return { ...(refusal && { refusal }) };
  const stopped = tasks
    .filter(({ lastStatus }) => lastStatus === 'STOPPED')
    .sort((a, b) => Number(b.stoppedAt ?? 0) - Number(a.stoppedAt ?? 0));
  return { tasks: stopped.slice(0, SHOWN).map(stoppedOf) };
}

/**
 * The tasks that a service runs or is starting, 100 at most: where each is, under which address, and how it fares. Amazon
 * ECS API Reference, Task.
 */
export async function runningTasks(
  aws: AwsScope,
  cluster: string,
  service: string,
): Promise<{ tasks?: Json[]; refusal?: Refusal }> {
  const { tasks, refusal } = await tasksOf(aws, cluster, service, 'RUNNING');
  return { ...(tasks && { tasks: tasks.map(runningOf) }), ...(refusal && { refusal }) };
}

async function tasksOf(
  aws: AwsScope,
  cluster: string,
  service: string,
  desiredStatus: 'RUNNING' | 'STOPPED',
): Promise<{ tasks?: Task[]; refusal?: Refusal }> {
  const input = { cluster, serviceName: lastPart(service), desiredStatus, maxResults: 100 };
  const listed = await aws.ask(ListTasksCommand, input);
  if (listed.refusal) return { refusal: listed.refusal };
  const { taskArns = [] } = listed.output;
  if (taskArns.length === 0) return { tasks: [] };
  const described = await aws.ask(DescribeTasksCommand, { cluster, tasks: taskArns });
  return described.refusal ? { refusal: described.refusal } : { tasks: described.output.tasks ?? [] };
}

const words = (text: string | undefined): string | undefined => (text ? maskSecrets(text) : undefined);

const stoppedOf = (task: Task): Json =>
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

/** Of a network interface of its own: Amazon ECS API Reference, Attachment. */
function interfaceOf(attachments: readonly Attachment[] = []): Record<string, Json | undefined> {
  const own = attachments.find(({ type }) => type === 'ElasticNetworkInterface');
  const of = (key: string) => own?.details?.find(({ name }) => name === key)?.value;
  return {
    subnet: of('subnetId'),
    networkInterface: of('networkInterfaceId'),
    privateAddress: of('privateIPv4Address'),
  };
}

const runningOf = (task: Task): Json =>
  stated({
    id: task.taskArn && lastPart(task.taskArn),
    taskDefinition: task.taskDefinitionArn && lastPart(task.taskDefinitionArn),
    lastStatus: task.lastStatus,
    healthStatus: task.healthStatus,
    zone: task.availabilityZone,
    ...interfaceOf(task.attachments),
    containerInstance: task.containerInstanceArn,
    startedAt: moment(task.startedAt),
    containers: (task.containers ?? []).map(containerOf),
  });

const containerOf = (container: Container): Json =>
  stated({
    name: container.name,
    image: container.image,
    imageDigest: container.imageDigest,
    lastStatus: container.lastStatus,
    healthStatus: container.healthStatus,
    reason: words(container.reason),
    // ports of the host, where it is not in a network of its own
    bindings: container.networkBindings?.map(({ containerPort, hostPort, bindIP }) =>
      stated({ containerPort, hostPort, bindIP }),
    ),
  });
