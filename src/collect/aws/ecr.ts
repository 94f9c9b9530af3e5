import {
  DescribeImagesCommand,
  type DescribeImagesCommandOutput,
  ECRClient,
  GetLifecyclePolicyCommand,
  type ImageDetail,
  paginateDescribeRepositories,
  type Repository,
} from '@aws-sdk/client-ecr';
import { parseImageReference } from '#lib/image-reference.ts';
import { hasSymbol } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import { code } from '#model/text.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { IMAGE, imageOf, imageProperties } from './ecr/images.ts';
import { encryptedBy } from './leads-to.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';
import { moment } from './stated.ts';

const REPOSITORY: Kind = 'AWS::ECR::Repository';
/** Pages of a thousand images: a repository without a lifecycle holds many. They come in no order. */
const MOST_PAGES = 20;
const MOST_TAGS = 2_000;
/** Images that are told although no file names them. */
const NEWEST = 5;
const NOT_READ: Refusal = {
  sort: 'unavailable',
  operation: 'ecr:DescribeImages',
  why: {
    fr: 'les images d’un dépôt qu’aucun fichier ne nomme ne sont pas lues',
    en: 'the images of a repository that no file names are not read',
  },
};

/**
 * Private repositories; of those that files name the images and whether old ones expire. Amazon ECR API Reference,
 * version 2015-09-21. Images are not among the kinds, since they may be in the registry of anybody: of each repository it
 * is told whether all of its own were seen. Those on a path are looked for by name.
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
    GetLifecyclePolicy: 'ecr:GetLifecyclePolicy',
    BatchGetImage: 'ecr:BatchGetImage',
    DescribePullThroughCacheRules: 'ecr:DescribePullThroughCacheRules',
  },
  detailed: [IMAGE],
  regionOf({ name }) {
    const { region, account } = parseImageReference(name)?.ecr ?? {};
    // of a registry that only the run knows there is nothing to ask
    return region !== undefined && account !== undefined && !hasSymbol(region + account) ? region : undefined;
  },
  async detail(aws, wanted) {
    await Promise.all(wanted.map((image) => imageOf(aws, image)));
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
  const { repositoryName: name = '', repositoryUri, encryptionConfiguration: encryption } = repository;
  const isDeclared = aws.isDeclared(REPOSITORY, name);
  const [images, lifecycle] = isDeclared
    ? await Promise.all([
        imagesOf(aws, name),
        aws.ask(GetLifecyclePolicyCommand, { repositoryName: name }, ['LifecyclePolicyNotFoundException']),
      ])
    : [];
  const known = images?.isComplete ? images.list : undefined;
  const shown = repositoryUri && images ? seeImages(aws, repositoryUri, images.list, images.isComplete) : [];
  if (repositoryUri) aws.looked(IMAGE, repositoryUri, images ? unseenOf(images, name) : NOT_READ);
  aws.see({
    kind: REPOSITORY,
    name,
    ...(repository.repositoryArn && { arn: repository.repositoryArn }),
    otherNames: [repositoryUri],
    operation: 'DescribeRepositories',
    properties: {
      imageTagMutability: repository.imageTagMutability,
      scanOnPush: repository.imageScanningConfiguration?.scanOnPush,
      encryptionType: encryption?.encryptionType,
      repositoryUri,
      createdAt: moment(repository.createdAt),
      imageCount: known?.length,
      newestTag: known?.find(({ imageTags = [] }) => imageTags.length > 0)?.imageTags?.[0],
      newestPushedAt: moment(known?.[0]?.imagePushedAt),
      tags: images?.list.flatMap(({ imageTags = [] }) => imageTags).slice(0, MOST_TAGS),
      lifecyclePolicy: lifecycle?.output && lifecycle.output.lifecyclePolicyText !== undefined,
    },
    relations: [
      ...shown.map((image) => relation('contains', IMAGE, image)),
      encryptedBy(aws, encryption?.kmsKey),
    ],
    refusals: [images?.refusal, lifecycle?.refusal],
  });
}

/** Why not every image of a repository was seen: undefined when all were. */
const unseenOf = ({ isComplete, refusal }: Images, name: string): Refusal | undefined =>
  refusal ??
  (isComplete
    ? undefined
    : {
        sort: 'unavailable',
        operation: 'ecr:DescribeImages',
        why: {
          fr: `le dépôt ${code(name)} a plus d’images qu’il n’en est lu`,
          en: `repository ${code(name)} has more images than are read`,
        },
      });

interface Images {
  /** The last pushed first. */
  list: ImageDetail[];
  isComplete: boolean;
  refusal?: Refusal;
}

async function imagesOf(aws: AwsScope, repositoryName: string): Promise<Images> {
  const list: ImageDetail[] = [];
  const given = (rest: Omit<Images, 'list'>): Images => ({
    list: list.sort((a, b) => Number(b.imagePushedAt ?? 0) - Number(a.imagePushedAt ?? 0)),
    ...rest,
  });
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { output, refusal } = await aws.ask(DescribeImagesCommand, {
      repositoryName,
      maxResults: 1000,
      ...(nextToken !== undefined && { nextToken }),
    });
    if (refusal) return given({ isComplete: false, refusal });
    const { imageDetails = [], nextToken: next }: Partial<DescribeImagesCommandOutput> = output;
    list.push(...imageDetails);
    if (!next || next === nextToken) return given({ isComplete: true });
    nextToken = next;
  }
  return given({ isComplete: false });
}

/** Sees the images that files name; where they name a tag that only the run knows, the newest. Gives their names. */
function seeImages(aws: AwsScope, uri: string, list: readonly ImageDetail[], isComplete: boolean): string[] {
  const isOpen = (image: ImageDetail) =>
    (image.imageTags ?? []).some((tag) => aws.fitsDeclared(IMAGE, `${uri}:${tag}`));
  const newest = new Set(isComplete ? list.filter(isOpen).slice(0, NEWEST) : []);
  return list.flatMap((image) =>
    (image.imageTags ?? []).flatMap((tag, index) => {
      const name = `${uri}:${tag}`;
      if (!aws.isDeclared(IMAGE, name) && !(newest.has(image) && index === 0)) return [];
      aws.see({
        kind: IMAGE,
        name,
        operation: 'DescribeImages',
        properties: { tag, ...imageProperties(image) },
      });
      return [name];
    }),
  );
}
