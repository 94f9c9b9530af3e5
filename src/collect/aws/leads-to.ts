import { parseArn } from '#lib/arn.ts';
import type { Kind, RelationFact } from '#model/fact.ts';
import type { AwsScope } from './aws-collector.ts';
import { relation } from './parts.ts';

/**
 * What an ARN of a service begins with, and the kind that it names. Service Authorization Reference, “Resource types
 * defined by” each service.
 */
const NAMED: Record<string, readonly (readonly [resource: RegExp, kind: Kind])[]> = {
  codebuild: [[/^project\/[^/]+/, 'AWS::CodeBuild::Project']],
  codepipeline: [[/^[^/]+/, 'AWS::CodePipeline::Pipeline']],
  dynamodb: [[/^table\/[^/]+/, 'AWS::DynamoDB::Table']],
  ecs: [[/^cluster\/[^/]+/, 'AWS::ECS::Cluster']],
  elasticfilesystem: [[/^file-system\/[^/]+/, 'AWS::EFS::FileSystem']],
  events: [[/^event-bus\/.+/, 'AWS::Events::EventBus']],
  firehose: [[/^deliverystream\/[^/]+/, 'AWS::KinesisFirehose::DeliveryStream']],
  iam: [[/^role\/.+/, 'AWS::IAM::Role']],
  kinesis: [[/^stream\/[^/]+/, 'AWS::Kinesis::Stream']],
  kms: [[/^(?:key|alias)\/.+/, 'AWS::KMS::Key']],
  lambda: [[/^function:[^:]+/, 'AWS::Lambda::Function']],
  logs: [[/^log-group:[^:]+/, 'AWS::Logs::LogGroup']],
  s3: [[/^[^/]+/, 'AWS::S3::Bucket']],
  secretsmanager: [[/^secret:.+/, 'AWS::SecretsManager::Secret']],
  sns: [[/^[^:]+/, 'AWS::SNS::Topic']],
  sqs: [[/^[^:]+/, 'AWS::SQS::Queue']],
  states: [[/^stateMachine:[^:]+/, 'AWS::StepFunctions::StateMachine']],
};

/**
 * A relation to what an ARN names: a stream of a table leads to the table, an alias of a function to the function.
 * Undefined for another account or region, where something of the same name would be taken for it, and for what no
 * relation leads to.
 */
export function leadsTo(
  { account, region }: Pick<AwsScope, 'account' | 'region'>,
  type: string,
  arn: string | undefined,
): RelationFact | undefined {
  const parts = arn === undefined ? undefined : parseArn(arn);
  if (!arn || !parts) return undefined;
  if ((parts.account ?? account) !== account || (parts.region ?? region) !== region) return undefined;
  for (const [pattern, kind] of NAMED[parts.service] ?? []) {
    const named = pattern.exec(parts.resource)?.[0];
    if (named !== undefined)
      return relation(type, kind, arn.slice(0, arn.length - parts.resource.length) + named);
  }
  return undefined;
}

/** The key that something is encrypted by, from its ARN, its id or an alias. */
export const encryptedBy = (
  aws: Pick<AwsScope, 'account' | 'region'>,
  key: string | undefined,
): RelationFact | undefined => {
  if (key?.startsWith('arn:')) return leadsTo(aws, 'encrypted-by', key);
  return key ? relation('encrypted-by', 'AWS::KMS::Key', key) : undefined;
};

/** The network that something runs in, and the groups that protect it. */
export const inNetwork = ({
  vpc,
  subnets = [],
  groups = [],
}: {
  vpc?: string | undefined;
  subnets?: readonly string[] | undefined;
  groups?: readonly string[] | undefined;
}): RelationFact[] => [
  ...(vpc ? [relation('in-vpc', 'AWS::EC2::VPC', vpc)] : []),
  ...subnets.map((subnet) => relation('in-subnet', 'AWS::EC2::Subnet', subnet)),
  ...groups.map((group) => relation('protected-by', 'AWS::EC2::SecurityGroup', group)),
];
