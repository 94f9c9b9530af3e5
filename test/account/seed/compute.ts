import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { CreateClusterCommand as CreateEksClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import {
  CreateApplicationCommand,
  CreateEnvironmentCommand,
  ElasticBeanstalkClient,
} from '@aws-sdk/client-elastic-beanstalk';
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateModelCommand,
  CreateNotebookInstanceCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { type Seeder, TWO } from './send.ts';

/** An archive with one empty file, as a function's code has to be one. */
const ZIP = Buffer.from(
  'UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAAIAAAAaW5kZXgucHlQSwECHgMKAAAAAAAAACEAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAApIEAAAAAaW5kZXgucHlQSwUGAAAAAAEAAQA2AAAAJgAAAAAA',
  'base64',
);
const MANIFEST = (tag: string) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: 1,
      digest: `sha256:${tag.padEnd(64, '0')}`,
    },
    layers: [],
  });

/** Containers, functions, builds. `role` is one that exists, `queue` what calls a function, `subnet` where machines are. */
export async function seedCompute(
  seed: Seeder,
  { role, queue, subnet }: { role: string; queue: string; subnet: string },
): Promise<void> {
  const ecs = seed.client(ECSClient);
  const ecr = seed.client(ECRClient);
  const lambda = seed.client(LambdaClient);
  for (const name of TWO) {
    await seed.send(ecs, CreateClusterCommand, { clusterName: name });
    await seed.send(ecs, RegisterTaskDefinitionCommand, {
      family: `api-${name}`,
      networkMode: 'awsvpc' as const,
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'api', image: 'nginx:1' }],
    });
    await seed.send(ecs, CreateServiceCommand, {
      cluster: name,
      serviceName: `api-${name}`,
      taskDefinition: `api-${name}`,
      desiredCount: 1,
    });
    await seed.send(ecr, CreateRepositoryCommand, { repositoryName: `images/${name}` });
    await seed.send(ecr, PutImageCommand, {
      repositoryName: `images/${name}`,
      imageTag: 'v1',
      imageManifest: MANIFEST('1'),
    });
    await seed.send(lambda, CreateFunctionCommand, {
      FunctionName: `resize-${name}`,
      Runtime: 'python3.13' as const,
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile: ZIP },
    });
    await seed.send(seed.client(SFNClient), CreateStateMachineCommand, {
      name: `flow-${name}`,
      roleArn: role,
      definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }),
    });
    await seed.send(seed.client(EKSClient), CreateEksClusterCommand, {
      name: `kube-${name}`,
      roleArn: role,
      resourcesVpcConfig: { subnetIds: [subnet] },
    });
    await seed.send(seed.client(CodeBuildClient), CreateProjectCommand, {
      name: `build-${name}`,
      source: { type: 'GITHUB' as const, location: 'https://github.com/quay/orders' },
      artifacts: { type: 'NO_ARTIFACTS' as const },
      environment: {
        type: 'LINUX_CONTAINER' as const,
        image: 'aws/codebuild/standard:7.0',
        computeType: 'BUILD_GENERAL1_SMALL' as const,
      },
      serviceRole: role,
    });
    await seed.send(seed.client(CloudFormationClient), CreateStackCommand, {
      StackName: `stack-${name}`,
      TemplateBody: JSON.stringify({
        Resources: { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: `of-stack-${name}` } } },
      }),
    });
    const beanstalk = seed.client(ElasticBeanstalkClient);
    await seed.send(beanstalk, CreateApplicationCommand, { ApplicationName: `shop-${name}` });
    await seed.send(beanstalk, CreateEnvironmentCommand, {
      ApplicationName: `shop-${name}`,
      EnvironmentName: `shop-${name}-env`,
      SolutionStackName: '64bit Amazon Linux 2018.03 v2.9.8 running Python 3.6',
    });
    const scaling = seed.client(AutoScalingClient);
    await seed.send(scaling, CreateLaunchConfigurationCommand, {
      LaunchConfigurationName: `launch-${name}`,
      ImageId: 'ami-12c6146b',
      InstanceType: 't3.micro',
    });
    await seed.send(scaling, CreateAutoScalingGroupCommand, {
      AutoScalingGroupName: `group-${name}`,
      LaunchConfigurationName: `launch-${name}`,
      MinSize: 0,
      MaxSize: 1,
      VPCZoneIdentifier: subnet,
    });
    const sagemaker = seed.client(SageMakerClient);
    await seed.send(sagemaker, CreateModelCommand, { ModelName: `model-${name}`, ExecutionRoleArn: role });
    await seed.send(sagemaker, CreateNotebookInstanceCommand, {
      NotebookInstanceName: `notebook-${name}`,
      InstanceType: 'ml.t3.medium' as const,
      RoleArn: role,
    });
  }
  await seed.send(lambda, CreateEventSourceMappingCommand, {
    FunctionName: 'resize-one',
    EventSourceArn: queue,
  });
}
