import { type Arn, parseArn } from '#lib/arn.ts';
import type { Kind } from '#model/fact.ts';
import { isExampleAccount } from './names.ts';

export interface ArnName {
  kind: Kind;
  name: string;
  scope?: string;
  account?: string;
  region?: string;
  /** The account is written as a placeholder: the ARN is a form to fill in. */
  form?: boolean;
}

/** Per service and type of resource: the kind, and which part after the type is the name (all of it when -1). */
const TYPES: Record<string, readonly [kind: Kind, part: number]> = {
  'acm certificate': ['AWS::CertificateManager::Certificate', 0],
  'amplify apps': ['AWS::Amplify::App', 0],
  'apprunner service': ['AWS::AppRunner::Service', 0],
  'cloudformation stack': ['AWS::CloudFormation::Stack', 0],
  'cloudfront distribution': ['AWS::CloudFront::Distribution', 0],
  'cloudtrail trail': ['AWS::CloudTrail::Trail', 0],
  'cloudwatch alarm': ['AWS::CloudWatch::Alarm', -1],
  'codebuild project': ['AWS::CodeBuild::Project', 0],
  'cognito-idp userpool': ['AWS::Cognito::UserPool', 0],
  'dynamodb table': ['AWS::DynamoDB::Table', 0],
  'ec2 instance': ['AWS::EC2::Instance', 0],
  'ec2 natgateway': ['AWS::EC2::NatGateway', 0],
  'ec2 security-group': ['AWS::EC2::SecurityGroup', 0],
  'ec2 subnet': ['AWS::EC2::Subnet', 0],
  'ec2 volume': ['AWS::EC2::Volume', 0],
  'ec2 vpc': ['AWS::EC2::VPC', 0],
  'ecr repository': ['AWS::ECR::Repository', -1],
  'ecs cluster': ['AWS::ECS::Cluster', 0],
  'ecs task-definition': ['AWS::ECS::TaskDefinition', 0],
  'eks cluster': ['AWS::EKS::Cluster', 0],
  'elasticache cluster': ['AWS::ElastiCache::CacheCluster', 0],
  'elasticache replicationgroup': ['AWS::ElastiCache::ReplicationGroup', 0],
  'elasticbeanstalk application': ['AWS::ElasticBeanstalk::Application', 0],
  'elasticfilesystem file-system': ['AWS::EFS::FileSystem', 0],
  'elasticloadbalancing targetgroup': ['AWS::ElasticLoadBalancingV2::TargetGroup', 0],
  'events event-bus': ['AWS::Events::EventBus', 0],
  'firehose deliverystream': ['AWS::KinesisFirehose::DeliveryStream', 0],
  'glue job': ['AWS::Glue::Job', 0],
  'iam role': ['AWS::IAM::Role', 1000],
  'iam user': ['AWS::IAM::User', 1000],
  'iam oidc-provider': ['AWS::IAM::OIDCProvider', -1],
  'kinesis stream': ['AWS::Kinesis::Stream', 0],
  'kms key': ['AWS::KMS::Key', 0],
  'lambda function': ['AWS::Lambda::Function', 0],
  'logs log-group': ['AWS::Logs::LogGroup', -1],
  'rds cluster': ['AWS::RDS::DBCluster', 0],
  'rds db': ['AWS::RDS::DBInstance', 0],
  'sagemaker endpoint': ['AWS::SageMaker::Endpoint', 0],
  'scheduler schedule': ['AWS::Scheduler::Schedule', 1],
  'secretsmanager secret': ['AWS::SecretsManager::Secret', -1],
  'ssm parameter': ['AWS::SSM::Parameter', -1],
  'states stateMachine': ['AWS::StepFunctions::StateMachine', 0],
  'wafv2 regional': ['AWS::WAFv2::WebACL', 1],
};
/** Services whose ARNs hold nothing but the name. */
const WHOLE: Record<string, Kind> = {
  codepipeline: 'AWS::CodePipeline::Pipeline',
  s3: 'AWS::S3::Bucket',
  sns: 'AWS::SNS::Topic',
  sqs: 'AWS::SQS::Queue',
};
/** A part that people leave out in documents: `<ACCOUNT_ID>`, `${AWS::AccountId}`, `[REGION]`, `*`. */
const LEFT_OUT =
  /\$?\{\{?[^{}]{0,60}\}?\}|<[^<>]{0,60}>|\[[^[\]]{0,60}\]|\$[A-Za-z_]\w{0,60}|\*|X{4,}|x{4,}|YOUR[A-Z_-]{0,30}|ACCOUNT_ID|ACCOUNT|REGION/g;

/** What an ARN names, also when its account or region is left out. Undefined for what belongs to AWS or a manual. */
export function readArn(text: string): ArnName | undefined {
  const parts = text.split(':');
  const head = parts.slice(0, 5).map((part, index) => (index >= 3 ? part.replace(LEFT_OUT, '') : part));
  const arn = parseArn([...head, ...parts.slice(5)].join(':'));
  if (!arn || arn.account === 'aws' || (arn.account && isExampleAccount(arn.account))) return undefined;
  const named = nameOf(arn);
  if (!named || named.name === '') return undefined;
  return {
    ...named,
    ...(parts[4] !== '' && !arn.account && { form: true }),
    ...(arn.account && { account: arn.account }),
    ...(arn.region && { region: arn.region }),
  };
}

function nameOf({ service, resource }: Arn): Pick<ArnName, 'kind' | 'name' | 'scope'> | undefined {
  const whole = WHOLE[service];
  if (whole) return { kind: whole, name: resource.split(/[/:]/)[0] ?? '' };
  const cut = resource.search(/[/:]/);
  if (cut < 0) return undefined;
  const type = resource.slice(0, cut);
  const rest = resource.slice(cut + 1);
  const parts = rest.split(/[/:]/);
  if (service === 'ecs' && type === 'service')
    return parts.length > 1
      ? { kind: 'AWS::ECS::Service', name: parts[1] ?? '', scope: parts[0] ?? '' }
      : { kind: 'AWS::ECS::Service', name: parts[0] ?? '' };
  if (service === 'elasticloadbalancing' && (type === 'loadbalancer' || type === 'listener'))
    return /^(?:app|net|gwy)$/.test(parts[0] ?? '')
      ? { kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: parts[1] ?? '' }
      : undefined;
  if (service === 'events' && type === 'rule') return { kind: 'AWS::Events::Rule', name: parts.at(-1) ?? '' };
  if (service === 'kms' && type === 'alias') return { kind: 'AWS::KMS::Key', name: `alias/${rest}` };
  const known = Object.hasOwn(TYPES, `${service} ${type}`) ? TYPES[`${service} ${type}`] : undefined;
  if (!known) return undefined;
  const [kind, part] = known;
  if (part >= 0) return { kind, name: (part === 1000 ? parts.at(-1) : parts[part]) ?? '' };
  if (service === 'logs') return { kind, name: rest.split(':')[0] ?? '' };
  if (service === 'secretsmanager')
    return { kind, name: rest.split(':')[0]?.replace(/-(?:[A-Za-z0-9]{6}|\?{6}|\*)$/, '') ?? '' };
  if (service === 'ssm') return { kind, name: rest.includes('/') ? `/${rest}` : rest };
  return { kind, name: rest };
}
