import { aws, eachNamePrinted, lastPart, listing, oneByOne, plainListing, word } from './aws.ts';
import { anyCase, asText, asWritten, versioningStatus } from './compared.ts';

/** An ARN of Secrets Manager ends in a hyphen and six characters that are not part of the name. */
const secretName = (name: string) =>
  name.startsWith('arn:')
    ? name
        .split(':')
        .slice(6)
        .join(':')
        .replace(/-[A-Za-z0-9]{6}$/, '')
    : name;
const afterResource = (type: string) => (name: string) =>
  name.startsWith('arn:')
    ? name.split(`:${type}`).slice(1).join(`:${type}`).replace(/^:/, '').replace(/:\*$/, '')
    : name;

/** What a policy that stands in a role or a user is, and the command that reads it there. */
const inlinePolicy = (owner: 'role' | 'user'): Parameters<typeof aws>[3] => ({
  domain: 'identity',
  global: true,
  scoped: true,
  verify: (names, { scope }) =>
    oneByOne(
      (name) =>
        `aws iam get-${owner}-policy --${owner}-name ${word(scope ?? '')} --policy-name ${name} --query PolicyName`,
    )(names, {}),
});

/** Stores, queues, identities, logs and keys. */
export const kinds = [
  aws('AWS::S3::Bucket', 'bucket S3', 'S3 bucket', {
    domain: 'data',
    compared: { versioning: versioningStatus, encryption: asWritten, publicAccessBlock: asText },
    global: true,
    // a name of its own holds no slash: what has one is the logical id of a template
    normalise: (name) => name.replace(/^(?:arn:[\w-]+:s3:::|s3:\/\/)([^/]*)(?:\/.*)?$/, '$1'),
    verify: oneByOne((name) => `aws s3api head-bucket --bucket ${name}`),
  }),
  aws('AWS::RDS::DBInstance', 'instance RDS', 'RDS instance', {
    domain: 'data',
    compared: {
      engine: asWritten,
      instanceClass: asWritten,
      multiAZ: asText,
      storageEncrypted: asText,
      publiclyAccessible: asText,
      deletionProtection: asText,
      backupRetentionPeriod: asText,
      storageType: asWritten,
      port: asText,
    },
    verify: listing('rds describe-db-instances', 'DBInstances', 'DBInstanceIdentifier', ['DBInstanceStatus']),
  }),
  aws('AWS::RDS::DBCluster', 'cluster RDS', 'RDS cluster', {
    domain: 'data',
    compared: {
      engine: asWritten,
      storageEncrypted: asText,
      deletionProtection: asText,
      backupRetentionPeriod: asText,
      port: asText,
    },
    verify: listing('rds describe-db-clusters', 'DBClusters', 'DBClusterIdentifier', ['Status']),
  }),
  aws('AWS::DocDB::DBCluster', 'cluster DocumentDB', 'DocumentDB cluster', {
    domain: 'data',
    compared: { storageEncrypted: asText, deletionProtection: asText },
    verify: listing('docdb describe-db-clusters', 'DBClusters', 'DBClusterIdentifier', ['Status']),
  }),
  aws('AWS::DocDB::DBInstance', 'instance DocumentDB', 'DocumentDB instance', {
    domain: 'data',
    compared: { instanceClass: asWritten },
    verify: listing('docdb describe-db-instances', 'DBInstances', 'DBInstanceIdentifier', [
      'DBInstanceStatus',
    ]),
  }),
  aws('AWS::Neptune::DBCluster', 'cluster Neptune', 'Neptune cluster', {
    domain: 'data',
    compared: { storageEncrypted: asText, deletionProtection: asText },
    verify: listing('neptune describe-db-clusters', 'DBClusters', 'DBClusterIdentifier', ['Status']),
  }),
  aws('AWS::Neptune::DBInstance', 'instance Neptune', 'Neptune instance', {
    domain: 'data',
    compared: { instanceClass: asWritten },
    verify: listing('neptune describe-db-instances', 'DBInstances', 'DBInstanceIdentifier', [
      'DBInstanceStatus',
    ]),
  }),
  aws('AWS::ElastiCache::CacheCluster', 'cluster ElastiCache', 'ElastiCache cluster', {
    domain: 'data',
    compared: { engine: asWritten, cacheNodeType: asWritten, port: asText },
    verify: listing('elasticache describe-cache-clusters', 'CacheClusters', 'CacheClusterId', [
      'CacheClusterStatus',
    ]),
  }),
  aws(
    'AWS::ElastiCache::ReplicationGroup',
    'groupe de réplication ElastiCache',
    'ElastiCache replication group',
    {
      domain: 'data',
      compared: {
        engine: asWritten,
        cacheNodeType: asWritten,
        atRestEncryptionEnabled: asText,
        transitEncryptionEnabled: asText,
        automaticFailoverEnabled: asText,
        multiAZEnabled: asText,
        port: asText,
      },
      verify: listing('elasticache describe-replication-groups', 'ReplicationGroups', 'ReplicationGroupId'),
    },
  ),
  aws('AWS::ElastiCache::ServerlessCache', 'cache ElastiCache sans serveur', 'ElastiCache serverless cache', {
    domain: 'data',
    compared: { engine: asWritten },
    verify: listing('elasticache describe-serverless-caches', 'ServerlessCaches', 'ServerlessCacheName', [
      'Status',
    ]),
  }),
  aws('AWS::DynamoDB::Table', 'table DynamoDB', 'DynamoDB table', {
    domain: 'data',
    compared: {
      billingMode: asWritten,
      pointInTimeRecovery: asText,
      deletionProtectionEnabled: asText,
      sseEnabled: asText,
    },
    verify: plainListing('dynamodb list-tables', 'TableNames'),
  }),
  aws('AWS::EFS::FileSystem', 'système de fichiers EFS', 'EFS file system', {
    domain: 'data',
    compared: { encrypted: asText, performanceMode: asWritten, throughputMode: asWritten },
    verify: (names, where) => {
      // people call a file system by its id or by its tag `Name`
      const areIds = names.every((name) => /^fs-[0-9a-f]+$/.test(name));
      const [field, other] = areIds ? ['FileSystemId', 'Name'] : ['Name', 'FileSystemId'];
      return listing('efs describe-file-systems', 'FileSystems', field, [other])(names, where);
    },
  }),
  aws('AWS::OpenSearchService::Domain', 'domaine OpenSearch', 'OpenSearch domain', {
    domain: 'data',
    compared: { engineVersion: asWritten },
    verify: listing('opensearch list-domain-names', 'DomainNames', 'DomainName'),
  }),
  aws('AWS::SQS::Queue', 'file SQS', 'SQS queue', {
    domain: 'messaging',
    compared: {
      fifoQueue: asText,
      visibilityTimeout: asText,
      messageRetentionPeriod: asText,
      delaySeconds: asText,
      receiveMessageWaitTimeSeconds: asText,
    },
    verify: oneByOne((name) => `aws sqs get-queue-url --queue-name ${name}`),
  }),
  aws('AWS::SNS::Topic', 'sujet SNS', 'SNS topic', {
    domain: 'messaging',
    compared: { fifoTopic: asText },
    verify: (names, where) => ({
      command: `aws sns list-topics${where.region ? ` --region ${where.region}` : ''} --query 'Topics[].TopicArn' --output text | tr '\\t' '\\n' | grep -E ':(${names.map((n) => n.replace(/[^\w-]/g, '.')).join('|')})$'`,
      expected: {
        fr: names.length > 1 ? `${names.length} ARN sont affichés` : 'un ARN est affiché',
        en: names.length > 1 ? `${names.length} ARNs are printed` : 'one ARN is printed',
      },
    }),
  }),
  aws('AWS::Kinesis::Stream', 'flux Kinesis', 'Kinesis stream', {
    domain: 'messaging',
    verify: plainListing('kinesis list-streams', 'StreamNames'),
  }),
  aws('AWS::KinesisFirehose::DeliveryStream', 'flux Firehose', 'Firehose delivery stream', {
    domain: 'messaging',
    verify: plainListing('firehose list-delivery-streams', 'DeliveryStreamNames'),
  }),
  aws('AWS::Events::Rule', 'règle EventBridge', 'EventBridge rule', {
    domain: 'messaging',
    compared: { scheduleExpression: asWritten, state: asWritten },
    verify: listing('events list-rules', 'Rules', 'Name', ['State']),
  }),
  aws('AWS::Events::EventBus', 'bus EventBridge', 'EventBridge bus', {
    domain: 'messaging',
    verify: listing('events list-event-buses', 'EventBuses', 'Name'),
  }),
  aws('AWS::Scheduler::Schedule', 'planification EventBridge', 'EventBridge schedule', {
    domain: 'messaging',
    compared: { scheduleExpression: asWritten, scheduleExpressionTimezone: asWritten, state: asWritten },
    verify: listing('scheduler list-schedules', 'Schedules', 'Name', ['State']),
  }),
  aws('AWS::Logs::LogGroup', 'groupe de journaux', 'log group', {
    domain: 'observability',
    compared: { retentionInDays: asText },
    normalise: afterResource('log-group'),
    verify: listing('logs describe-log-groups', 'logGroups', 'logGroupName', ['retentionInDays']),
  }),
  aws('AWS::CloudWatch::Alarm', 'alarme CloudWatch', 'CloudWatch alarm', {
    domain: 'observability',
    compared: {
      metricName: asWritten,
      namespace: asWritten,
      threshold: asText,
      comparisonOperator: asWritten,
      statistic: asWritten,
      period: asText,
      evaluationPeriods: asText,
    },
    normalise: afterResource('alarm'),
    verify: listing('cloudwatch describe-alarms', 'MetricAlarms', 'AlarmName', ['StateValue']),
  }),
  aws('AWS::CloudTrail::Trail', 'journal CloudTrail', 'CloudTrail trail', {
    domain: 'observability',
    compared: { isLogging: asText, isMultiRegionTrail: asText, enableLogFileValidation: asText },
    verify: listing('cloudtrail list-trails', 'Trails', 'Name'),
  }),
  aws('AWS::SecretsManager::Secret', 'secret Secrets Manager', 'Secrets Manager secret', {
    domain: 'identity',
    normalise: secretName,
    verify: listing('secretsmanager list-secrets', 'SecretList', 'Name', ['LastRotatedDate']),
  }),
  aws('AWS::SSM::Parameter', 'paramètre SSM', 'SSM parameter', {
    domain: 'identity',
    compared: { type: asWritten },
    normalise: (name) => {
      const path = afterResource('parameter')(name);
      return name.startsWith('arn:') && path.slice(1).includes('/')
        ? path
        : path.replace(/^\/(?=[^/]+$)/, name.startsWith('arn:') ? '' : '/');
    },
    verify: listing('ssm describe-parameters', 'Parameters', 'Name', ['LastModifiedDate']),
  }),
  aws('AWS::SSM::Document', 'document SSM', 'SSM document', {
    domain: 'delivery',
    verify: oneByOne((name) => `aws ssm describe-document --name ${name} --query Document.Status`),
  }),
  aws('AWS::IAM::Role', 'rôle IAM', 'IAM role', {
    domain: 'identity',
    global: true,
    verify: oneByOne((name) => `aws iam get-role --role-name ${name} --query Role.Arn`),
  }),
  aws('AWS::IAM::User', 'utilisateur IAM', 'IAM user', {
    domain: 'identity',
    global: true,
    verify: oneByOne((name) => `aws iam get-user --user-name ${name} --query User.Arn`),
  }),
  aws('AWS::IAM::ManagedPolicy', 'politique IAM', 'IAM policy', {
    domain: 'identity',
    global: true,
    verify: (names, where) =>
      listing('iam list-policies --scope All', 'Policies', 'PolicyName')(names, where),
  }),
  aws(
    'AWS::IAM::RolePolicy',
    'politique en ligne de rôle IAM',
    'inline policy of an IAM role',
    inlinePolicy('role'),
  ),
  aws(
    'AWS::IAM::UserPolicy',
    'politique en ligne d’utilisateur IAM',
    'inline policy of an IAM user',
    inlinePolicy('user'),
  ),
  aws('AWS::IAM::Group', 'groupe IAM', 'IAM group', {
    domain: 'identity',
    global: true,
    verify: oneByOne((name) => `aws iam get-group --group-name ${name} --query Group.Arn`),
  }),
  aws('AWS::IAM::OIDCProvider', 'fournisseur OIDC', 'OIDC provider', {
    domain: 'identity',
    global: true,
    // a provider is known by its address without the scheme; that of a cluster of EKS has a path
    normalise: (name) => name.replace(/^arn:[^/]*:oidc-provider\/|^https:\/\//, '').replace(/\/$/, ''),
    verify: (names) => ({
      command:
        "aws iam list-open-id-connect-providers --query 'OpenIDConnectProviderList[].Arn' --output text",
      expected: eachNamePrinted(names),
    }),
  }),
  aws('AWS::KMS::Key', 'clé KMS', 'KMS key', {
    domain: 'identity',
    compared: { enableKeyRotation: asText, keySpec: asWritten },
    normalise: (name) => (name.includes('alias/') ? `alias/${name.split('alias/')[1]}` : lastPart(name)),
    verify: oneByOne((name) => `aws kms describe-key --key-id ${name} --query KeyMetadata.KeyState`),
  }),
  aws('AWS::Glue::Job', 'tâche Glue', 'Glue job', {
    domain: 'compute',
    verify: plainListing('glue list-jobs', 'JobNames'),
  }),
  aws('AWS::Glue::Database', 'base Glue', 'Glue database', {
    domain: 'data',
    verify: listing('glue get-databases', 'DatabaseList', 'Name'),
  }),
  aws('AWS::Glue::Table', 'table Glue', 'Glue table', { domain: 'data' }),
  aws('AWS::Athena::WorkGroup', 'groupe de travail Athena', 'Athena workgroup', {
    domain: 'data',
    verify: listing('athena list-work-groups', 'WorkGroups', 'Name', ['State']),
  }),
  aws('AWS::SageMaker::Endpoint', 'point de terminaison SageMaker', 'SageMaker endpoint', {
    domain: 'ai',
    verify: listing('sagemaker list-endpoints', 'Endpoints', 'EndpointName', ['EndpointStatus']),
  }),
  aws('AWS::SageMaker::Model', 'modèle SageMaker', 'SageMaker model', {
    domain: 'ai',
    verify: listing('sagemaker list-models', 'Models', 'ModelName'),
  }),
  aws('AWS::SageMaker::NotebookInstance', 'carnet SageMaker', 'SageMaker notebook instance', {
    domain: 'ai',
    verify: listing('sagemaker list-notebook-instances', 'NotebookInstances', 'NotebookInstanceName', [
      'NotebookInstanceStatus',
    ]),
  }),
  aws('AWS::SageMaker::Domain', 'domaine SageMaker', 'SageMaker domain', {
    domain: 'ai',
    verify: listing('sagemaker list-domains', 'Domains', 'DomainName', ['Status']),
  }),
  aws('AWS::Bedrock::CustomModel', 'modèle Bedrock adapté', 'custom Bedrock model', {
    domain: 'ai',
    verify: listing('bedrock list-custom-models', 'modelSummaries', 'modelName'),
  }),
  aws('AWS::Bedrock::Guardrail', 'garde-fou Bedrock', 'Bedrock guardrail', {
    domain: 'ai',
    verify: listing('bedrock list-guardrails', 'guardrails', 'name', ['status']),
  }),
  aws('AWS::Bedrock::ProvisionedModelThroughput', 'débit Bedrock réservé', 'provisioned Bedrock throughput', {
    domain: 'ai',
    verify: listing(
      'bedrock list-provisioned-model-throughputs',
      'provisionedModelSummaries',
      'provisionedModelName',
      ['status'],
    ),
  }),
  aws('AWS::Comprehend::DocumentClassifier', 'classificateur Comprehend', 'Comprehend classifier', {
    domain: 'ai',
  }),
  aws('AWS::Comprehend::Endpoint', 'point de terminaison Comprehend', 'Comprehend endpoint', {
    domain: 'ai',
  }),
  aws('AWS::Bedrock::ModelInvocationLogging', 'journal des appels à Bedrock', 'log of calls to Bedrock', {
    domain: 'ai',
    verify: (_, { region }) => ({
      command: `aws bedrock get-model-invocation-logging-configuration${region ? ` --region ${region}` : ''} --query loggingConfig`,
      expected: { fr: 'une destination est affichée', en: 'a destination is printed' },
    }),
  }),
  aws('AWS::Budgets::Budget', 'budget', 'budget', {
    domain: 'observability',
    global: true,
    compared: { budgetType: anyCase, timeUnit: anyCase },
    verify: listing(
      'budgets describe-budgets --account-id "$(aws sts get-caller-identity --query Account --output text)"',
      'Budgets',
      'BudgetName',
    ),
  }),
];
