import { aws, eachNamePrinted, lastPart, listing, oneByOne, plainListing, word } from './aws.ts';
import { anyCase, anyOrder, asText, asWritten, kubernetesVersion, taskSize } from './compared.ts';
import type { Verification } from './kind.ts';

const arnPart = (name: string, index: number) =>
  name.startsWith('arn:') ? (name.split(':').slice(5).join(':').split('/')[index] ?? name) : name;

const regionOption = (region: string | undefined) => (region ? ` --region ${region}` : '');
const SERVICES_SHOWN = {
  fr: 'chaque service est `ACTIVE`, avec autant de tâches en cours que voulues, et la liste `absent` est vide',
  en: 'each service is `ACTIVE`, runs as many tasks as desired, and the list `absent` is empty',
};

/** DescribeServices takes 10 services a call. */
const tens = (names: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(names.length / 10) }, (_, i) => names.slice(i * 10, i * 10 + 10));

function inCluster(names: string[], cluster: string, region: string | undefined): Verification {
  const query =
    "--query '{services: services[].[serviceName, status, desiredCount, runningCount], absent: failures[].arn}'";
  return {
    command: tens(names)
      .map(
        (part) =>
          `aws ecs describe-services${regionOption(region)} --cluster ${word(cluster)} --services ${part.map(word).join(' ')} ${query}`,
      )
      .join('\n'),
    expected: SERVICES_SHOWN,
  };
}

/** No source names the cluster: every one is asked. */
function inEveryCluster(names: string[], region: string | undefined): Verification {
  const at = regionOption(region);
  const query =
    "--query 'services[].[clusterArn, serviceName, status, desiredCount, runningCount]' --output text";
  const asked = tens(names).map(
    (part) =>
      `  aws ecs describe-services${at} --cluster "$cluster" --services ${part.map(word).join(' ')} ${query}`,
  );
  return {
    command: `for cluster in $(aws ecs list-clusters${at} --query 'clusterArns[]' --output text); do\n${asked.join('\n')}\ndone`,
    expected: eachNamePrinted(names),
  };
}

