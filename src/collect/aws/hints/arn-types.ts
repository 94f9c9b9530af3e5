import type { Arn } from '#lib/arn.ts';
import type { Kind } from '#model/fact.ts';

/** Services whose CloudFormation name is not that of their ARNs with a capital. AWS CloudFormation template reference. */
const SERVICES: Readonly<Record<string, string>> = {
  'access-analyzer': 'AccessAnalyzer',
  acm: 'CertificateManager',
  'acm-pca': 'ACMPCA',
  airflow: 'MWAA',
  apigateway: 'ApiGateway',
  appconfig: 'AppConfig',
  apprunner: 'AppRunner',
  appstream: 'AppStream',
  appsync: 'AppSync',
  aps: 'APS',
  autoscaling: 'AutoScaling',
  cloudformation: 'CloudFormation',
  cloudfront: 'CloudFront',
  cloudtrail: 'CloudTrail',
  cloudwatch: 'CloudWatch',
  codeartifact: 'CodeArtifact',
  codebuild: 'CodeBuild',
  codecommit: 'CodeCommit',
  codeconnections: 'CodeConnections',
  codedeploy: 'CodeDeploy',
  'codestar-connections': 'CodeStarConnections',
  'cognito-identity': 'Cognito',
  'cognito-idp': 'Cognito',
  datasync: 'DataSync',
  dax: 'DAX',
  dlm: 'DLM',
  dms: 'DMS',
  'docdb-elastic': 'DocDBElastic',
  ds: 'DirectoryService',
  dynamodb: 'DynamoDB',
  ec2: 'EC2',
  ecr: 'ECR',
  ecs: 'ECS',
  eks: 'EKS',
  elasticache: 'ElastiCache',
  elasticbeanstalk: 'ElasticBeanstalk',
  elasticfilesystem: 'EFS',
  elasticloadbalancing: 'ElasticLoadBalancingV2',
  elasticmapreduce: 'EMR',
  'emr-serverless': 'EMRServerless',
  es: 'OpenSearchService',
  firehose: 'KinesisFirehose',
  fsx: 'FSx',
  globalaccelerator: 'GlobalAccelerator',
  guardduty: 'GuardDuty',
  iam: 'IAM',
  imagebuilder: 'ImageBuilder',
  inspector2: 'InspectorV2',
  iot: 'IoT',
  kafka: 'MSK',
  kms: 'KMS',
  macie2: 'Macie',
  memorydb: 'MemoryDB',
  mq: 'AmazonMQ',
  'network-firewall': 'NetworkFirewall',
  'opensearch-serverless': 'OpenSearchServerless',
  aoss: 'OpenSearchServerless',
  ram: 'RAM',
  rds: 'RDS',
  'redshift-serverless': 'RedshiftServerless',
  'resource-explorer-2': 'ResourceExplorer2',
  'resource-groups': 'ResourceGroups',
  route53: 'Route53',
  route53resolver: 'Route53Resolver',
  s3: 'S3',
  sagemaker: 'SageMaker',
  schemas: 'EventSchemas',
  secretsmanager: 'SecretsManager',
  servicecatalog: 'ServiceCatalog',
  servicediscovery: 'ServiceDiscovery',
  ses: 'SES',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'SSM',
  states: 'StepFunctions',
  storagegateway: 'StorageGateway',
  wafv2: 'WAFv2',
  'waf-regional': 'WAFRegional',
  workspaces: 'WorkSpaces',
  xray: 'XRay',
};

/** Types whose CloudFormation name is not their own with capitals, by service and type of the ARN. */
const TYPES: Readonly<Record<string, string>> = {
  'athena datacatalog': 'DataCatalog',
  'athena workgroup': 'WorkGroup',
  'bedrock provisioned-model': 'ProvisionedModelThroughput',
  'codedeploy deploymentconfig': 'DeploymentConfig',
  'codedeploy deploymentgroup': 'DeploymentGroup',
  'cognito-identity identitypool': 'IdentityPool',
  'cognito-idp userpool': 'UserPool',
  'comprehend document-classifier-endpoint': 'Endpoint',
  'dms rep': 'ReplicationInstance',
  'dms subgrp': 'ReplicationSubnetGroup',
  'dms task': 'ReplicationTask',
  'dms es': 'EventSubscription',
  'dms cert': 'Certificate',
  'ec2 dhcp-options': 'DHCPOptions',
  'ec2 elastic-ip': 'EIP',
  'ec2 natgateway': 'NatGateway',
  'ec2 vpc': 'VPC',
  'ec2 vpc-endpoint': 'VPCEndpoint',
  'ec2 vpc-endpoint-service': 'VPCEndpointService',
  'ec2 vpc-flow-log': 'FlowLog',
  'ec2 vpc-peering-connection': 'VPCPeeringConnection',
  'ec2 vpn-connection': 'VPNConnection',
  'ec2 vpn-gateway': 'VPNGateway',
  'eks fargateprofile': 'FargateProfile',
  'elasticache cluster': 'CacheCluster',
  'elasticache parametergroup': 'ParameterGroup',
  'elasticache replicationgroup': 'ReplicationGroup',
  'elasticache serverlesscache': 'ServerlessCache',
  'elasticache subnetgroup': 'SubnetGroup',
  'elasticache usergroup': 'UserGroup',
  'elasticloadbalancing targetgroup': 'TargetGroup',
  'firehose deliverystream': 'DeliveryStream',
  'iam mfa': 'VirtualMFADevice',
  'iam oidc-provider': 'OIDCProvider',
  'iam policy': 'ManagedPolicy',
  'iam saml-provider': 'SAMLProvider',
  'lambda layer': 'LayerVersion',
  'memorydb parametergroup': 'ParameterGroup',
  'memorydb subnetgroup': 'SubnetGroup',
  'rds cluster': 'DBCluster',
  'rds cluster-pg': 'DBClusterParameterGroup',
  'rds cluster-snapshot': 'DBClusterSnapshot',
  'rds db': 'DBInstance',
  'rds db-proxy': 'DBProxy',
  'rds es': 'EventSubscription',
  'rds og': 'OptionGroup',
  'rds pg': 'DBParameterGroup',
  'rds secgrp': 'DBSecurityGroup',
  'rds snapshot': 'DBSnapshot',
  'rds subgrp': 'DBSubnetGroup',
  'redshift parametergroup': 'ClusterParameterGroup',
  'redshift subnetgroup': 'ClusterSubnetGroup',
  'route53 healthcheck': 'HealthCheck',
  'route53 hostedzone': 'HostedZone',
  'ses identity': 'EmailIdentity',
  'wafv2 ipset': 'IPSet',
  'wafv2 regexpatternset': 'RegexPatternSet',
  'wafv2 rulegroup': 'RuleGroup',
  'wafv2 webacl': 'WebACL',
};

