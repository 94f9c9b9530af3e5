import { InputError } from '#lib/input-error.ts';
import type { AwsClient, AwsClientClass } from './session.ts';

/** A service as AWS's command line names it, and where the SDK keeps it. */
export interface AwsService {
  /** The client's class in its package. */
  client: string;
  /** The service in the names of IAM actions. Service Authorization Reference, “service prefix”. */
  iam: string;
  /** It has no regions: its endpoint is in the partition's home region. */
  global?: true;
  load(): Promise<object>;
}

/** By the name that AWS's command line has for it. */
const SERVICES: Readonly<Record<string, AwsService>> = {
  acm: { client: 'ACMClient', iam: 'acm', load: () => import('@aws-sdk/client-acm') },
  apigateway: {
    client: 'APIGatewayClient',
    iam: 'apigateway',
    load: () => import('@aws-sdk/client-api-gateway'),
  },
  apigatewayv2: {
    client: 'ApiGatewayV2Client',
    iam: 'apigateway',
    load: () => import('@aws-sdk/client-apigatewayv2'),
  },
  apprunner: { client: 'AppRunnerClient', iam: 'apprunner', load: () => import('@aws-sdk/client-apprunner') },
  autoscaling: {
    client: 'AutoScalingClient',
    iam: 'autoscaling',
    load: () => import('@aws-sdk/client-auto-scaling'),
  },
  cloudfront: {
    client: 'CloudFrontClient',
    iam: 'cloudfront',
    global: true,
    load: () => import('@aws-sdk/client-cloudfront'),
  },
  cloudtrail: {
    client: 'CloudTrailClient',
    iam: 'cloudtrail',
    load: () => import('@aws-sdk/client-cloudtrail'),
  },
  cloudwatch: {
    client: 'CloudWatchClient',
    iam: 'cloudwatch',
    load: () => import('@aws-sdk/client-cloudwatch'),
  },
  dynamodb: { client: 'DynamoDBClient', iam: 'dynamodb', load: () => import('@aws-sdk/client-dynamodb') },
  ec2: { client: 'EC2Client', iam: 'ec2', load: () => import('@aws-sdk/client-ec2') },
  ecr: { client: 'ECRClient', iam: 'ecr', load: () => import('@aws-sdk/client-ecr') },
  ecs: { client: 'ECSClient', iam: 'ecs', load: () => import('@aws-sdk/client-ecs') },
  efs: { client: 'EFSClient', iam: 'elasticfilesystem', load: () => import('@aws-sdk/client-efs') },
  eks: { client: 'EKSClient', iam: 'eks', load: () => import('@aws-sdk/client-eks') },
  elasticache: {
    client: 'ElastiCacheClient',
    iam: 'elasticache',
    load: () => import('@aws-sdk/client-elasticache'),
  },
  elbv2: {
    client: 'ElasticLoadBalancingV2Client',
    iam: 'elasticloadbalancing',
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  events: { client: 'EventBridgeClient', iam: 'events', load: () => import('@aws-sdk/client-eventbridge') },
  iam: { client: 'IAMClient', iam: 'iam', global: true, load: () => import('@aws-sdk/client-iam') },
  kms: { client: 'KMSClient', iam: 'kms', load: () => import('@aws-sdk/client-kms') },
  lambda: { client: 'LambdaClient', iam: 'lambda', load: () => import('@aws-sdk/client-lambda') },
  logs: {
    client: 'CloudWatchLogsClient',
    iam: 'logs',
    load: () => import('@aws-sdk/client-cloudwatch-logs'),
  },
  rds: { client: 'RDSClient', iam: 'rds', load: () => import('@aws-sdk/client-rds') },
  route53: {
    client: 'Route53Client',
    iam: 'route53',
    global: true,
    load: () => import('@aws-sdk/client-route-53'),
  },
  s3api: { client: 'S3Client', iam: 's3', load: () => import('@aws-sdk/client-s3') },
  scheduler: { client: 'SchedulerClient', iam: 'scheduler', load: () => import('@aws-sdk/client-scheduler') },
  secretsmanager: {
    client: 'SecretsManagerClient',
    iam: 'secretsmanager',
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  sns: { client: 'SNSClient', iam: 'sns', load: () => import('@aws-sdk/client-sns') },
  sqs: { client: 'SQSClient', iam: 'sqs', load: () => import('@aws-sdk/client-sqs') },
  ssm: { client: 'SSMClient', iam: 'ssm', load: () => import('@aws-sdk/client-ssm') },
  stepfunctions: { client: 'SFNClient', iam: 'states', load: () => import('@aws-sdk/client-sfn') },
  wafv2: { client: 'WAFV2Client', iam: 'wafv2', load: () => import('@aws-sdk/client-wafv2') },
};

/** The services that a read or a write may name, sorted. */
export const SERVICE_NAMES: readonly string[] = Object.keys(SERVICES).sort();

/**
 * A service by the name that AWS's command line has for it.
 * @throws InputError for one that is not known
 */
export function serviceOf(name: string): AwsService {
  const service = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
  if (!service)
    throw new InputError(
      `${name}: no service that can be asked; known: ${SERVICE_NAMES.join(', ')}. Was the report written by a newer Constat?`,
    );
  return service;
}

/** A command of the SDK: what it is asked with, and the shape of it. */
export interface AwsCommand {
  /** As `@smithy/core/schema` reads it. */
  schema?: unknown;
}

/** What is needed to send one operation. */
export interface AwsOperation {
  service: AwsService;
  Client: AwsClientClass<AwsClient>;
  Command: new (input: object) => AwsCommand;
  /** Over all pages, where the operation has pages. */
  paginate?: (configuration: { client: unknown }, input: object) => AsyncIterable<object>;
}

/**
 * The SDK's classes for an operation, loaded when they are asked for.
 * @throws InputError for a service or an operation that is not known
 */
export async function awsOperation(name: string, operation: string): Promise<AwsOperation> {
  const service = serviceOf(name);
  const module = (await service.load()) as Record<string, unknown>;
  const Command = /^[A-Z]\w*$/.test(operation) ? module[`${operation}Command`] : undefined;
  if (typeof Command !== 'function')
    throw new InputError(`${name} has no operation ${operation}: the plan cannot be carried out as it is`);
  const paginate = module[`paginate${operation}`];
  return {
    service,
    Client: module[service.client] as AwsClientClass<AwsClient>,
    Command: Command as AwsOperation['Command'],
    ...(typeof paginate === 'function' && { paginate: paginate as NonNullable<AwsOperation['paginate']> }),
  };
}
