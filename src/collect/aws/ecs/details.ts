import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import type { DetailScope } from '../aws-collector.ts';
import { isKnown, type WantedResource } from '../wanted.ts';
import { familyOf, TASK_DEFINITION } from './task-definitions.ts';
import { runningTasks, stoppedTasks } from './tasks.ts';

/** Of a service the tasks that it runs, why the last ones stopped, and which revision of its family is the last. */
export async function detail(aws: DetailScope, wanted: readonly WantedResource[]): Promise<void> {
  await Promise.all(
    wanted.map((service) =>
      Promise.all([tasks(aws, service), stopped(aws, service), latestRevision(aws, service)]),
    ),
  );
}

async function tasks(aws: DetailScope, service: WantedResource): Promise<void> {
  const { tasks: running, refusal } = await runningTasks(aws, service.scope ?? '', service.name);
  aws.add(service, {
    operation: 'DescribeTasks',
    properties: { tasks: running },
    refusals: [refusal],
  });
}

/** The lists tell it of a service that a file names and that is short of tasks. */
async function stopped(aws: DetailScope, service: WantedResource): Promise<void> {
  if (
    isKnown(service, 'stoppedTasks', 'ecs:ListTasks') ||
    isKnown(service, 'stoppedTasks', 'ecs:DescribeTasks')
  )
    return;
  const { tasks: last, refusal } = await stoppedTasks(aws, service.scope ?? '', service.name);
  aws.add(service, { operation: 'ListTasks', properties: { stoppedTasks: last }, refusals: [refusal] });
}

/**
 * Said of the family, which several services may run. Amazon ECS API Reference, DescribeTaskDefinition: of a family
 * without a revision the latest one that is ACTIVE; where there is none, the request is refused as one that cannot be
 * served.
 */
async function latestRevision(aws: DetailScope, { properties }: WantedResource): Promise<void> {
  const { taskDefinition } = properties;
  if (typeof taskDefinition !== 'string') return;
  const name = familyOf(taskDefinition);
  const family = aws.known(TASK_DEFINITION).find((one) => one.name === name);
  if (!family || !aws.isFirst(name)) return;
  const { output, refusal } = await aws.ask(DescribeTaskDefinitionCommand, { taskDefinition: name }, [
    'ClientException',
  ]);
  aws.add(
    { ...family, properties: {} },
    {
      operation: 'DescribeTaskDefinition',
      properties: { latestRevision: output?.taskDefinition?.revision },
      refusals: [refusal],
    },
  );
}
