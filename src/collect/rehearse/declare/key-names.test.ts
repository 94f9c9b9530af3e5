import { expect, test } from 'vitest';
import { memoryTree } from '#collect/readers/memory-tree.ts';
import { inputKey, keyNamed, keyNameFacts } from './key-names.ts';
import { SourceLines } from './source-lines.ts';

const FILE = '.github/workflows/deploy.yml';
const found = (text: string, file = FILE) =>
  keyNameFacts(file, new SourceLines(memoryTree({ [file]: text }))).map((fact) =>
    [
      fact.kind.split('::').at(-1),
      fact.name,
      'file' in fact.evidence && fact.evidence.line,
      fact.scope,
      fact.environments.join(),
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(' '),
  );

test('env blocks at three levels name by their keys, a service in the cluster of its block', () => {
  expect(
    found(`on: push
env:
  ECS_CLUSTER: quay-cluster
  ECS_SERVICE: quay-api
jobs:
  prod:
    environment: production
    env:
      S3_BUCKET: quay-assets
    steps:
      - run: echo
        env:
          CLOUDFRONT_DISTRIBUTION_ID: E1A2B3C4D5E6F7
`),
  ).toEqual([
    'Cluster quay-cluster 3',
    'Service quay-api 4 quay-cluster',
    'Bucket quay-assets 9 prod',
    'Distribution E1A2B3C4D5E6F7 13 prod',
  ]);
});

test('assignments of a script name, comments and computed values do not', () => {
  expect(
    found(
      `# aws ecs
export ECS_CLUSTER="quay-cluster"
ECS_SERVICE='quay-api' # the api
# S3_BUCKET=quay-old
S3_BUCKET="$PREFIX-assets"
LOG_GROUP="\${LOG_GROUP:-/ecs/quay}"
echo "ECR_REPOSITORY=quay-api" >> $GITHUB_ENV
`,
      'deploy.sh',
    ),
  ).toEqual([
    'Cluster quay-cluster 2',
    'Service quay-api 3 quay-cluster',
    'LogGroup /ecs/quay 6',
    'Repository quay-api 7',
  ]);
});

test('what is handed to a workflow elsewhere is read by its inputs', () => {
  expect(
    found(`jobs:
  staging:
    uses: acme/pipelines/.github/workflows/ecs.yml@v1
    with:
      ecs-cluster-name: quay-stg
      ecs-service-name: quay-stg-api
`),
  ).toEqual(['Cluster quay-stg 5 staging', 'Service quay-stg-api 6 quay-stg staging']);
});

test('a key that is only ever a part of a name is none', () => {
  expect(
    found(
      'env:\n  LAMBDA_FUNCTION: quay-pr\njobs:\n  a:\n    steps:\n      - run: aws lambda get-function --function-name $LAMBDA_FUNCTION-$NUMBER\n',
    ),
  ).toEqual([]);
  expect(
    found(
      'env:\n  LAMBDA_FUNCTION: quay-pr\njobs:\n  a:\n    steps:\n      - run: echo "$LAMBDA_FUNCTION"\n',
    ),
  ).toEqual(['Function quay-pr 2']);
});

test.each([
  ['S3_BUCKET', 'true'],
  ['S3_BUCKET', './dist'],
  ['S3_BUCKET', 'My Bucket'],
  ['S3_BUCKET', 'test-bucket'],
  ['S3_BUCKET', 'https://x.s3.amazonaws.com'],
  ['TEST_S3_BUCKET', 'quay-assets'],
  ['GCS_BUCKET', 'quay-assets'],
  ['REDIS_CLUSTER', 'quay-cache'],
  ['OTEL_SERVICE_NAME', 'quay-api'],
  ['AWS_ROLE', 'deployer'],
  ['CLOUDFRONT_DISTRIBUTION_ID', 'quay'],
  ['ECR_REPOSITORY', 'ghcr.io/acme/quay'],
  ['s3_bucket', 'quay-assets'],
])('%s: %s names nothing', (key, value) => {
  expect(keyNamed(key, value, 'aws ecs aws s3 lambda')).toEqual([]);
});

test('general keys need a file that speaks of the service', () => {
  expect(keyNamed('CLUSTER', 'quay', 'kubectl apply')).toEqual([]);
  expect(keyNamed('CLUSTER', 'quay', 'aws ecs update-service')).toMatchObject([
    { kind: 'AWS::ECS::Cluster', name: 'quay' },
  ]);
});

test('inputs of actions are keys in whatever case they are written', () => {
  expect(['ecs-cluster', 'FunctionName', 'function_name', 'bucketName'].map(inputKey)).toEqual([
    'ECS_CLUSTER',
    'FUNCTION_NAME',
    'FUNCTION_NAME',
    'BUCKET_NAME',
  ]);
});
