import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  ECSClient,
  paginateListClusters,
  paginateListServices,
  paginateListTaskDefinitionFamilies,
} from '@aws-sdk/client-ecs';
import { batches } from '#lib/batches.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { detail } from './ecs/details.ts';
import { definitionOf, propertiesOf, relationsOf } from './ecs/services.ts';
import { TASK_DEFINITION, TaskDefinitions } from './ecs/task-definitions.ts';
import { isShort, stoppedTasks } from './ecs/tasks.ts';
import { lastPart, relation } from './parts.ts';
import { whileListing } from './while-listing.ts';

const CLUSTER = 'AWS::ECS::Cluster';
const SERVICE = 'AWS::ECS::Service';

/**
 * Clusters, their services with deployments and events, why tasks of declared ones that are short of some stopped, and
 * the task definitions that these run or that have an active revision; of services on a path the tasks too. Amazon ECS
 * API Reference.
 */
export const ecs = defineAwsCollector({
  id: 'ecs',
  title: { fr: 'ECS', en: 'ECS' },
  service: 'ecs',
  where: 'regions',
  Client: ECSClient,
  kinds: [CLUSTER, SERVICE, TASK_DEFINITION],
  permissions: {
    ListClusters: 'ecs:ListClusters',
    DescribeClusters: 'ecs:DescribeClusters',
    ListServices: 'ecs:ListServices',
    DescribeServices: 'ecs:DescribeServices',
    ListTaskDefinitionFamilies: 'ecs:ListTaskDefinitionFamilies',
    DescribeTaskDefinition: 'ecs:DescribeTaskDefinition',
    ListTasks: 'ecs:ListTasks',
    DescribeTasks: 'ecs:DescribeTasks',
  },
  detailed: [SERVICE],
  detail,
  async collect(aws) {
    const families = new TaskDefinitions(aws);
    await Promise.all([
      aws.list([CLUSTER, SERVICE], () =>
        whileListing(async (begin) => {
          for await (const { clusterArns = [] } of aws.pages(paginateListClusters, { maxResults: 100 })) {
            begin(clusters(aws, clusterArns));
            for (const cluster of clusterArns) begin(services(aws, cluster, families));
          }
        }),
      ),
      aws.list([TASK_DEFINITION], async () => {
        const input = { status: 'ACTIVE', maxResults: 100 } as const;
        for await (const page of aws.pages(paginateListTaskDefinitionFamilies, input))
          for (const family of page.families ?? []) families.listed(family);
      }),
    ]);
    await families.finish();
  },
});

async function clusters(aws: AwsScope, arns: readonly string[]): Promise<void> {
  for (const batch of batches(arns, 100)) {
    const { output, refusal } = await aws.ask(DescribeClustersCommand, {
      clusters: batch,
      include: ['SETTINGS', 'TAGS'],
    });
    const described = new Map(output?.clusters?.map((cluster) => [cluster.clusterArn, cluster]));
    for (const arn of batch) {
      const cluster = described.get(arn);
      aws.see({
        kind: CLUSTER,
        name: lastPart(arn),
        arn,
        operation: cluster ? 'DescribeClusters' : 'ListClusters',
        properties: {
          status: cluster?.status,
          activeServicesCount: cluster?.activeServicesCount,
          runningTasksCount: cluster?.runningTasksCount,
          capacityProviders: cluster?.capacityProviders,
          containerInsights: cluster?.settings?.find(({ name }) => name === 'containerInsights')?.value,
        },
        refusals: [refusal],
      });
    }
  }
}

async function services(aws: AwsScope, clusterArn: string, families: TaskDefinitions): Promise<void> {
  const cluster = lastPart(clusterArn);
  await aws.list(
    [SERVICE],
    () =>
      whileListing(async (begin) => {
        const input = { cluster: clusterArn, maxResults: 100 };
        for await (const { serviceArns = [] } of aws.pages(paginateListServices, input))
          for (const batch of batches(serviceArns, 10))
            begin(describeServices(aws, clusterArn, cluster, batch, families));
      }),
    cluster,
  );
}

async function describeServices(
  aws: AwsScope,
  clusterArn: string,
  cluster: string,
  arns: string[],
  families: TaskDefinitions,
): Promise<void> {
  const { output, refusal } = await aws.ask(DescribeServicesCommand, {
    cluster: clusterArn,
    services: arns,
    include: ['TAGS'],
  });
  const described = new Map(output?.services?.map((service) => [service.serviceArn, service]));
  const see = async (arn: string) => {
    const service = described.get(arn);
    const definition = service && definitionOf(service);
    if (definition) families.used(definition);
    const isAsked = aws.isDeclared(SERVICE, lastPart(arn)) || aws.fitsDeclared(SERVICE, lastPart(arn));
    const stopped =
      isAsked && service && isShort(service) ? await stoppedTasks(aws, clusterArn, arn) : undefined;
    aws.see({
      kind: SERVICE,
      name: lastPart(arn),
      scope: cluster,
      arn,
      operation: service ? 'DescribeServices' : 'ListServices',
      ...(service && { properties: { ...propertiesOf(service), stoppedTasks: stopped?.tasks } }),
      relations: [relation('runs-in', CLUSTER, cluster), ...(service ? relationsOf(service) : [])],
      refusals: [refusal, stopped?.refusal],
    });
  };
  await Promise.all(arns.map(see));
}
