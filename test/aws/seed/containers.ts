import {
  CreateRepositoryCommand,
  type CreateRepositoryCommandInput,
  ECRClient,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import {
  type ContainerDefinition,
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { each, type Made } from './made.ts';

export interface ContainerDescription {
  repositories?: Record<
    string,
    {
      /** The tags of each image; an image without a tag has none. */
      images?: string[][];
      /** What the images are for (`amd64`): each is an index of one image an architecture, not a single image. */
      architectures?: string[];
    } & Pick<Partial<CreateRepositoryCommandInput>, 'imageTagMutability' | 'imageScanningConfiguration'>
  >;
  /** By family. Images are whole, or a repository of the description and a tag: `shop/api:1.2`. */
  taskDefinitions?: Record<
    string,
    {
      /** Roles of the description. */
      taskRole?: string;
      executionRole?: string;
      containers: Record<string, Omit<ContainerDefinition, 'name'>>;
      /** How often it is registered; the last revision is that of the services. */
      revisions?: number;
    } & Omit<Partial<RegisterTaskDefinitionCommandInput>, 'family' | 'containerDefinitions'>
  >;
  clusters?: Record<string, { services?: Record<string, EcsService> }>;
}

interface EcsService
  extends Omit<
    Partial<CreateServiceCommandInput>,
    'serviceName' | 'cluster' | 'loadBalancers' | 'networkConfiguration'
  > {
  /** A family of the description. */
  taskDefinition: string;
  subnets?: string[];
  securityGroups?: string[];
  targetGroups?: { name: string; container: string; port: number }[];
  /** Tasks get an address of the internet. */
  publicIp?: boolean;
  /** Tasks do not run, although they should. */
  stopped?: true;
}

export async function seedContainers(made: Made, description: ContainerDescription): Promise<void> {
  const ecr = made.client(ECRClient);
  await each(description.repositories, async (repositoryName, { images = [], architectures, ...input }) => {
    const { repository } = await ecr.send(new CreateRepositoryCommand({ ...input, repositoryName }));
    made.keep('repository', repositoryName, repository?.repositoryUri);
    for (const [index, tags] of images.entries()) {
      const imageManifest = await pushed(made, repositoryName, `${repositoryName} ${index}`, architectures);
      for (const imageTag of tags.length > 0 ? tags : [undefined])
        await ecr.send(new PutImageCommand({ repositoryName, imageManifest, ...(imageTag && { imageTag }) }));
    }
  });
  const ecs = made.client(ECSClient);
  await each(description.taskDefinitions, async (family, definition) => {
    const { taskRole, executionRole, containers, revisions = 1, ...input } = definition;
    const command = new RegisterTaskDefinitionCommand({
      ...input,
      family,
      ...(taskRole !== undefined && { taskRoleArn: made.id('role', taskRole) }),
      ...(executionRole !== undefined && { executionRoleArn: made.id('role', executionRole) }),
      containerDefinitions: Object.entries(containers).map(([name, container]) => ({
        ...container,
        name,
        image: imageOf(made, container.image ?? name, description),
      })),
    });
    for (let revision = 1; revision <= revisions; revision++)
      made.keep('task-definition', family, (await ecs.send(command)).taskDefinition?.taskDefinitionArn);
  });
  await each(description.clusters, async (clusterName, { services }) => {
    const { cluster } = await ecs.send(new CreateClusterCommand({ clusterName }));
    made.keep('cluster', clusterName, cluster?.clusterArn);
    await each(services, (name, service) => serve(made, clusterName, name, service));
  });
}

async function serve(made: Made, cluster: string, serviceName: string, service: EcsService): Promise<void> {
  const {
    taskDefinition,
    subnets,
    securityGroups,
    targetGroups,
    publicIp,
    stopped,
    desiredCount = 1,
    ...input
  } = service;
  const ecs = made.client(ECSClient);
  const command = new CreateServiceCommand({
    launchType: 'FARGATE',
    ...input,
    cluster,
    serviceName,
    desiredCount,
    taskDefinition: made.id('task-definition', taskDefinition),
    ...(subnets && {
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: made.ids('subnet', subnets),
          securityGroups: made.ids('security-group', securityGroups),
          ...(publicIp !== undefined && { assignPublicIp: publicIp ? 'ENABLED' : 'DISABLED' }),
        },
      },
    }),
    ...(targetGroups && {
      loadBalancers: targetGroups.map(({ name, container, port }) => ({
        targetGroupArn: made.id('target-group', name),
        containerName: container,
        containerPort: port,
      })),
    }),
  });
  made.keep('service', `${cluster} ${serviceName}`, (await ecs.send(command)).service?.serviceArn);
  // moto runs the tasks of a service once it is updated.
  if (!stopped) await ecs.send(new UpdateServiceCommand({ cluster, service: serviceName, desiredCount }));
}

/** A repository of the description stands for its address. */
function imageOf(made: Made, image: string, { repositories = {} }: ContainerDescription): string {
  const [, name = image, version = ''] = /^(.*?)((?:@|:[^/]*$).*)?$/.exec(image) ?? [];
  return Object.hasOwn(repositories, name) ? `${made.id('repository', name)}${version}` : image;
}

/** The manifest that tags are to name; of an index the images are put first, as a client does. */
async function pushed(
  made: Made,
  repositoryName: string,
  content: string,
  architectures: readonly string[] | undefined,
): Promise<string> {
  if (!architectures) return manifest(content);
  const manifests: object[] = [];
  for (const architecture of architectures) {
    const imageManifest = manifest(`${architecture} ${content}`);
    const { image } = await made
      .client(ECRClient)
      .send(new PutImageCommand({ repositoryName, imageManifest }));
    manifests.push({
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      size: imageManifest.length,
      digest: image?.imageId?.imageDigest,
      platform: { architecture, os: 'linux' },
    });
  }
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json',
    manifests,
  });
}

/** The least manifest that differs from others. */
const manifest = (content: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: content.length,
      digest: `sha256:${Buffer.from(content).toString('hex').padEnd(64, '0').slice(0, 64)}`,
    },
    layers: [],
  });
