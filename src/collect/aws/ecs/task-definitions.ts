import { DescribeTaskDefinitionCommand, type TaskDefinition } from '@aws-sdk/client-ecs';
import { portsOf } from '#lib/container-ports.ts';
import type { AwsScope } from '../aws-collector.ts';
import { lastPart, relation } from '../parts.ts';
import { stated } from '../stated.ts';
import { containerOf, portsIn } from './containers.ts';

export const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';

export const familyOf = (taskDefinition: string): string => lastPart(taskDefinition).replace(/:\d+$/, '');

/** The families of an account; the revision that a service runs is described, once however many services run it. */
export class TaskDefinitions {
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
        requiresCompatibilities: definition?.requiresCompatibilities,
        runtimePlatform: definition?.runtimePlatform && stated({ ...definition.runtimePlatform }),
        taskRoleArn: definition?.taskRoleArn,
        executionRoleArn: definition?.executionRoleArn,
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
