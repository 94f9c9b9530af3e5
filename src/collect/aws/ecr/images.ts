import { BatchGetImageCommand, DescribeImagesCommand, type ImageDetail } from '@aws-sdk/client-ecr';
import { type ImageReference, parseImageReference, pulledReference } from '#lib/image-reference.ts';
import type { Json, Kind } from '#model/fact.ts';
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
  aws.looked(IMAGE, scope, refusal);
  // a name without a tag is that of the repository, of which this tells nothing
  const isOne = reference.tag !== undefined || reference.digest !== undefined;
  if (isOne && wanted.name !== scope) aws.looked(IMAGE, wanted.name, refusal);
  const [image] = output?.imageDetails ?? [];
  if (!image) return;
  aws.add(wanted, {
    operation: 'DescribeImages',
    properties: { tag: reference.tag, ...imageProperties(image) },
  });
  await platforms(aws, wanted, image.imageManifestMediaType, input);
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
