import {
  type ContainerDefinition,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  paginateListClusters,
  paginateListServices,
  paginateListTaskDefinitionFamilies,
  type Service,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { batches } from '#lib/batches.ts';
import { type ContainerPorts, portsOf } from '#lib/container-ports.ts';
import type { RelationFact } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { isShort, stoppedTasks } from './ecs/stopped-tasks.ts';
import { lastPart, relation } from './parts.ts';
import { whileListing } from './while-listing.ts';

const CLUSTER = 'AWS::ECS::Cluster';
const SERVICE = 'AWS::ECS::Service';
const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';

/** A service keeps its last 100 events; these are the ones that say what it is waiting for. */
const EVENTS = 5;

/**
 * Clusters, their services with deployments and events, why tasks of declared ones that are short of some stopped, and
 * the task definitions that these run or that have an active revision. Amazon ECS API Reference.
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
    if (service?.taskDefinition) families.used(service.taskDefinition);
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

const propertiesOf = (service: Service) => {
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  return {
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: service.runningCount,
    pendingCount: service.pendingCount,
    launchType: service.launchType,
    schedulingStrategy: service.schedulingStrategy,
    taskDefinition: service.taskDefinition && lastPart(service.taskDefinition),
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    subnets: service.networkConfiguration?.awsvpcConfiguration?.subnets,
    securityGroups: service.networkConfiguration?.awsvpcConfiguration?.securityGroups,
    assignPublicIp: service.networkConfiguration?.awsvpcConfiguration?.assignPublicIp,
    circuitBreaker: service.deploymentConfiguration?.deploymentCircuitBreaker?.enable,
    rolloutState: primary?.rolloutState,
    rolloutStateReason: primary?.rolloutStateReason,
    deployments: service.deployments?.length,
    events: service.events?.slice(0, EVENTS).flatMap(({ message }) => (message ? [message] : [])),
  };
};

const relationsOf = (service: Service): RelationFact[] => [
  ...(service.taskDefinition
    ? [relation('uses-task-definition', TASK_DEFINITION, familyOf(service.taskDefinition))]
    : []),
  ...(service.loadBalancers ?? []).flatMap(({ targetGroupArn }) =>
    targetGroupArn
      ? [relation('registers-in', 'AWS::ElasticLoadBalancingV2::TargetGroup', targetGroupArn)]
      : [],
  ),
];

const familyOf = (taskDefinition: string): string => lastPart(taskDefinition).replace(/:\d+$/, '');

/** The families of an account; the revision that a service runs is described, once however many services run it. */
class TaskDefinitions {
  readonly #aws: AwsScope;
  readonly #families = new Set<string>();
  readonly #described = new Map<string, Promise<void>>();
  readonly #seen = new Set<string>();

  constructor(aws: AwsScope) {
    this.#aws = aws;
  }

  /** The family's own: that of a revision without its number, the same before and after a deployment. */
  #arnOf(family: string): string {
    const { partition, region, account } = this.#aws;
    return `arn:${partition}:ecs:${region}:${account}:task-definition/${family}`;
  }

  listed(family: string): void {
    this.#families.add(family);
  }

  used(arn: string): void {
    if (!this.#described.has(arn)) this.#described.set(arn, this.#describe(arn));
  }

  async #describe(arn: string): Promise<void> {
    const { output, refusal } = await this.#aws.ask(DescribeTaskDefinitionCommand, { taskDefinition: arn });
    this.#see(arn, output?.taskDefinition, refusal && [refusal]);
  }

  #see(
    arn: string,
    definition: TaskDefinition | undefined,
    refusals?: Parameters<AwsScope['see']>[0]['refusals'],
  ) {
    const family = familyOf(arn);
    this.#seen.add(family);
    const containers = definition?.containerDefinitions ?? [];
    this.#aws.see({
      kind: TASK_DEFINITION,
      name: family,
      arn: this.#arnOf(family),
      otherNames: [definition?.taskDefinitionArn ?? arn],
      operation: definition ? 'DescribeTaskDefinition' : 'DescribeServices',
      properties: {
        revision: Number(/:(\d+)$/.exec(arn)?.[1]),
        status: definition?.status,
        cpu: definition?.cpu,
        memory: definition?.memory,
        networkMode: definition?.networkMode,
        containers: definition && containers.map(containerOf),
        containerPorts: definition && portsOf(containers.map(portsIn)),
      },
      relations: [
        ...containers.flatMap(({ image }) => (image ? [relation('uses-image', 'Docker::Image', image)] : [])),
        ...containers.flatMap(({ logConfiguration }) => {
          const group = logConfiguration?.options?.['awslogs-group'];
          return group ? [relation('logs-to', 'AWS::Logs::LogGroup', group)] : [];
        }),
        definition?.taskRoleArn
          ? relation('assumes', 'AWS::IAM::Role', lastPart(definition.taskRoleArn))
          : undefined,
        definition?.executionRoleArn
          ? relation('assumes', 'AWS::IAM::Role', lastPart(definition.executionRoleArn))
          : undefined,
      ],
      ...(refusals && { refusals }),
    });
  }

  /** What is listed and no service runs is known by its name alone. */
  async finish(): Promise<void> {
    await Promise.all(this.#described.values());
    for (const family of this.#families)
      if (!this.#seen.has(family))
        this.#aws.see({
          kind: TASK_DEFINITION,
          name: family,
          arn: this.#arnOf(family),
          operation: 'ListTaskDefinitionFamilies',
        });
  }
}

/** The ports of a container; those that it takes in a range are told by neither side. */
const portsIn = ({ name, portMappings = [] }: ContainerDefinition): ContainerPorts => ({
  name,
  ports: portMappings.flatMap(({ containerPort, containerPortRange }) =>
    containerPortRange === undefined ? (containerPort ?? []) : [],
  ),
});

/** What of a container is told: names of its variables and secrets, never a value. */
const containerOf = (container: ContainerDefinition) => ({
  name: container.name ?? '',
  image: container.image ?? '',
  ports: (container.portMappings ?? []).flatMap(({ containerPort }) => containerPort ?? []),
  variables: (container.environment ?? []).flatMap(({ name }) => name ?? []),
  secrets: (container.secrets ?? []).flatMap(({ name }) => name ?? []),
  healthCheck: container.healthCheck !== undefined,
});
