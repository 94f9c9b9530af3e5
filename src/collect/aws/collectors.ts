import type { AwsCollector } from './aws-collector.ts';

const acm = async () => (await import('./acm.ts')).acm;
const apigateway = async () => (await import('./apigateway.ts')).apigateway;
const apigatewayv2 = async () => (await import('./apigatewayv2.ts')).apigatewayv2;
const elasticbeanstalk = async () => (await import('./elasticbeanstalk.ts')).elasticbeanstalk;
const cloudfront = async () => (await import('./cloudfront.ts')).cloudfront;
const ec2 = async () => (await import('./ec2.ts')).ec2;
const ecr = async () => (await import('./ecr.ts')).ecr;
const ecs = async () => (await import('./ecs.ts')).ecs;
const elbv2 = async () => (await import('./elbv2.ts')).elbv2;
const iam = async () => (await import('./iam.ts')).iam;
const lambda = async () => (await import('./lambda.ts')).lambda;
const logs = async () => (await import('./logs.ts')).logs;
const route53 = async () => (await import('./route53.ts')).route53;
const s3 = async () => (await import('./s3.ts')).s3;
const secretsmanager = async () => (await import('./secretsmanager.ts')).secretsmanager;
const ssm = async () => (await import('./ssm.ts')).ssm;
const wafv2 = async () => (await import('./wafv2.ts')).wafv2;

/** Every service that is read. Each is loaded when an account is asked for: the SDK's clients are large. */
export const awsCollectors: readonly (() => Promise<AwsCollector>)[] = [
  acm,
  async () => (await import('./amplify.ts')).amplify,
  apigateway,
  apigatewayv2,
  async () => (await import('./apprunner.ts')).apprunner,
  async () => (await import('./autoscaling.ts')).autoscaling,
  async () => (await import('./bedrock.ts')).bedrock,
  async () => (await import('./budgets.ts')).budgets,
  async () => (await import('./cloudformation.ts')).cloudformation,
  cloudfront,
  async () => (await import('./cloudtrail.ts')).cloudtrail,
  async () => (await import('./cloudwatch.ts')).cloudwatch,
  async () => (await import('./codebuild.ts')).codebuild,
  async () => (await import('./codepipeline.ts')).codepipeline,
  async () => (await import('./cognito.ts')).cognito,
  async () => (await import('./comprehend.ts')).comprehend,
  async () => (await import('./config.ts')).config,
  async () => (await import('./dynamodb.ts')).dynamodb,
  ec2,
  ecr,
  ecs,
  async () => (await import('./efs.ts')).efs,
  async () => (await import('./eks.ts')).eks,
  async () => (await import('./elasticache.ts')).elasticache,
  elasticbeanstalk,
  elbv2,
  async () => (await import('./eventbridge.ts')).eventbridge,
  iam,
  async () => (await import('./kms.ts')).kms,
  lambda,
  logs,
  async () => (await import('./opensearch.ts')).opensearch,
  async () => (await import('./rds.ts')).rds,
  async () => (await import('./resource-explorer.ts')).resourceExplorer,
  route53,
  s3,
  async () => (await import('./sagemaker.ts')).sagemaker,
  async () => (await import('./scheduler.ts')).scheduler,
  secretsmanager,
  async () => (await import('./sfn.ts')).sfn,
  async () => (await import('./sns.ts')).sns,
  async () => (await import('./sqs.ts')).sqs,
  ssm,
  async () => (await import('./tagging.ts')).tagging,
  wafv2,
];

/** Those that a request to a URL can touch, or that what answers it needs: enough to trace a path. */
export const pathCollectors: readonly (() => Promise<AwsCollector>)[] = [
  acm,
  apigateway,
  apigatewayv2,
  cloudfront,
  ec2,
  ecr,
  ecs,
  elasticbeanstalk,
  elbv2,
  iam,
  lambda,
  logs,
  route53,
  s3,
  secretsmanager,
  ssm,
  wafv2,
];
