import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribePullThroughCacheRulesCommand,
  type ImageDetail,
} from '@aws-sdk/client-ecr';
import { type ImageReference, parseImageReference, pulledReference } from '#lib/image-reference.ts';
import type { Json, Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import { code } from '#model/text.ts';
import type { DetailScope } from '../aws-collector.ts';
import { moment, stated } from '../stated.ts';
import type { WantedResource } from '../wanted.ts';

export const IMAGE: Kind = 'Docker::Image';

/** Manifests that list an image for each of several platforms. OCI Image Format Specification, “Media Types”. */
const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** Amazon ECR API Reference, ImageDetail. */
export const imageProperties = (image: ImageDetail): Record<string, Json | undefined> => ({
  digest: image.imageDigest,
  pushedAt: moment(image.imagePushedAt),
  sizeInBytes: image.imageSizeInBytes,
  lastPulledAt: moment(image.lastRecordedPullTime),
  manifestMediaType: image.imageManifestMediaType,
  // how many findings there are of each severity, where it was scanned
  scanFindings:
    image.imageScanFindingsSummary && stated({ ...image.imageScanFindingsSummary.findingSeverityCounts }),
});

/**
 * An image of a private registry, by the reference under which it is pulled. That it was looked for is told with that
 * reference as scope, and with the name that was asked for: where that lookup is complete and no image is seen, there is
 * none. Amazon ECR API Reference,
 * DescribeImages.
 */
export async function imageOf(aws: DetailScope, wanted: WantedResource): Promise<void> {
  const reference = parseImageReference(wanted.name);
  const scope = pulledReference(wanted.name);
  if (!reference?.ecr || scope === undefined) return;
  const input = inputOf(reference);
  const known = wanted.properties.manifestMediaType;
  if (known !== undefined) return platforms(aws, wanted, known, input);
  const { output, refusal } = await aws.ask(DescribeImagesCommand, input, [
    'ImageNotFoundException',
    'RepositoryNotFoundException',
  ]);
  const [image] = output?.imageDetails ?? [];
  const why = refusal ?? (image ? undefined : await fetchedFrom(aws, reference));
  aws.looked(IMAGE, scope, why);
  // a name without a tag is that of the repository, of which this tells nothing
  const isOne = reference.tag !== undefined || reference.digest !== undefined;
  if (isOne && wanted.name !== scope) aws.looked(IMAGE, wanted.name, why);
  if (!image) return;
  aws.add(wanted, {
    operation: 'DescribeImages',
    properties: { tag: reference.tag, ...imageProperties(image) },
  });
  await platforms(aws, wanted, image.imageManifestMediaType, input);
}

/**
 * Why an image that is not there may be pulled all the same: the registry fetches what is below a prefix from another one
 * when it is asked for it. Amazon ECR API Reference, DescribePullThroughCacheRules. Undefined where no rule is for it.
 */
async function fetchedFrom(
  aws: DetailScope,
  { repository, ecr }: ImageReference,
): Promise<Refusal | undefined> {
  const { output, refusal } = await aws.ask(DescribePullThroughCacheRulesCommand, {
    ...(ecr && { registryId: ecr.account }),
    maxResults: 1000,
  });
  if (refusal) return refusal;
  const rule = output.pullThroughCacheRules?.find(
    ({ ecrRepositoryPrefix: prefix }) =>
      prefix === 'ROOT' || (prefix !== undefined && repository.startsWith(`${prefix}/`)),
  );
  if (!rule) return undefined;
  const from = code(rule.upstreamRegistryUrl ?? '');
  return {
    sort: 'unavailable',
    operation: 'ecr:DescribePullThroughCacheRules',
    why: {
      fr: `le registre va la chercher dans ${from} quand elle est demandée`,
      en: `the registry fetches it from ${from} when it is asked for`,
    },
  };
}

const inputOf = ({ repository, ecr, tag, digest }: ImageReference) => ({
  ...(ecr && { registryId: ecr.account }),
  repositoryName: repository,
  imageIds: [digest === undefined ? { imageTag: tag ?? 'latest' } : { imageDigest: digest }],
});

/**
 * The platforms of an image that is one for each of several: `linux/arm64`. Of an image of a single platform the manifest
 * does not tell it. Amazon ECR API Reference, BatchGetImage.
 */
async function platforms(
  aws: DetailScope,
  wanted: WantedResource,
  mediaType: Json | undefined,
  input: ReturnType<typeof inputOf>,
): Promise<void> {
  if (typeof mediaType !== 'string' || !INDEXES.includes(mediaType)) return;
  const { output, refusal } = await aws.ask(BatchGetImageCommand, { ...input, acceptedMediaTypes: INDEXES });
  const found = platformsIn(output?.images?.[0]?.imageManifest);
  aws.add(wanted, {
    operation: 'BatchGetImage',
    properties: { platforms: found, architectures: found && [...new Set(found.map(architectureOf))] },
    refusals: [refusal],
  });
}

const architectureOf = (platform: string): string => platform.split('/')[1] ?? platform;

/** A manifest is some kilobytes. */
const LONGEST = 1_000_000;

/** OCI Image Format Specification, “Image Index”. What attests an image is of no platform, which is written `unknown`. */
function platformsIn(manifest: string | undefined): string[] | undefined {
  if (manifest === undefined || manifest.length > LONGEST) return undefined;
  try {
    const { manifests } = JSON.parse(manifest) as { manifests?: unknown };
    if (!Array.isArray(manifests)) return undefined;
    const platforms = manifests.flatMap(
      ({ platform }: { platform?: { os?: unknown; architecture?: unknown } }) =>
        typeof platform?.os === 'string' && typeof platform.architecture === 'string'
          ? `${platform.os}/${platform.architecture}`
          : [],
    );
    return [...new Set(platforms)].filter((platform) => platform !== 'unknown/unknown');
  } catch {
    return undefined;
  }
}
