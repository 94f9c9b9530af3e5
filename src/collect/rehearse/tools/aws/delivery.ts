import { deployedFrom } from '../deployed-from.ts';
import { lastValue } from '../options.ts';
import { relate, type Services } from './service.ts';

/** What deploys and what watches: CloudFormation, CodeDeploy, CodeBuild, CodePipeline, Amplify, logs, alarms. */
export const delivery: Services = {
  cloudformation: {
    options: {
      'stack-name': 'AWS::CloudFormation::Stack',
      's3-bucket': 'AWS::S3::Bucket',
      'role-arn': 'AWS::IAM::Role',
      'stack-set-name': 'AWS::CloudFormation::StackSet',
    },
    verbs: {
      package: 'requires',
      'create-change-set': 'creates',
      'execute-change-set': 'requires',
      'delete-change-set': 'requires',
    },
    subjects: { deploy: 'AWS::CloudFormation::Stack', 'change-set': 'AWS::CloudFormation::Stack' },
    named: (call, found) =>
      found.map((one) => deployedFrom(one, lastValue(call, 'template-file', 'template-body'))),
  },
  deploy: {
    options: {
      'application-name': 'AWS::CodeDeploy::Application',
      'deployment-group-name': 'AWS::CodeDeploy::DeploymentGroup',
      'service-role-arn': 'AWS::IAM::Role',
    },
    verbs: { push: 'requires' },
    scopes: { 'AWS::CodeDeploy::DeploymentGroup': 'application-name' },
    named: (_, found) =>
      relate(found, 'AWS::CodeDeploy::DeploymentGroup', 'part-of', 'AWS::CodeDeploy::Application'),
  },
  codebuild: {
    options: {
      'project-name': 'AWS::CodeBuild::Project',
      names: [[/projects$/, 'AWS::CodeBuild::Project']],
      name: [[/-project$/, 'AWS::CodeBuild::Project']],
    },
  },
  codepipeline: {
    options: {
      name: [[/pipeline/, 'AWS::CodePipeline::Pipeline']],
      'pipeline-name': 'AWS::CodePipeline::Pipeline',
    },
  },
  amplify: {
    options: { 'app-id': 'AWS::Amplify::App' },
    verbs: { 'create-deployment': 'requires', 'create-branch': 'requires' },
  },
  codeartifact: {
    options: { domain: 'AWS::CodeArtifact::Domain', repository: 'AWS::CodeArtifact::Repository' },
  },
  codecommit: { options: { 'repository-name': 'AWS::CodeCommit::Repository' } },
  logs: {
    options: {
      'log-group-name': 'AWS::Logs::LogGroup',
      'log-group-names': 'AWS::Logs::LogGroup',
      'log-group-identifier': 'AWS::Logs::LogGroup',
      'log-group-identifiers': 'AWS::Logs::LogGroup',
    },
    // `logs tail GROUP`
    named: (call, found) =>
      call.operation === 'logs tail'
        ? [
            ...found,
            ...call.words.slice(0, 1).map((name) => ({ kind: 'AWS::Logs::LogGroup', name }) as const),
          ]
        : found,
  },
  cloudwatch: {
    options: {
      'alarm-name': 'AWS::CloudWatch::Alarm',
      'alarm-names': 'AWS::CloudWatch::Alarm',
      'dashboard-name': 'AWS::CloudWatch::Dashboard',
    },
    subjects: { 'metric-alarm': 'AWS::CloudWatch::Alarm', alarm: 'AWS::CloudWatch::Alarm' },
  },
  synthetics: { options: { name: [[/canary/, 'AWS::Synthetics::Canary']] } },
  cloudtrail: {
    options: {
      name: 'AWS::CloudTrail::Trail',
      'trail-name': 'AWS::CloudTrail::Trail',
      's3-bucket-name': 'AWS::S3::Bucket',
    },
  },
  budgets: { options: { 'budget-name': 'AWS::Budgets::Budget' } },
  configservice: {
    options: {
      'config-rule-name': 'AWS::Config::ConfigRule',
      'config-rule-names': 'AWS::Config::ConfigRule',
    },
  },
  resourcegroupstaggingapi: {},
};
