import { expect, test } from 'vitest';
import { readPython } from './python.ts';

const read = (text: string) =>
  readPython(text).map(
    ({ named, line, literal, environments }) =>
      `${named.verb} ${named.kind} ${named.name}${named.scope ? ` @${named.scope}` : ''} :${line}${literal ? '' : ' computed'}${environments.length ? ` ${environments.join()}` : ''}`,
  );

test('calls of a client name what their arguments name', () => {
  expect(
    read(`import boto3
ecs = boto3.client('ecs', region_name='eu-west-3')
ecs.update_service(cluster='quay', service='quay-api', forceNewDeployment=True)
boto3.client("lambda").invoke(FunctionName="resize")
`),
  ).toEqual([
    'requires AWS::ECS::Cluster quay :3',
    'requires AWS::ECS::Service quay-api @quay :3',
    'requires AWS::Lambda::Function resize :4',
  ]);
});

test('a constant stands for its value, at its own line', () => {
  expect(
    read(
      `import boto3\nBUCKET = "quay-assets"\ns3 = boto3.client("s3")\ns3.put_object(Bucket=BUCKET, Key="k")\ns3.upload_file("a", BUCKET, "k")\n`,
    ),
  ).toEqual(['requires AWS::S3::Bucket quay-assets :2', 'requires AWS::S3::Bucket quay-assets :2']);
});

test('a dictionary chosen by key lists each value with its environment', () => {
  expect(
    read(`import boto3
CONFIG = {
    "staging": {"service": "quay-stg"},
    "prod": {"service": "quay-prod"},
}
ecs = boto3.client("ecs")
def deploy(env):
    ecs.update_service(cluster="quay", service=CONFIG[env]["service"])
    ecs.describe_services(cluster="quay", services=[CONFIG["prod"]["service"]])
`),
  ).toEqual([
    'requires AWS::ECS::Cluster quay :8',
    'requires AWS::ECS::Service quay-stg @quay :3 staging',
    'requires AWS::ECS::Service quay-prod @quay :4 prod',
    'uses AWS::ECS::Cluster quay :9',
    'uses AWS::ECS::Service quay-prod @quay :4',
  ]);
});

test('what the run knows stays a symbol, and alone names nothing', () => {
  expect(
    read(`import boto3, os
sqs = boto3.client("sqs")
sqs.get_queue_url(QueueName=f"jobs-{stage}")
sqs.get_queue_url(QueueName=os.environ["QUEUE"])
boto3.resource("dynamodb").Table("orders").scan()
`),
  ).toEqual(['uses AWS::SQS::Queue jobs-⟨stage⟩ :3 computed', 'uses AWS::DynamoDB::Table orders :5']);
});

test('a name assigned twice is no constant, an emulator is nobody’s estate', () => {
  expect(
    read('import boto3\nB = "one-bucket"\nB = "two-bucket"\nboto3.client("s3").head_bucket(Bucket=B)\n'),
  ).toEqual([]);
  expect(
    read(
      'import boto3\ns = boto3.client("s3", endpoint_url="http://localhost:4566")\ns.create_bucket(Bucket="x-bucket")\n',
    ),
  ).toEqual([]);
});

test('broken, deep and huge texts end', () => {
  const started = performance.now();
  expect(readPython('import boto3\nboto3.client("s3").put_object(Bucket=')).toEqual([]);
  readPython(`import boto3\nA = ${'('.repeat(20_000)}`);
  readPython(`import boto3\nA = A + A\ns3 = boto3.client("s3")\ns3.head_bucket(Bucket=A)\n`);
  readPython(
    `import boto3\ns3 = boto3.client("s3")\n${'s3.head_bucket(Bucket="quay-assets")\n'.repeat(5_000)}`,
  );
  expect(performance.now() - started).toBeLessThan(20_000);
});
