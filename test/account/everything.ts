import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import type { AwsProxy } from '../aws/proxy.ts';

export const REGION = 'eu-west-3';

/** Answers of services that moto does not have, in the shapes that AWS documents. */
export function answerUnknown(_proxy: AwsProxy): void {}

/** Two of everything that collectors read, in an empty account of moto. */
export async function seedEverything(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
  const ecs = new ECSClient({ endpoint, region: REGION, credentials });
  for (const clusterName of ['one', 'two']) {
    await ecs.send(new CreateClusterCommand({ clusterName }));
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: `api-${clusterName}`,
        networkMode: 'awsvpc',
        cpu: '256',
        memory: '512',
        containerDefinitions: [{ name: 'api', image: 'nginx:1' }],
      }),
    );
    await ecs.send(
      new CreateServiceCommand({
        cluster: clusterName,
        serviceName: `api-${clusterName}`,
        taskDefinition: `api-${clusterName}`,
        desiredCount: 1,
      }),
    );
  }
  ecs.destroy();
}