/** What runs, waits or is asked for, and ends by itself, and parts of something else: nobody would declare it. */
const PASSING: ReadonlySet<string> = new Set([
  'backup recovery-point',
  'batch job',
  'cloudformation changeSet',
  'codebuild build',
  'codebuild build-batch',
  'codebuild report',
  'codedeploy deployment',
  'ec2 fleet',
  'ec2 reserved-instances',
  'ec2 security-group-rule',
  'ec2 spot-instances-request',
  'ec2 spot-fleet-request',
  'ecs container-instance',
  'ecs service-deployment',
  'ecs service-revision',
  'ecs task',
  'ecs task-set',
  'elasticloadbalancing listener-rule',
  'rds auto-backup',
  'sagemaker compilation-job',
  'sagemaker hyper-parameter-tuning-job',
  'sagemaker labeling-job',
  'sagemaker processing-job',
  'sagemaker training-job',
  'sagemaker transform-job',
  'securityhub finding',
  'ssm association',
  'ssm automation-execution',
  'ssm managed-instance',
  'ssm managed-instance-inventory',
  'ssm session',
  'states execution',
  'states express',
]);

/** What stands first in the path of an ARN of API Gateway: `/restapis/a1b2c3`. */
const OF_GATEWAY: Readonly<Record<string, Kind>> = {
  apikeys: 'AWS::ApiGateway::ApiKey',
  apis: 'AWS::ApiGatewayV2::Api',
  clientcertificates: 'AWS::ApiGateway::ClientCertificate',
  domainnames: 'AWS::ApiGateway::DomainName',
  restapis: 'AWS::ApiGateway::RestApi',
  usageplans: 'AWS::ApiGateway::UsagePlan',
  vpclinks: 'AWS::ApiGatewayV2::VpcLink',
};

const capitalised = (words: string): string =>
  words
    .split(/[-_ ]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const own = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

export interface ArnType {
  kind: Kind;
  /** What follows the type. */
  name: string;
}

/**
 * The type of what an ARN names, in CloudFormation's words where they are known and else made of the ARN's. AWS
 * documentation, “Service Authorization Reference”, resource types. Undefined for what passes, and for parts of
 * something else.
 */
export function typeOfArn({ service, resource }: Arn): ArnType | undefined {
  if (service === 'apigateway') {
    const [, type = '', id, ...deeper] = resource.split('/');
    const kind = own(OF_GATEWAY, type);
    return kind && id && deeper.length === 0 ? { kind: kind as Kind, name: id } : undefined;
  }
  const scoped = service === 'wafv2' ? resource.replace(/^(?:regional|global)\//, '') : resource;
  const cut = scoped.search(/[/:]/);
  if (cut <= 0) return undefined;
  const type = scoped.slice(0, cut);
  const key = `${service} ${type}`;
  if (PASSING.has(key)) return undefined;
  const name = nameIn(service, scoped.slice(cut + 1));
  if (name === '') return undefined;
  if (key === 'elasticloadbalancing loadbalancer')
    return /^(?:app|net|gwy)\//.test(name)
      ? { kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: name.split('/')[1] ?? name }
      : { kind: 'AWS::ElasticLoadBalancing::LoadBalancer', name };
  return {
    kind: `AWS::${own(SERVICES, service) ?? capitalised(service)}::${own(TYPES, key) ?? capitalised(type)}`,
    name,
  };
}

/** Ids stand before or after the names of some: `ID:autoScalingGroupName/NAME`, `ipset/NAME/ID`. */
function nameIn(service: string, rest: string): string {
  if (service === 'autoscaling') return rest.slice(rest.lastIndexOf('/') + 1);
  if (service === 'wafv2') return rest.split('/')[0] ?? '';
  return rest;
}
