import { runPaths } from './test-cases.ts';
import {
  type Account,
  arnOf,
  DEFINITION,
  denied,
  IMAGE,
  type Properties,
  REPOSITORY,
} from './test-estate.ts';
import { container, IMAGE_NAME, plainShop, REGISTRY } from './test-shop.ts';

const runs =
  (more: Properties, task: Properties = {}) =>
  (account: Account) =>
    account.set(DEFINITION, { containers: [container(more)], ...task });
const architecture = (cpuArchitecture: string) => ({ runtimePlatform: { cpuArchitecture } });

runPaths('the image of a container', plainShop, [
  { name: 'is there', says: 'image `1.0` is there, pushed on 2026-11-20' },
  {
    name: 'is among the tags of its repository',
    change: (one) => one.remove(IMAGE),
    says: `image \`${IMAGE_NAME}\` is there`,
  },
  {
    name: 'is not among them',
    change: (one) => one.set(REPOSITORY, { tags: ['0.9'] }).remove(IMAGE),
    fail: ['image-missing'],
    says: '`web` has no image `1.0`',
    values: { repository: 'web', tag: '1.0', region: 'eu-west-3' },
  },
  {
    name: 'is not among them, and they were not all read',
    change: (one) =>
      one
        .set(REPOSITORY, { tags: ['0.9'] })
        .remove(IMAGE)
        .refuse(IMAGE),
    unknown: ['image-missing'],
    permission: `list:${IMAGE}`,
  },
  {
    name: 'is of a repository that is not there',
    change: (one) => one.remove(IMAGE).remove(REPOSITORY),
    fail: ['image-missing'],
    values: { isRepositoryMissing: true },
    says: 'the registry has no repository `web`',
  },
  {
    name: 'is of a repository, and repositories were not read',
    change: (one) => one.remove(IMAGE).refuse(REPOSITORY),
    unknown: ['image-missing'],
    permission: `list:${REPOSITORY}`,
  },
  {
    name: 'is of another account',
    change: runs({ image: `444455556666.dkr.ecr.eu-west-3.amazonaws.com/web:1.0` }),
    unknown: ['image-missing'],
  },
  {
    name: 'is of a registry that is not read',
    change: runs({ image: 'nginx:1.27' }),
    unknown: ['image-missing'],
    says: 'image `nginx:1.27` not read',
  },
  {
    name: 'is named by its digest, which nobody has',
    change: runs({ image: `${REGISTRY}/web@sha256:${'0'.repeat(64)}` }),
    fail: ['image-missing'],
  },
  { name: 'is no reference at all', change: runs({ image: 'A B' }), hides: 'image `A B`' },
  {
    name: 'is for another architecture than the tasks',
    change: (one) => {
      runs({}, architecture('ARM64'))(one);
    },
    fail: ['image-architecture-mismatch'],
    says: 'image for `amd64`, tasks on `arm64`',
    values: { expected: 'arm64', actual: ['amd64'] },
  },
  {
    name: 'is for several',
    change: (one) => {
      runs({}, architecture('ARM64'))(one);
      one.set(IMAGE, { architectures: ['amd64', 'arm64'] });
    },
  },
  { name: 'is for tasks of an architecture that is not known', change: runs({}, architecture('RISCV')) },
  {
    name: 'has architectures that were refused',
    change: (one) => one.forget(IMAGE, 'architectures', 'ecr:BatchGetImage'),
    unknown: ['image-architecture-mismatch'],
    permission: 'ecr:BatchGetImage',
  },
  {
    name: 'was scanned',
    change: (one) => one.set(IMAGE, { scanFindings: { CRITICAL: 2, HIGH: 0, LOW: 9 } }),
    says: 'scan: 2 CRITICAL',
    hides: 'LOW',
  },
  {
    name: 'was scanned, and is sound',
    change: (one) => one.set(IMAGE, { scanFindings: { LOW: 9 } }),
    says: 'scan without a severe vulnerability',
  },
  {
    name: 'of a container beside the one that answers is checked too',
    change: (one) =>
      one.set(DEFINITION, { containers: [container(), { name: 'beside', image: `${REGISTRY}/web:2.0` }] }),
    fail: ['image-missing'],
    values: { container: 'beside', tag: '2.0' },
  },
  {
    name: 'of a repository of which only the details were refused is not said to be gone',
    change: (one) => {
      one.remove(IMAGE).refuse(IMAGE).remove(REPOSITORY);
      one.see(
        REPOSITORY,
        'web',
        {},
        {
          arn: arnOf('ecr', 'repository/web'),
          otherNames: [`${REGISTRY}/web`],
          refusals: [denied('ecr:DescribeImages')],
        },
      );
    },
    unknown: ['image-missing'],
  },
]);
