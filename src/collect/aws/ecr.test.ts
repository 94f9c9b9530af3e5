import { expect, test } from 'vitest';
import { ecr } from './ecr.ts';
import { ACCOUNT, collected, DENIED, detailed, factOf } from './test-server.ts';

const URI = `${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/shop/api`;
const repository = {
  repositoryName: 'shop/api',
  repositoryArn: `arn:aws:ecr:eu-west-3:${ACCOUNT}:repository/shop/api`,
  repositoryUri: URI,
  imageTagMutability: 'IMMUTABLE',
  imageScanningConfiguration: { scanOnPush: true },
  encryptionConfiguration: { encryptionType: 'AES256' },
};
const image = (day: number, ...imageTags: string[]) => ({
  imageDigest: `sha256:${day}`,
  imagePushedAt: 1_767_225_600 + day * 86_400,
  ...(imageTags.length > 0 && { imageTags }),
});
const answers = {
  'ecr:DescribeRepositories': { repositories: [repository] },
  'ecr:DescribeImages': {
    imageDetails: [
      image(2, 'v2'),
      image(9),
      ...[3, 4, 5, 6, 7, 8].map((day) => image(day, `v${day}`)),
      image(1, 'v1'),
    ],
  },
  'ecr:GetLifecyclePolicy': { repositoryName: 'shop/api', lifecyclePolicyText: '{"rules":[]}' },
};
const declared = [
  ['AWS::ECR::Repository', 'shop/api'],
  ['Docker::Image', `${URI}:v1`],
] as const;

test('a repository says how it treats tags, scans and encryption', async () => {
  const { facts, calls } = await collected(ecr, answers);
  expect(factOf(facts, 'shop/api')).toMatchObject({
    arn: repository.repositoryArn,
    otherNames: [URI],
    properties: { imageTagMutability: 'IMMUTABLE', scanOnPush: true, encryptionType: 'AES256' },
  });
  expect(calls).toEqual(['ecr:DescribeRepositories']);
});

test('of a repository that a file names the newest image is told, whatever order they come in', async () => {
  const { facts } = await collected(ecr, answers, { declared });
  expect(factOf(facts, 'shop/api').properties).toMatchObject({
    imageCount: 9,
    newestTag: 'v8',
    newestPushedAt: '2026-01-10T00:00:00.000Z',
    lifecyclePolicy: true,
  });
});

test('the images that files name are told; where they leave the tag open, the five newest too', async () => {
  const imagesOf = async (where: Parameters<typeof collected>[2]) =>
    (await collected(ecr, answers, where)).facts
      .filter(({ kind }) => kind === 'Docker::Image')
      .map(({ name }) => name)
      .sort();
  expect(await imagesOf({ declared })).toEqual([`${URI}:v1`]);
  const open = [
    'Docker::Image',
    '⟨AWS account⟩.dkr.ecr.eu-west-3.amazonaws.com/shop/api:⟨github.sha⟩',
  ] as const;
  expect(await imagesOf({ declared: [...declared, open] })).toEqual(
    ['v1', 'v4', 'v5', 'v6', 'v7', 'v8'].map((tag) => `${URI}:${tag}`),
  );
});

test('a repository without a lifecycle keeps every image', async () => {
  const { facts } = await collected(
    ecr,
    { ...answers, 'ecr:GetLifecyclePolicy': { status: 400, code: 'LifecyclePolicyNotFoundException' } },
    { declared },
  );
  expect(factOf(facts, 'shop/api')).toMatchObject({ properties: { lifecyclePolicy: false } });
  expect(factOf(facts, 'shop/api').refusals).toBeUndefined();
});

test('where a page of images is refused none is called the newest', async () => {
  const pages = ({ nextToken }: { nextToken?: string }) =>
    nextToken ? DENIED : { imageDetails: [image(2, 'v2'), image(1, 'v1')], nextToken: 'more' };
  const { facts } = await collected(ecr, { ...answers, 'ecr:DescribeImages': pages }, { declared });
  const seen = factOf(facts, 'shop/api');
  expect(seen.refusals).toMatchObject([
    { operation: 'ecr:DescribeImages', permission: 'ecr:DescribeImages' },
  ]);
  expect(seen.properties).not.toHaveProperty('newestTag');
  expect(seen.properties).not.toHaveProperty('imageCount');
  expect(facts.filter(({ kind }) => kind === 'Docker::Image').map(({ name }) => name)).toEqual([`${URI}:v1`]);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(ecr, { 'ecr:DescribeRepositories': DENIED });
  expect(lookups).toMatchObject([
    {
      kind: 'AWS::ECR::Repository',
      region: 'eu-west-3',
      refusal: { operation: 'ecr:DescribeRepositories', permission: 'ecr:DescribeRepositories' },
    },
  ]);
});

test('whether all images of a repository were seen is told of each', async () => {
  const lookupOf = async (given: Parameters<typeof collected>[1], where = {}) =>
    (await collected(ecr, given, where)).lookups.find(({ scope }) => scope === URI);
  expect(await lookupOf(answers, { declared })).toEqual({
    source: 'aws',
    kind: 'Docker::Image',
    account: ACCOUNT,
    region: 'eu-west-3',
    scope: URI,
  });
  expect((await lookupOf(answers))?.refusal?.why.en).toContain('no file names');
  expect(await lookupOf({ ...answers, 'ecr:DescribeImages': DENIED }, { declared })).toMatchObject({
    refusal: { sort: 'denied', operation: 'ecr:DescribeImages' },
  });
});

