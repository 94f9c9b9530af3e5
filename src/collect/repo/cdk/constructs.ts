import { typeOf, typeOfCfnClass } from '../cloudformation/types.ts';

/** What a class of the CDK makes. */
export interface ConstructType {
  /** CloudFormation's type. */
  type: string;
  /** The key of its properties that holds the physical name. */
  name?: string;
}

/**
 * Constructs by their module, with the key that names what they make. AWS CDK API reference (v2). Several classes make
 * the same: they are told apart by commas.
 */
const CONSTRUCTS: readonly [module: string, classes: string, type: string, name?: string][] = [
  ['aws-s3', 'Bucket', 'AWS::S3::Bucket', 'bucketName'],
  ['aws-sqs', 'Queue', 'AWS::SQS::Queue', 'queueName'],
  ['aws-sns', 'Topic', 'AWS::SNS::Topic', 'topicName'],
  ['aws-ecs', 'Cluster', 'AWS::ECS::Cluster', 'clusterName'],
  ['aws-ecs', 'FargateService,Ec2Service,ExternalService', 'AWS::ECS::Service', 'serviceName'],
  [
    'aws-ecs',
    'FargateTaskDefinition,Ec2TaskDefinition,TaskDefinition,ExternalTaskDefinition',
    'AWS::ECS::TaskDefinition',
    'family',
  ],
  [
    'aws-ecs-patterns',
    'ApplicationLoadBalancedFargateService,ApplicationLoadBalancedEc2Service,NetworkLoadBalancedFargateService,QueueProcessingFargateService,ApplicationMultipleTargetGroupsFargateService',
    'AWS::ECS::Service',
    'serviceName',
  ],
  ['aws-ecr', 'Repository', 'AWS::ECR::Repository', 'repositoryName'],
  ['aws-lambda', 'Function,DockerImageFunction', 'AWS::Lambda::Function', 'functionName'],
  ['aws-lambda', 'LayerVersion', 'AWS::Lambda::LayerVersion', 'layerVersionName'],
  ['aws-lambda-nodejs', 'NodejsFunction', 'AWS::Lambda::Function', 'functionName'],
  ['aws-lambda-python', 'PythonFunction', 'AWS::Lambda::Function', 'functionName'],
  ['aws-lambda-go', 'GoFunction', 'AWS::Lambda::Function', 'functionName'],
  ['aws-dynamodb', 'Table,TableV2', 'AWS::DynamoDB::Table', 'tableName'],
  ['aws-rds', 'DatabaseInstance,DatabaseInstanceFromSnapshot', 'AWS::RDS::DBInstance', 'instanceIdentifier'],
  ['aws-rds', 'DatabaseCluster,ServerlessCluster', 'AWS::RDS::DBCluster', 'clusterIdentifier'],
  ['aws-rds', 'DatabaseProxy', 'AWS::RDS::DBProxy', 'dbProxyName'],
  [
    'aws-elasticloadbalancingv2',
    'ApplicationLoadBalancer,NetworkLoadBalancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'loadBalancerName',
  ],
  [
    'aws-elasticloadbalancingv2',
    'ApplicationTargetGroup,NetworkTargetGroup',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    'targetGroupName',
  ],
  ['aws-logs', 'LogGroup', 'AWS::Logs::LogGroup', 'logGroupName'],
  ['aws-cloudwatch', 'Alarm', 'AWS::CloudWatch::Alarm', 'alarmName'],
  ['aws-cloudwatch', 'Dashboard', 'AWS::CloudWatch::Dashboard', 'dashboardName'],
  ['aws-events', 'Rule', 'AWS::Events::Rule', 'ruleName'],
  ['aws-events', 'EventBus', 'AWS::Events::EventBus', 'eventBusName'],
  ['aws-scheduler', 'Schedule', 'AWS::Scheduler::Schedule', 'scheduleName'],
  ['aws-iam', 'Role', 'AWS::IAM::Role', 'roleName'],
  ['aws-iam', 'User', 'AWS::IAM::User', 'userName'],
  ['aws-iam', 'Group', 'AWS::IAM::Group', 'groupName'],
  ['aws-iam', 'ManagedPolicy', 'AWS::IAM::ManagedPolicy', 'managedPolicyName'],
  ['aws-secretsmanager', 'Secret,DatabaseSecret', 'AWS::SecretsManager::Secret', 'secretName'],
  ['aws-ssm', 'StringParameter,StringListParameter', 'AWS::SSM::Parameter', 'parameterName'],
  ['aws-kms', 'Key', 'AWS::KMS::Key'],
  ['aws-ec2', 'Vpc', 'AWS::EC2::VPC', 'vpcName'],
  ['aws-ec2', 'SecurityGroup', 'AWS::EC2::SecurityGroup', 'securityGroupName'],
  ['aws-ec2', 'Instance,BastionHostLinux', 'AWS::EC2::Instance', 'instanceName'],
  ['aws-autoscaling', 'AutoScalingGroup', 'AWS::AutoScaling::AutoScalingGroup', 'autoScalingGroupName'],
  ['aws-eks', 'Cluster,FargateCluster', 'AWS::EKS::Cluster', 'clusterName'],
  ['aws-route53', 'HostedZone,PublicHostedZone,PrivateHostedZone', 'AWS::Route53::HostedZone', 'zoneName'],
  ['aws-cloudfront', 'Distribution,CloudFrontWebDistribution', 'AWS::CloudFront::Distribution'],
  ['aws-certificatemanager', 'Certificate', 'AWS::CertificateManager::Certificate', 'domainName'],
  ['aws-apigateway', 'RestApi,LambdaRestApi,SpecRestApi', 'AWS::ApiGateway::RestApi', 'restApiName'],
  ['aws-apigatewayv2', 'HttpApi,WebSocketApi', 'AWS::ApiGatewayV2::Api', 'apiName'],
  ['aws-appsync', 'GraphqlApi', 'AWS::AppSync::GraphQLApi', 'name'],
  ['aws-cognito', 'UserPool', 'AWS::Cognito::UserPool', 'userPoolName'],
  ['aws-stepfunctions', 'StateMachine', 'AWS::StepFunctions::StateMachine', 'stateMachineName'],
  ['aws-kinesis', 'Stream', 'AWS::Kinesis::Stream', 'streamName'],
  ['aws-efs', 'FileSystem', 'AWS::EFS::FileSystem', 'fileSystemName'],
  ['aws-codebuild', 'Project,PipelineProject', 'AWS::CodeBuild::Project', 'projectName'],
  ['aws-codepipeline', 'Pipeline', 'AWS::CodePipeline::Pipeline', 'pipelineName'],
  ['aws-opensearchservice', 'Domain', 'AWS::OpenSearchService::Domain', 'domainName'],
  ['aws-servicediscovery', 'PrivateDnsNamespace', 'AWS::ServiceDiscovery::PrivateDnsNamespace', 'name'],
  ['aws-backup', 'BackupVault', 'AWS::Backup::BackupVault', 'backupVaultName'],
];

const KNOWN = new Map<string, ConstructType>(
  CONSTRUCTS.flatMap(([module, classes, type, name]) =>
    classes
      .split(',')
      .map((one) => [`${module}.${one}`, { type, ...(name !== undefined && { name }) }] as const),
  ),
);

/** What `aws-s3.Bucket` or `aws-ecs.CfnService` makes; undefined for what is no resource of its own. */
export function constructType(qualified: string): ConstructType | undefined {
  const known = KNOWN.get(qualified);
  if (known) return known;
  const [module = '', name = ''] = qualified.split('.');
  if (!name.startsWith('Cfn')) return undefined;
  const type = typeOfCfnClass(module, name);
  if (type === undefined) return undefined;
  const property = typeOf(type)?.name;
  // the classes of the lowest level have CloudFormation's properties; a name in a tag is none of them
  return property === undefined || property.includes('.') ? { type } : { type, name: lowerFirst(property) };
}

/** `DBInstanceIdentifier` is `dbInstanceIdentifier` in the CDK. */
export const lowerFirst = (name: string): string =>
  name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, (start) => start.toLowerCase());