/** Containers, functions and machines. Commands and limits: AWS CLI v2 reference. */
export const kinds = [
  aws('AWS::ECS::Cluster', 'cluster ECS', 'ECS cluster', {
    domain: 'compute',
    verify: (names, { region }) => ({
      command: `aws ecs describe-clusters${regionOption(region)} --clusters ${names.map(word).join(' ')} --query '{clusters: clusters[].[clusterName, status], absent: failures[].arn}'`,
      expected: {
        fr: 'chaque cluster est `ACTIVE` et la liste `absent` est vide',
        en: 'each cluster is `ACTIVE` and the list `absent` is empty',
      },
    }),
  }),
  aws('AWS::ECS::Service', 'service ECS', 'ECS service', {
    domain: 'compute',
    compared: { launchType: anyCase, schedulingStrategy: anyCase },
    scoped: true,
    verify: (names, { region, scope }) =>
      scope === undefined ? inEveryCluster(names, region) : inCluster(names, scope, region),
  }),
  aws('AWS::ECS::TaskDefinition', 'définition de tâche ECS', 'ECS task definition', {
    domain: 'compute',
    // a family holds no colon: what follows one is a revision, or a word that stands for it
    normalise: (name) => arnPart(name, 1).replace(/:[^:]*$/, ''),
    compared: { containerPorts: anyOrder, cpu: taskSize, memory: taskSize, networkMode: anyCase },
    verify: plainListing('ecs list-task-definition-families --status ACTIVE', 'families'),
  }),
  aws('AWS::ECS::CapacityProvider', 'fournisseur de capacité ECS', 'ECS capacity provider', {
    domain: 'compute',
    verify: listing('ecs describe-capacity-providers', 'capacityProviders', 'name'),
  }),
  aws('AWS::ECR::Repository', 'dépôt ECR', 'ECR repository', {
    domain: 'images',
    normalise: (name) => (name.startsWith('arn:') ? name.replace(/^.*:repository\//, '') : name),
    compared: { imageTagMutability: anyCase },
    verify: listing('ecr describe-repositories', 'repositories', 'repositoryName'),
  }),
  aws('AWS::ECR::PublicRepository', 'dépôt ECR public', 'public ECR repository', {
    domain: 'images',
    global: true,
    verify: (names) =>
      listing(
        'ecr-public describe-repositories',
        'repositories',
        'repositoryName',
      )(names, {
        region: 'us-east-1',
      }),
  }),
  aws('AWS::Lambda::Function', 'fonction Lambda', 'Lambda function', {
    domain: 'compute',
    compared: {
      runtime: asWritten,
      handler: asWritten,
      memorySize: asText,
      timeout: asText,
      packageType: asWritten,
      architectures: anyOrder,
    },
    normalise: (name) =>
      name.startsWith('arn:') ? (name.split(':')[6] ?? name) : (name.split(':')[0] ?? name),
    verify: listing('lambda list-functions', 'Functions', 'FunctionName', ['Runtime', 'LastModified']),
  }),
  aws('AWS::EC2::Instance', 'instance EC2', 'EC2 instance', {
    domain: 'compute',
    compared: { instanceType: asWritten, imageId: asWritten },
    verify: (names, { region }) => ({
      command: `aws ec2 describe-instances${regionOption(region)} --filters Name=${names.every((n) => n.startsWith('i-')) ? 'instance-id' : 'tag:Name'},Values=${word(names.join(','))} --query 'Reservations[].Instances[].[InstanceId, State.Name]' --output text`,
      expected: { fr: 'chaque instance est affichée, `running`', en: 'each instance is printed, `running`' },
    }),
  }),
  aws('AWS::AutoScaling::AutoScalingGroup', 'groupe Auto Scaling', 'Auto Scaling group', {
    domain: 'compute',
    verify: listing('autoscaling describe-auto-scaling-groups', 'AutoScalingGroups', 'AutoScalingGroupName'),
  }),
  aws('AWS::EKS::Cluster', 'cluster EKS', 'EKS cluster', {
    domain: 'compute',
    normalise: (name) => arnPart(name, 1),
    compared: { version: kubernetesVersion },
    verify: plainListing('eks list-clusters', 'clusters'),
  }),
  aws('AWS::EKS::Nodegroup', 'groupe de nœuds EKS', 'EKS node group', {
    domain: 'compute',
    scoped: true,
    // nodegroup/CLUSTER/NAME/ID
    normalise: (name) => arnPart(name, 2),
    compared: { capacityType: anyCase },
    verify: (names, { region, scope }) =>
      plainListing(`eks list-nodegroups --cluster-name ${word(scope ?? '')}`, 'nodegroups')(names, {
        ...(region && { region }),
      }),
  }),
  aws('AWS::AppRunner::Service', 'service App Runner', 'App Runner service', {
    domain: 'compute',
    normalise: (name) => arnPart(name, 1),
    verify: listing('apprunner list-services', 'ServiceSummaryList', 'ServiceName', ['Status']),
  }),
  aws('AWS::Batch::ComputeEnvironment', 'environnement de calcul Batch', 'Batch compute environment', {
    domain: 'compute',
    verify: listing('batch describe-compute-environments', 'computeEnvironments', 'computeEnvironmentName', [
      'status',
    ]),
  }),
  aws('AWS::Batch::JobQueue', 'file de travaux Batch', 'Batch job queue', {
    domain: 'compute',
    verify: listing('batch describe-job-queues', 'jobQueues', 'jobQueueName', ['status']),
  }),
  aws('AWS::Batch::JobDefinition', 'définition de travail Batch', 'Batch job definition', {
    domain: 'compute',
    verify: listing('batch describe-job-definitions --status ACTIVE', 'jobDefinitions', 'jobDefinitionName'),
  }),
  aws(
    'AWS::ElasticBeanstalk::Application',
    'application Elastic Beanstalk',
    'Elastic Beanstalk application',
    {
      domain: 'compute',
      verify: listing('elasticbeanstalk describe-applications', 'Applications', 'ApplicationName'),
    },
  ),
  aws(
    'AWS::ElasticBeanstalk::Environment',
    'environnement Elastic Beanstalk',
    'Elastic Beanstalk environment',
    {
      domain: 'compute',
      verify: listing('elasticbeanstalk describe-environments', 'Environments', 'EnvironmentName', [
        'Status',
        'Health',
      ]),
    },
  ),
  aws('AWS::StepFunctions::StateMachine', 'machine à états Step Functions', 'Step Functions state machine', {
    domain: 'compute',
    compared: { type: anyCase },
    verify: listing('stepfunctions list-state-machines', 'stateMachines', 'name'),
  }),
  aws('AWS::Amplify::App', 'application Amplify', 'Amplify app', {
    domain: 'compute',
    verify: oneByOne((name) => `aws amplify get-app --app-id ${name} --query app.name`),
  }),
  aws('AWS::CodeBuild::Project', 'projet CodeBuild', 'CodeBuild project', {
    domain: 'delivery',
    verify: plainListing('codebuild list-projects', 'projects'),
  }),
  aws('AWS::CodePipeline::Pipeline', 'pipeline CodePipeline', 'CodePipeline pipeline', {
    domain: 'delivery',
    verify: listing('codepipeline list-pipelines', 'pipelines', 'name'),
  }),
  aws('AWS::CodeDeploy::Application', 'application CodeDeploy', 'CodeDeploy application', {
    domain: 'delivery',
    verify: plainListing('deploy list-applications', 'applications'),
  }),
  aws('AWS::CodeDeploy::DeploymentGroup', 'groupe de déploiement CodeDeploy', 'CodeDeploy deployment group', {
    domain: 'delivery',
    scoped: true,
    verify: (names, { region, scope }) =>
      plainListing(
        `deploy list-deployment-groups --application-name ${word(scope ?? '')}`,
        'deploymentGroups',
      )(names, { ...(region && { region }) }),
  }),
  aws('AWS::CloudFormation::Stack', 'pile CloudFormation', 'CloudFormation stack', {
    domain: 'delivery',
    normalise: (name) => arnPart(name, 1),
    verify: listing('cloudformation describe-stacks', 'Stacks', 'StackName', ['StackStatus']),
  }),
].map((kind) => ({ ...kind, normalise: kind.normalise ?? lastPart }));
