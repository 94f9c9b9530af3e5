import {
  DescribeImagesCommand,
  type DescribeImagesCommandOutput,
  ECRClient,
  type ImageDetail,
  paginateDescribeRepositories,
  type Repository,
} from '@aws-sdk/client-ecr';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { moment } from './stated.ts';

const REPOSITORY: Kind = 'AWS::ECR::Repository';
/** Pages of a thousand images: a repository without a lifecycle holds many. */
const MOST_PAGES = 5;
const MOST_TAGS = 2_000;

/**
 * Private repositories; the images of those that files name, by their tags. Amazon ECR API Reference, version
 * 2015-09-21.
 */
export const ecr = defineAwsCollector({
  id: 'ecr',
  title: { fr: 'ECR', en: 'ECR' },
  service: 'ecr',
  where: 'regions',
  Client: ECRClient,
  kinds: [REPOSITORY],
  permissions: {
    DescribeRepositories: 'ecr:DescribeRepositories',
    DescribeImages: 'ecr:DescribeImages',
  },
  async collect(aws) {
    await listOf(
      aws,
      [REPOSITORY],
      paginateDescribeRepositories,
      { maxResults: 1000 },
      ({ repositories }) => repositories,
      (repository) => seeRepository(aws, repository),
    );
  },
});

async function seeRepository(aws: AwsScope, repository: Repository): Promise<void> {
  const name = repository.repositoryName ?? '';
  const images = aws.isDeclared(REPOSITORY, name) ? await imagesOf(aws, name) : undefined;
  const newest = images?.list.reduce<ImageDetail | undefined>(
    (last, one) => (!last || (one.imagePushedAt ?? 0) > (last.imagePushedAt ?? 0) ? one : last),
    undefined,
  );
  aws.see({
    kind: REPOSITORY,
    name,
    ...(repository.repositoryArn && { arn: repository.repositoryArn }),
    otherNames: [repository.repositoryUri],
    operation: 'DescribeRepositories',
    properties: {
      imageTagMutability: repository.imageTagMutability,
      scanOnPush: repository.imageScanningConfiguration?.scanOnPush,
      encryptionType: repository.encryptionConfiguration?.encryptionType,
      repositoryUri: repository.repositoryUri,
      createdAt: moment(repository.createdAt),
      imageCount: images && !images.refusal ? images.list.length : undefined,
      newestTag: newest?.imageTags?.[0],
      newestPushedAt: moment(newest?.imagePushedAt),
      tags: images?.list.flatMap(({ imageTags = [] }) => imageTags).slice(0, MOST_TAGS),
    },
    refusals: [images?.refusal],
  });
}

async function imagesOf(aws: AwsScope, repositoryName: string) {
  const list: ImageDetail[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await aws.ask(DescribeImagesCommand, {
      repositoryName,
      maxResults: 1000,
      ...(nextToken !== undefined && { nextToken }),
    });
    if (answer.refusal) return { list, refusal: answer.refusal };
    const output: Partial<DescribeImagesCommandOutput> = answer.output;
    list.push(...(output.imageDetails ?? []));
    if (!output.nextToken || output.nextToken === nextToken) break;
    nextToken = output.nextToken;
  }
  return { list };
}
