import type { Kind } from '#model/fact.ts';

/** How resources of one CloudFormation type are named and described. */
export interface ResourceType {
  kind: Kind;
  /** The property that holds the physical name; `Tags.Name` is the value of the tag `Name`. */
  name?: string;
  /** Whether `Ref` gives the physical name, rather than an ARN, a URL or an id. */
  ref?: true;
  /** The attribute of `Fn::GetAtt` that gives the physical name, where it is not called as the property. */
  attribute?: string;
  /** AWS keeps the name in lower case. */
  lower?: true;
  /** The name may hold spaces. */
  spaces?: true;
  /** The property that names what the resource is scoped to. */
  scope?: string;
  /** The properties that are told, as CloudFormation writes them. */
  properties?: string;
}

const TAG = { name: 'Tags.Name', spaces: true } as const;

type Row = Omit<ResourceType, 'kind'>;

/**
 * Physical names and what `Ref` returns: AWS CloudFormation User Guide, “AWS resource and property types reference”.
 * A type that is not here declares nothing: it ties others together, or nobody looks for it by a name.
 */
const ROWS: Readonly<Record<string, Row>> = {
  'AWS::ECS::Cluster': { name: 'ClusterName', ref: true },
  'AWS::ECS::Service': {
    name: 'ServiceName',
    attribute: 'Name',
    scope: 'Cluster',
    properties: 'DesiredCount LaunchType HealthCheckGracePeriodSeconds SchedulingStrategy PlatformVersion',
  },
  'AWS::ECS::TaskDefinition': {
    name: 'Family',
    properties: 'Cpu Memory NetworkMode RequiresCompatibilities',
  },
  'AWS::ECS::CapacityProvider': { name: 'Name', ref: true },
  'AWS::ECR::Repository': { name: 'RepositoryName', ref: true, properties: 'ImageTagMutability' },
  'AWS::ECR::PublicRepository': { name: 'RepositoryName', ref: true },
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    ref: true,
    properties:
      'Runtime Handler MemorySize Timeout PackageType Architectures ReservedConcurrentExecutions KmsKeyArn',
  },
  'AWS::Lambda::LayerVersion': { name: 'LayerName', properties: 'CompatibleRuntimes' },
  'AWS::EC2::Instance': { ...TAG, properties: 'InstanceType ImageId' },
  'AWS::EC2::LaunchTemplate': { name: 'LaunchTemplateName' },
  'AWS::AutoScaling::AutoScalingGroup': {
    name: 'AutoScalingGroupName',
    ref: true,
    properties: 'MinSize MaxSize DesiredCapacity',
  },
  'AWS::EKS::Cluster': { name: 'Name', ref: true, properties: 'Version' },
  'AWS::EKS::Nodegroup': { name: 'NodegroupName', scope: 'ClusterName', properties: 'CapacityType' },
  'AWS::AppRunner::Service': { name: 'ServiceName' },
  'AWS::Batch::ComputeEnvironment': { name: 'ComputeEnvironmentName', properties: 'Type State' },
  'AWS::Batch::JobQueue': { name: 'JobQueueName', properties: 'State Priority' },
  'AWS::Batch::JobDefinition': { name: 'JobDefinitionName', properties: 'Type' },
  'AWS::ElasticBeanstalk::Application': { name: 'ApplicationName', ref: true },
  'AWS::ElasticBeanstalk::Environment': {
    name: 'EnvironmentName',
    ref: true,
    properties: 'SolutionStackName PlatformArn',
  },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    attribute: 'Name',
    properties: 'StateMachineType',
  },
  'AWS::Amplify::App': { name: 'Name' },
  'AWS::CodeBuild::Project': { name: 'Name', ref: true },
  'AWS::CodePipeline::Pipeline': { name: 'Name', ref: true },
  'AWS::CodeDeploy::Application': { name: 'ApplicationName', ref: true, properties: 'ComputePlatform' },
  'AWS::CodeDeploy::DeploymentGroup': {
    name: 'DeploymentGroupName',
    ref: true,
    scope: 'ApplicationName',
    properties: 'DeploymentConfigName',
  },
  'AWS::CloudFormation::Stack': {},
  'AWS::S3::Bucket': { name: 'BucketName', ref: true },
  'AWS::RDS::DBInstance': {
    name: 'DBInstanceIdentifier',
    ref: true,
    lower: true,
    properties:
      'Engine EngineVersion DBInstanceClass AllocatedStorage StorageType StorageEncrypted MultiAZ PubliclyAccessible DeletionProtection BackupRetentionPeriod Port',
  },
  'AWS::RDS::DBCluster': {
    name: 'DBClusterIdentifier',
    ref: true,
    lower: true,
    properties:
      'Engine EngineVersion EngineMode StorageEncrypted DeletionProtection BackupRetentionPeriod Port',
  },
  'AWS::RDS::DBProxy': { name: 'DBProxyName', ref: true, lower: true, properties: 'EngineFamily RequireTLS' },
  'AWS::ElastiCache::CacheCluster': {
    name: 'ClusterName',
    ref: true,
    lower: true,
    properties: 'Engine EngineVersion CacheNodeType NumCacheNodes Port',
  },
  'AWS::ElastiCache::ReplicationGroup': {
    name: 'ReplicationGroupId',
    ref: true,
    lower: true,
    properties:
      'Engine EngineVersion CacheNodeType NumCacheClusters AtRestEncryptionEnabled TransitEncryptionEnabled AutomaticFailoverEnabled Port',
  },
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    ref: true,
    properties: 'BillingMode DeletionProtectionEnabled',
  },
  'AWS::DynamoDB::GlobalTable': { name: 'TableName', ref: true, properties: 'BillingMode' },
  'AWS::EFS::FileSystem': {
    name: 'FileSystemTags.Name',
    spaces: true,
    properties: 'Encrypted PerformanceMode',
  },
  'AWS::OpenSearchService::Domain': { name: 'DomainName', ref: true, properties: 'EngineVersion' },
  'AWS::Redshift::Cluster': {
    name: 'ClusterIdentifier',
    ref: true,
    lower: true,
    properties: 'NodeType ClusterType NumberOfNodes Encrypted PubliclyAccessible',
  },
  'AWS::DocDB::DBCluster': {
    name: 'DBClusterIdentifier',
    ref: true,
    lower: true,
    properties: 'EngineVersion StorageEncrypted DeletionProtection',
  },
  'AWS::MSK::Cluster': { name: 'ClusterName', properties: 'KafkaVersion NumberOfBrokerNodes' },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    properties: 'FifoQueue VisibilityTimeout MessageRetentionPeriod DelaySeconds',
  },
  'AWS::SNS::Topic': { name: 'TopicName', properties: 'FifoTopic' },
  'AWS::Kinesis::Stream': { name: 'Name', ref: true, properties: 'ShardCount RetentionPeriodHours' },
  'AWS::KinesisFirehose::DeliveryStream': {
    name: 'DeliveryStreamName',
    ref: true,
    properties: 'DeliveryStreamType',
  },
  'AWS::Events::Rule': { name: 'Name', properties: 'ScheduleExpression State' },
  'AWS::Events::EventBus': { name: 'Name', ref: true },
  'AWS::Scheduler::Schedule': {
    name: 'Name',
    ref: true,
    properties: 'ScheduleExpression ScheduleExpressionTimezone State',
  },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', ref: true, properties: 'RetentionInDays' },
  'AWS::CloudWatch::Alarm': {
    name: 'AlarmName',
    ref: true,
    spaces: true,
    properties: 'MetricName Namespace Threshold ComparisonOperator',
  },
  'AWS::CloudWatch::Dashboard': { name: 'DashboardName', ref: true },
  'AWS::CloudTrail::Trail': { name: 'TrailName', ref: true, properties: 'IsLogging IsMultiRegionTrail' },
  'AWS::SecretsManager::Secret': { name: 'Name' },
  'AWS::SSM::Parameter': { name: 'Name', ref: true, properties: 'Type' },
  'AWS::SSM::Document': { name: 'Name', ref: true, properties: 'DocumentType' },
  'AWS::IAM::Role': { name: 'RoleName', ref: true },
  'AWS::IAM::User': { name: 'UserName', ref: true },
  'AWS::IAM::Group': { name: 'GroupName', ref: true },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName' },
  'AWS::IAM::OIDCProvider': { name: 'Url' },
  'AWS::KMS::Key': { properties: 'EnableKeyRotation KeySpec' },
  'AWS::KMS::Alias': { name: 'AliasName', ref: true },
  'AWS::Glue::Job': { name: 'Name', ref: true, properties: 'GlueVersion WorkerType NumberOfWorkers' },
  'AWS::Glue::Crawler': { name: 'Name', ref: true },
  'AWS::SageMaker::Endpoint': { name: 'EndpointName', attribute: 'EndpointName' },
  'AWS::Budgets::Budget': { name: 'Budget.BudgetName', spaces: true },
  'AWS::Backup::BackupVault': { name: 'BackupVaultName', ref: true },
  'AWS::Backup::BackupPlan': { name: 'BackupPlan.BackupPlanName' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    name: 'Name',
    attribute: 'LoadBalancerName',
    properties: 'Scheme Type IpAddressType',
  },
  'AWS::ElasticLoadBalancing::LoadBalancer': { name: 'LoadBalancerName', ref: true, properties: 'Scheme' },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    name: 'Name',
    attribute: 'TargetGroupName',
    properties: 'Port Protocol TargetType HealthCheckPath HealthCheckProtocol HealthCheckIntervalSeconds',
  },
  'AWS::ElasticLoadBalancingV2::Listener': { properties: 'Port Protocol SslPolicy' },
  'AWS::ElasticLoadBalancingV2::ListenerRule': { properties: 'Priority' },
  'AWS::Route53::HostedZone': { name: 'Name' },
  'AWS::Route53::RecordSet': { name: 'Name', ref: true, properties: 'Type TTL' },
  'AWS::CloudFront::Distribution': {},
  'AWS::CertificateManager::Certificate': { name: 'DomainName', properties: 'DomainName ValidationMethod' },
  'AWS::EC2::VPC': { ...TAG, properties: 'CidrBlock' },
  'AWS::EC2::Subnet': { ...TAG, properties: 'CidrBlock AvailabilityZone MapPublicIpOnLaunch' },
  'AWS::EC2::SecurityGroup': { name: 'GroupName', spaces: true },
  'AWS::EC2::RouteTable': TAG,
  'AWS::EC2::NatGateway': TAG,
  'AWS::EC2::InternetGateway': TAG,
  'AWS::EC2::VPCEndpoint': { properties: 'ServiceName VpcEndpointType' },
  'AWS::EC2::Volume': { ...TAG, properties: 'Size VolumeType Encrypted' },
  'AWS::ApiGateway::RestApi': { name: 'Name', spaces: true },
  'AWS::ApiGatewayV2::Api': { name: 'Name', spaces: true, properties: 'ProtocolType' },
  'AWS::AppSync::GraphQLApi': { name: 'Name', properties: 'AuthenticationType' },
  'AWS::WAFv2::WebACL': { name: 'Name', properties: 'Scope' },
  'AWS::ServiceDiscovery::Service': { name: 'Name' },
  'AWS::ServiceDiscovery::PrivateDnsNamespace': { name: 'Name' },
  'AWS::Cognito::UserPool': { name: 'UserPoolName', spaces: true },
};

/** A type whose resources are known under another's kind. */
const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::GlobalTable': 'AWS::DynamoDB::Table',
  'AWS::KMS::Alias': 'AWS::KMS::Key',
};

/** The row of a type; undefined for one that declares nothing by itself. */
export function typeOf(type: string): ResourceType | undefined {
  const row = Object.hasOwn(ROWS, type) ? ROWS[type] : undefined;
  return row && { ...row, kind: KINDS[type] ?? (type as Kind) };
}
