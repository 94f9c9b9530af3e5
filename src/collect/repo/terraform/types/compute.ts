import type { SettingMapping, TypeMapping } from './mapping.ts';

/** Containers, functions and machines. Terraform AWS provider documentation, by resource type. */
export const types: Record<string, TypeMapping> = {
  aws_ecs_cluster: { kind: 'AWS::ECS::Cluster', name: ['name', 'cluster_name'] },
  aws_ecs_service: {
    kind: 'AWS::ECS::Service',
    name: ['name', 'service_name'],
    scope: ['cluster', 'AWS::ECS::Cluster'],
    properties: {
      desiredCount: 'desired_count',
      launchType: 'launch_type',
      platformVersion: 'platform_version',
      schedulingStrategy: 'scheduling_strategy',
      enableExecuteCommand: 'enable_execute_command',
      deploymentController: 'deployment_controller.type',
      healthCheckGracePeriodSeconds: 'health_check_grace_period_seconds',
    },
    relations: [
      ['cluster', 'runs-in', 'AWS::ECS::Cluster'],
      ['cluster_arn', 'runs-in', 'AWS::ECS::Cluster'],
      ['task_definition', 'uses', 'AWS::ECS::TaskDefinition'],
      ['load_balancer.target_group_arn', 'registers-in'],
      ['network_configuration.subnets', 'runs-in'],
      ['network_configuration.security_groups', 'uses'],
      ['service_registries.registry_arn', 'registers-in'],
    ],
  },
  aws_ecs_task_definition: {
    kind: 'AWS::ECS::TaskDefinition',
    name: ['family', 'task_definition'],
    idIsName: true,
    properties: {
      cpu: 'cpu',
      memory: 'memory',
      networkMode: 'network_mode',
      requiresCompatibilities: 'requires_compatibilities',
    },
    relations: [
      ['task_role_arn', 'assumes', 'AWS::IAM::Role'],
      ['execution_role_arn', 'assumes', 'AWS::IAM::Role'],
      ['volume.efs_volume_configuration.file_system_id', 'mounts'],
    ],
    holds: 'containers',
  },
  aws_ecs_capacity_provider: { kind: 'AWS::ECS::CapacityProvider', name: ['name'] },
  aws_ecr_repository: {
    kind: 'AWS::ECR::Repository',
    name: ['name'],
    idIsName: true,
    properties: { imageTagMutability: 'image_tag_mutability' },
    relations: [['encryption_configuration.kms_key', 'uses']],
  },
  aws_ecrpublic_repository: { kind: 'AWS::ECR::PublicRepository', name: ['repository_name'], idIsName: true },
  aws_lambda_function: {
    kind: 'AWS::Lambda::Function',
    name: ['function_name'],
    idIsName: true,
    properties: {
      runtime: 'runtime',
      handler: 'handler',
      timeout: 'timeout',
      memorySize: 'memory_size',
      packageType: 'package_type',
      architectures: 'architectures',
    },
    relations: [
      ['role', 'assumes', 'AWS::IAM::Role'],
      ['vpc_config.subnet_ids', 'runs-in'],
      ['vpc_config.security_group_ids', 'uses'],
      ['dead_letter_config.target_arn', 'uses'],
      ['logging_config.log_group', 'logs-to', 'AWS::Logs::LogGroup'],
      ['s3_bucket', 'uses', 'AWS::S3::Bucket'],
    ],
    holds: 'image',
  },
  aws_instance: {
    kind: 'AWS::EC2::Instance',
    name: ['tags.Name'],
    properties: { instanceType: 'instance_type', imageId: 'ami' },
    relations: [
      ['subnet_id', 'runs-in'],
      ['vpc_security_group_ids', 'uses'],
    ],
  },
  aws_autoscaling_group: {
    kind: 'AWS::AutoScaling::AutoScalingGroup',
    name: ['name'],
    prefix: 'name_prefix',
    idIsName: true,
    properties: { minSize: 'min_size', maxSize: 'max_size', desiredCapacity: 'desired_capacity' },
    relations: [
      ['vpc_zone_identifier', 'runs-in'],
      ['target_group_arns', 'registers-in'],
    ],
  },
  aws_eks_cluster: {
    kind: 'AWS::EKS::Cluster',
    name: ['name'],
    idIsName: true,
    properties: { version: 'version' },
    relations: [
      ['role_arn', 'assumes', 'AWS::IAM::Role'],
      ['vpc_config.subnet_ids', 'runs-in'],
    ],
  },
  aws_eks_node_group: {
    kind: 'AWS::EKS::Nodegroup',
    name: ['node_group_name'],
    prefix: 'node_group_name_prefix',
    scope: ['cluster_name', 'AWS::EKS::Cluster'],
    properties: { capacityType: 'capacity_type' },
    relations: [['cluster_name', 'part-of', 'AWS::EKS::Cluster']],
  },
  aws_launch_template: { kind: 'AWS::EC2::LaunchTemplate', name: ['name'], prefix: 'name_prefix' },
  aws_apprunner_service: {
    kind: 'AWS::AppRunner::Service',
    name: ['service_name'],
    relations: [
      ['instance_configuration.instance_role_arn', 'assumes', 'AWS::IAM::Role'],
      ['source_configuration.authentication_configuration.access_role_arn', 'assumes', 'AWS::IAM::Role'],
    ],
    holds: 'image',
  },
  aws_batch_compute_environment: {
    kind: 'AWS::Batch::ComputeEnvironment',
    name: ['compute_environment_name', 'name'],
    prefix: 'compute_environment_name_prefix',
  },
  aws_batch_job_queue: { kind: 'AWS::Batch::JobQueue', name: ['name'] },
  aws_batch_job_definition: { kind: 'AWS::Batch::JobDefinition', name: ['name'] },
  aws_elastic_beanstalk_application: {
    kind: 'AWS::ElasticBeanstalk::Application',
    name: ['name'],
    idIsName: true,
  },
  aws_elastic_beanstalk_environment: {
    kind: 'AWS::ElasticBeanstalk::Environment',
    name: ['name'],
    relations: [['application', 'part-of', 'AWS::ElasticBeanstalk::Application']],
  },
  aws_sfn_state_machine: {
    kind: 'AWS::StepFunctions::StateMachine',
    name: ['name'],
    prefix: 'name_prefix',
    properties: { type: 'type' },
    relations: [['role_arn', 'assumes', 'AWS::IAM::Role']],
  },
  aws_amplify_app: { kind: 'AWS::Amplify::App', properties: { name: 'name', platform: 'platform' } },
  aws_glue_job: {
    kind: 'AWS::Glue::Job',
    name: ['name'],
    idIsName: true,
    relations: [['role_arn', 'assumes', 'AWS::IAM::Role']],
  },
  aws_sagemaker_endpoint: { kind: 'AWS::SageMaker::Endpoint', name: ['name'], idIsName: true },
  aws_codebuild_project: {
    kind: 'AWS::CodeBuild::Project',
    name: ['name'],
    relations: [['service_role', 'assumes', 'AWS::IAM::Role']],
  },
  aws_codepipeline: {
    kind: 'AWS::CodePipeline::Pipeline',
    name: ['name'],
    idIsName: true,
    relations: [
      ['role_arn', 'assumes', 'AWS::IAM::Role'],
      ['artifact_store.location', 'uses', 'AWS::S3::Bucket'],
    ],
  },
  aws_codedeploy_app: { kind: 'AWS::CodeDeploy::Application', name: ['name'] },
  aws_codedeploy_deployment_group: {
    kind: 'AWS::CodeDeploy::DeploymentGroup',
    name: ['deployment_group_name'],
    scope: ['app_name', 'AWS::CodeDeploy::Application'],
    relations: [['service_role_arn', 'assumes', 'AWS::IAM::Role']],
  },
  aws_cloudformation_stack: { kind: 'AWS::CloudFormation::Stack', name: ['name'] },
};

export const settings: Record<string, SettingMapping> = {
  aws_lambda_event_source_mapping: {
    of: 'function_name',
    kind: 'AWS::Lambda::Function',
    relations: [['event_source_arn', 'reads']],
  },
  aws_ecr_lifecycle_policy: { of: 'repository', kind: 'AWS::ECR::Repository' },
};
