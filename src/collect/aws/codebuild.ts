import { BatchGetProjectsCommand, CodeBuildClient, paginateListProjects } from '@aws-sdk/client-codebuild';
import { batches } from '#lib/batches.ts';
import type { Kind } from '#model/fact.ts';
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
    const role = is?.serviceRole?.split('/').at(-1);
    aws.see({
      kind: PROJECT,
      name,
      arn: is?.arn ?? `arn:${aws.partition}:codebuild:${aws.region}:${aws.account}:project/${name}`,
      operation: is ? 'BatchGetProjects' : 'ListProjects',
      properties: {
        sourceType: is?.source?.type,
        image: is?.environment?.image,
        privilegedMode: is?.environment?.privilegedMode,
        variables: is?.environment?.environmentVariables?.flatMap(({ name: own }) => own ?? []),
      },
      relations: [role ? relation('assumes', 'AWS::IAM::Role', role) : undefined],
      refusals: [refusal],
    });
  }
}
