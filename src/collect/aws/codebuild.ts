import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  type EnvironmentVariable,
  type Project,
  paginateListProjects,
} from '@aws-sdk/client-codebuild';
import { batches } from '#lib/batches.ts';
import { maskSecrets } from '#lib/mask.ts';
import type { Kind, RelationFact } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';
import { whileListing } from './while-listing.ts';

const PROJECT: Kind = 'AWS::CodeBuild::Project';

/** Build projects. AWS CodeBuild API Reference, version 2016-10-06. Variables by name alone. */
export const codebuild = defineAwsCollector({
  id: 'codebuild',
  title: { fr: 'CodeBuild', en: 'CodeBuild' },
  service: 'codebuild',
  where: 'regions',
  Client: CodeBuildClient,
  kinds: [PROJECT],
  permissions: { ListProjects: 'codebuild:ListProjects', BatchGetProjects: 'codebuild:BatchGetProjects' },
  async collect(aws) {
    await aws.list([PROJECT], () =>
      whileListing(async (begin) => {
        for await (const { projects = [] } of aws.pages(paginateListProjects, {}))
          for (const batch of batches(projects, 100)) begin(see(aws, batch));
      }),
    );
  },
});

async function see(aws: AwsScope, names: string[]): Promise<void> {
  const { output, refusal } = await aws.ask(BatchGetProjectsCommand, { names });
  const described = new Map(output?.projects?.map((one) => [one.name, one]));
  for (const name of names) {
    const is = described.get(name);
    const { location } = is?.source ?? {};
    aws.see({
      kind: PROJECT,
      name,
      arn: is?.arn ?? `arn:${aws.partition}:codebuild:${aws.region}:${aws.account}:project/${name}`,
      operation: is ? 'BatchGetProjects' : 'ListProjects',
      properties: {
        sourceType: is?.source?.type,
        sourceLocation: location === undefined ? undefined : maskSecrets(location),
        image: is?.environment?.image,
        computeType: is?.environment?.computeType,
        privilegedMode: is?.environment?.privilegedMode,
        timeoutInMinutes: is?.timeoutInMinutes,
        projectVisibility: is?.projectVisibility,
        variables: is?.environment?.environmentVariables?.flatMap(({ name: own }) => own ?? []),
      },
      ...(is && { relations: relationsOf(is, name) }),
      refusals: [refusal],
    });
  }
}

function relationsOf(
  { serviceRole, environment, logsConfig, vpcConfig }: Project,
  name: string,
): RelationFact[] {
  const { status, groupName } = logsConfig?.cloudWatchLogs ?? {};
  return [
    ...(serviceRole ? [relation('assumes', 'AWS::IAM::Role', serviceRole)] : []),
    ...(environment?.image && !environment.image.startsWith('aws/')
      ? [relation('uses-image', 'Docker::Image', environment.image)]
      : []),
    ...(environment?.environmentVariables ?? []).flatMap((one) => readBy(one) ?? []),
    // the group's name where none is given: AWS CodeBuild User Guide, “View build logs”
    ...(status === 'DISABLED'
      ? []
      : [relation('logs-to', 'AWS::Logs::LogGroup', groupName ?? `/aws/codebuild/${name}`)]),
    ...(vpcConfig?.vpcId ? [relation('in-vpc', 'AWS::EC2::VPC', vpcConfig.vpcId)] : []),
    ...(vpcConfig?.subnets ?? []).map((subnet) => relation('in-subnet', 'AWS::EC2::Subnet', subnet)),
    ...(vpcConfig?.securityGroupIds ?? []).map((group) =>
      relation('protected-by', 'AWS::EC2::SecurityGroup', group),
    ),
  ];
}

/** What a variable is read out of: its value is then the name of a parameter, or of a secret with a key of it. */
function readBy({ type, value = '' }: EnvironmentVariable): RelationFact | undefined {
  if (type === 'PARAMETER_STORE') return relation('reads', 'AWS::SSM::Parameter', value);
  if (type !== 'SECRETS_MANAGER') return undefined;
  const name = value.startsWith('arn:') ? value.split(':').slice(0, 7).join(':') : value.split(':')[0];
  return name ? relation('reads', 'AWS::SecretsManager::Secret', name) : undefined;
}