const IMAGE = 'Docker::Image';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const manifest = {
  manifests: [
    { digest: 'sha256:1', platform: { os: 'linux', architecture: 'amd64' } },
    { digest: 'sha256:2', platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    { digest: 'sha256:3', platform: { os: 'unknown', architecture: 'unknown' } },
  ],
};
const images = {
  ...answers,
  'ecr:DescribeImages': ({ imageIds: [id] }: { imageIds: { imageTag?: string; imageDigest?: string }[] }) =>
    id?.imageTag === 'v404'
      ? { status: 400, code: 'ImageNotFoundException' }
      : {
          imageDetails: [
            {
              ...image(3, 'v3'),
              imageSizeInBytes: 12,
              imageManifestMediaType: id?.imageDigest ? 'application/vnd.oci.image.manifest.v1+json' : INDEX,
              imageScanFindingsSummary: { findingSeverityCounts: { CRITICAL: 2, LOW: 1 } },
            },
          ],
        },
  'ecr:BatchGetImage': {
    images: [{ imageManifest: JSON.stringify(manifest), imageManifestMediaType: INDEX }],
    failures: [],
  },
};

test('an image on a path is looked for by its tag, with its findings and its platforms', async () => {
  const { facts, lookups, calls } = await detailed(ecr, images, [[IMAGE, `${URI}:v3`]]);
  expect(Object.assign({}, ...facts.map(({ properties }) => properties))).toEqual({
    tag: 'v3',
    digest: 'sha256:3',
    pushedAt: '2026-01-04T00:00:00.000Z',
    sizeInBytes: 12,
    manifestMediaType: INDEX,
    scanFindings: { CRITICAL: 2, LOW: 1 },
    platforms: ['linux/amd64', 'linux/arm64'],
    architectures: ['amd64', 'arm64'],
  });
  expect(facts[0]).toMatchObject({ kind: IMAGE, name: `${URI}:v3`, region: 'eu-west-3' });
  expect(lookups).toEqual([
    { source: 'aws', kind: IMAGE, account: ACCOUNT, region: 'eu-west-3', scope: `${URI}:v3` },
  ]);
  expect(calls).toEqual(['ecr:DescribeImages', 'ecr:BatchGetImage']);
});

test('an image by its digest is of one platform, which its manifest does not tell', async () => {
  const { facts, lookups, calls } = await detailed(ecr, images, [[IMAGE, `${URI}:v3@sha256:3`]]);
  expect(facts[0]?.properties).not.toHaveProperty('architectures');
  expect(lookups.map(({ scope }) => scope)).toEqual([`${URI}@sha256:3`, `${URI}:v3@sha256:3`]);
  expect(calls).toEqual(['ecr:DescribeImages']);
});

test('an image that is not there is looked for and not seen', async () => {
  const { facts, lookups } = await detailed(ecr, images, [[IMAGE, `${URI}:v404`]]);
  expect(facts).toEqual([]);
  expect(lookups).toMatchObject([{ scope: `${URI}:v404` }]);
  expect(lookups[0]).not.toHaveProperty('refusal');
});

test('a refused look-up of an image establishes nothing', async () => {
  const { facts, lookups } = await detailed(ecr, { ...images, 'ecr:DescribeImages': DENIED }, [
    [IMAGE, `${URI}:v3`],
  ]);
  expect(facts).toEqual([]);
  expect(lookups).toMatchObject([
    { scope: `${URI}:v3`, refusal: { sort: 'denied', permission: 'ecr:DescribeImages' } },
  ]);
});

test('an image is looked for in the registry that its name gives, those of others nowhere', async () => {
  const { facts, regions, calls } = await detailed(ecr, images, [
    [IMAGE, `${URI.replace('eu-west-3', 'us-east-1')}:v3`],
    [IMAGE, 'ghcr.io/shop/api:v3'],
    [IMAGE, '⟨account⟩.dkr.ecr.eu-west-3.amazonaws.com/api:v3'],
  ]);
  expect(new Set(facts.map(({ region }) => region))).toEqual(new Set(['us-east-1']));
  expect(calls).toHaveLength(2);
  expect(regions).toEqual(['us-east-1', 'us-east-1']);
});

test('an image without a tag is the latest, and says nothing of its whole repository', async () => {
  const { lookups } = await detailed(ecr, images, [[IMAGE, URI]]);
  expect(lookups.map(({ scope }) => scope)).toEqual([`${URI}:latest`]);
});

test.each([
  ['docker-hub', 'docker-hub/library/redis', true],
  ['ROOT', 'library/redis', true],
  ['docker', 'docker-hub/library/redis', false],
])(
  'an image that is not there may be fetched by a rule for %s: %s, %s',
  async (prefix, repository, isFetched) => {
    const name = `${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/${repository}:v404`;
    const rules = {
      pullThroughCacheRules: [{ ecrRepositoryPrefix: prefix, upstreamRegistryUrl: 'registry-1.docker.io' }],
    };
    const { lookups } = await detailed(ecr, { ...images, 'ecr:DescribePullThroughCacheRules': rules }, [
      [IMAGE, name],
    ]);
    expect(lookups[0]?.refusal?.sort).toBe(isFetched ? 'unavailable' : undefined);
    if (isFetched) expect(lookups[0]?.refusal?.why.en).toContain('`registry-1.docker.io`');
  },
);

test('without the rules of the registry an image is not said to be missing', async () => {
  const { lookups } = await detailed(ecr, { ...images, 'ecr:DescribePullThroughCacheRules': DENIED }, [
    [IMAGE, `${URI}:v404`],
  ]);
  expect(lookups).toMatchObject([{ refusal: { permission: 'ecr:DescribePullThroughCacheRules' } }]);
});
