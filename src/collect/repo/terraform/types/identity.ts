import type { SettingMapping, TypeMapping } from './mapping.ts';

/** Identities, secrets, keys, logs and alarms. Terraform AWS provider documentation, by resource type. */
export const types: Record<string, TypeMapping> = {
  aws_iam_role: {
    kind: 'AWS::IAM::Role',
    name: ['name'],
    prefix: 'name_prefix',
    idIsName: true,
    relations: [['managed_policy_arns', 'uses', 'AWS::IAM::ManagedPolicy']],
  },
  aws_iam_user: { kind: 'AWS::IAM::User', name: ['name', 'user_name'], idIsName: true },
  aws_iam_policy: { kind: 'AWS::IAM::ManagedPolicy', name: ['name'], prefix: 'name_prefix' },
  aws_iam_role_policy: {
    kind: 'AWS::IAM::RolePolicy',
    name: ['name'],
    prefix: 'name_prefix',
    scope: ['role', 'AWS::IAM::Role'],
    relations: [['role', 'part-of', 'AWS::IAM::Role']],
  },
  aws_iam_user_policy: {
    kind: 'AWS::IAM::UserPolicy',
    name: ['name'],
    prefix: 'name_prefix',
    scope: ['user', 'AWS::IAM::User'],
    relations: [['user', 'part-of', 'AWS::IAM::User']],
  },
  aws_iam_openid_connect_provider: { kind: 'AWS::IAM::OIDCProvider', name: ['url'], named: 'url' },
  aws_secretsmanager_secret: {
    kind: 'AWS::SecretsManager::Secret',
    name: ['name'],
    prefix: 'name_prefix',
    relations: [['kms_key_id', 'uses', 'AWS::KMS::Key']],
  },
  aws_ssm_parameter: {
    kind: 'AWS::SSM::Parameter',
    name: ['name'],
    named: 'parameter',
    idIsName: true,
    properties: { type: 'type', tier: 'tier' },
  },
  aws_ssm_document: {
    kind: 'AWS::SSM::Document',
    name: ['name'],
    properties: { documentType: 'document_type' },
  },
  aws_kms_key: {
    kind: 'AWS::KMS::Key',
    named: 'alias-of-key',
    properties: { enableKeyRotation: 'enable_key_rotation', keySpec: 'customer_master_key_spec' },
  },
  aws_kms_alias: { kind: 'AWS::KMS::Key', name: ['name'], named: 'alias' },
  aws_cognito_user_pool: {
    kind: 'AWS::Cognito::UserPool',
    name: ['name'],
    properties: { name: 'name' },
  },
  aws_cloudwatch_log_group: {
    kind: 'AWS::Logs::LogGroup',
    name: ['name'],
    prefix: 'name_prefix',
    idIsName: true,
    properties: { retentionInDays: 'retention_in_days' },
    relations: [['kms_key_id', 'uses', 'AWS::KMS::Key']],
  },
  aws_cloudwatch_metric_alarm: {
    kind: 'AWS::CloudWatch::Alarm',
    name: ['alarm_name'],
    idIsName: true,
    properties: {
      namespace: 'namespace',
      metricName: 'metric_name',
      threshold: 'threshold',
      comparisonOperator: 'comparison_operator',
      period: 'period',
      evaluationPeriods: 'evaluation_periods',
      statistic: 'statistic',
    },
    relations: [
      ['alarm_actions', 'sends-to'],
      ['ok_actions', 'sends-to'],
    ],
  },
  aws_cloudtrail: {
    kind: 'AWS::CloudTrail::Trail',
    name: ['name'],
    properties: {
      isMultiRegionTrail: 'is_multi_region_trail',
      enableLogFileValidation: 'enable_log_file_validation',
    },
    relations: [['s3_bucket_name', 'logs-to', 'AWS::S3::Bucket']],
  },
  aws_budgets_budget: {
    kind: 'AWS::Budgets::Budget',
    name: ['name'],
    prefix: 'name_prefix',
    properties: { budgetType: 'budget_type', timeUnit: 'time_unit' },
  },
};

export const settings: Record<string, SettingMapping> = {
  aws_iam_role_policy_attachment: {
    of: 'role',
    kind: 'AWS::IAM::Role',
    relations: [['policy_arn', 'uses', 'AWS::IAM::ManagedPolicy']],
  },
  aws_iam_user_policy_attachment: {
    of: 'user',
    kind: 'AWS::IAM::User',
    relations: [['policy_arn', 'uses', 'AWS::IAM::ManagedPolicy']],
  },
};
