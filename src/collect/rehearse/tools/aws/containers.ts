import { imageNamed } from '../image-names.ts';
import { listed, valuesOf } from '../options.ts';
import type { Named, ParsedCall } from '../tool.ts';
import { readAwsName } from './names.ts';
import { operationOf, relate, type Services } from './service.ts';

/** The images, log groups, roles and secrets that {@link recordTaskDefinition} read out of a task definition. */
function taskDefinitionParts(call: ParsedCall): Named[] {
  const of = (kind: Named['kind'], key: string): Named[] =>
    valuesOf(call, key).flatMap((value) => {
      const read = readAwsName(kind, value);
      return read ? [{ kind, ...read, verb: 'uses' as const }] : [];
    });
  return [
    ...listed(valuesOf(call, 'images', 'image')).flatMap((image) => imageNamed(image, 'uses')),
    ...of('AWS::Logs::LogGroup', 'log-groups'),
    ...of('AWS::IAM::Role', 'roles'),
    ...of('AWS::SecretsManager::Secret', 'secrets'),
    ...of('AWS::SSM::Parameter', 'parameters'),
  ];
}

/** The clusters that stand in the ARNs of services: `arn:aws:ecs:…:service/CLUSTER/SERVICE`. */
function clustersOf(found: readonly Named[]): Named[] {
  const named = new Set(found.flatMap(({ kind, name }) => (kind === 'AWS::ECS::Cluster' ? [name] : [])));
  return found.flatMap(({ kind, scope, account, region }): Named[] => {
    if (kind !== 'AWS::ECS::Service' || scope === undefined || named.has(scope)) return [];
    named.add(scope);
    return [
      {
        kind: 'AWS::ECS::Cluster',
        name: scope,
        verb: 'requires',
        ...(account !== undefined && { account }),
        ...(region !== undefined && { region }),
      },
    ];
  });
}

/** `awsvpcConfiguration={subnets=[subnet-…],securityGroups=[sg-…]}`, in its short form or as JSON. */
const networkOf = (call: ParsedCall): Named[] =>
  valuesOf(call, 'network-configuration').flatMap((text): Named[] =>
    [...text.slice(0, 4_000).matchAll(/\b(subnet|sg)-[0-9a-f]{8}(?:[0-9a-f]{9})?\b/g)].map(
      ([name, type]) => ({
        kind: type === 'sg' ? 'AWS::EC2::SecurityGroup' : 'AWS::EC2::Subnet',
        name,
        verb: 'uses',
      }),
    ),
  );

/** Containers: ECS, ECR, EKS, App Runner, Batch, Cloud Map. */
export const containers: Services = {
  ecs: {
    options: {
      cluster: 'AWS::ECS::Cluster',
      clusters: 'AWS::ECS::Cluster',
      'cluster-name': 'AWS::ECS::Cluster',
      service: 'AWS::ECS::Service',
      services: 'AWS::ECS::Service',
      'service-name': 'AWS::ECS::Service',
      family: 'AWS::ECS::TaskDefinition',
      'family-prefix': [[/^list-task-definitions$/, 'AWS::ECS::TaskDefinition']],
      'task-definition': 'AWS::ECS::TaskDefinition',
      'task-definitions': 'AWS::ECS::TaskDefinition',
      'codedeploy-application': 'AWS::CodeDeploy::Application',
      'codedeploy-deployment-group': 'AWS::CodeDeploy::DeploymentGroup',
      'task-role-arn': 'AWS::IAM::Role',
      'execution-role-arn': 'AWS::IAM::Role',
      'capacity-providers': 'AWS::ECS::CapacityProvider',
    },
    scopes: { 'AWS::ECS::Service': 'cluster' },
    verbs: { deploy: 'requires' },
    named(call, found) {
      const operation = operationOf(call);
      const withParts = /^(?:register|render)-task-definition$/.test(operation)
        ? [...found, ...taskDefinitionParts(call)]
        : found;
      const own = withParts.filter(
        ({ kind, name }) => kind !== 'AWS::ECS::CapacityProvider' || !/^FARGATE(?:_SPOT)?$/.test(name),
      );
      const related = relate(
        [...own, ...clustersOf(own), ...networkOf(call)],
        'AWS::ECS::Service',
        'runs-in',
        'AWS::ECS::Cluster',
      );
      const running = relate(
        related,
        'AWS::ECS::Service',
        'uses-task-definition',
        'AWS::ECS::TaskDefinition',
      );
      const imaged = relate(running, 'AWS::ECS::TaskDefinition', 'uses-image', 'Docker::Image');
      const logged = relate(imaged, 'AWS::ECS::TaskDefinition', 'logs-to', 'AWS::Logs::LogGroup');
      return relate(logged, 'AWS::ECS::TaskDefinition', 'assumes', 'AWS::IAM::Role');
    },
  },
  ecr: {
    options: { 'repository-name': 'AWS::ECR::Repository', 'repository-names': 'AWS::ECR::Repository' },
    named: (call, found) =>
      found.map((named) => {
        const account = valuesOf(call, 'registry-id').find((id) => /^\d{12}$/.test(id));
        return account && named.kind === 'AWS::ECR::Repository' ? { ...named, account } : named;
      }),
  },
  'ecr-public': {
    options: {
      'repository-name': 'AWS::ECR::PublicRepository',
      'repository-names': 'AWS::ECR::PublicRepository',
    },
    subjects: { repository: 'AWS::ECR::PublicRepository' },
  },
  eks: {
    options: {
      name: [
        [/^(?:describe|create|delete|update|wait|get|list)[\w-]*(?: cluster[\w-]*)?$/, 'AWS::EKS::Cluster'],
      ],
      'cluster-name': 'AWS::EKS::Cluster',
      'nodegroup-name': 'AWS::EKS::Nodegroup',
      'node-role': 'AWS::IAM::Role',
      'role-arn': 'AWS::IAM::Role',
    },
    verbs: { 'update-kubeconfig': 'requires' },
    named: (_, found) => relate(found, 'AWS::EKS::Nodegroup', 'runs-in', 'AWS::EKS::Cluster'),
  },
  apprunner: {
    options: {
      'service-arn': 'AWS::AppRunner::Service',
      'service-name': 'AWS::AppRunner::Service',
      'auto-scaling-configuration-name': 'AWS::AppRunner::AutoScalingConfiguration',
    },
    subjects: { 'auto-scaling-configuration': 'AWS::AppRunner::AutoScalingConfiguration' },
  },
  batch: {
    options: {
      'job-queue': 'AWS::Batch::JobQueue',
      'job-queues': 'AWS::Batch::JobQueue',
      'job-queue-name': 'AWS::Batch::JobQueue',
      'job-definition': 'AWS::Batch::JobDefinition',
      'job-definitions': 'AWS::Batch::JobDefinition',
      'job-definition-name': 'AWS::Batch::JobDefinition',
      'compute-environment': 'AWS::Batch::ComputeEnvironment',
      'compute-environments': 'AWS::Batch::ComputeEnvironment',
      'compute-environment-name': 'AWS::Batch::ComputeEnvironment',
    },
  },
  servicediscovery: {
    options: {
      name: [
        [/^(?:create|get|delete|update)-service$/, 'AWS::ServiceDiscovery::Service'],
        [/^create-private-dns-namespace$/, 'AWS::ServiceDiscovery::PrivateDnsNamespace'],
      ],
      'service-name': 'AWS::ServiceDiscovery::Service',
    },
  },
  'application-autoscaling': {
    // `service/<cluster>/<service>`, `table/<table>`
    named: (call, found) => [
      ...found,
      ...valuesOf(call, 'resource-id', 'resource-ids').flatMap((id): Named[] => {
        const [type, first = '', second = ''] = id.split('/');
        if (type === 'service' && first && second)
          return [
            {
              kind: 'AWS::ECS::Service',
              name: second,
              scope: first,
              relations: [{ type: 'runs-in', to: { kind: 'AWS::ECS::Cluster', name: first } }],
            },
            { kind: 'AWS::ECS::Cluster', name: first },
          ];
        if (type === 'table' && first) return [{ kind: 'AWS::DynamoDB::Table', name: first }];
        return type === 'function' && first
          ? [{ kind: 'AWS::Lambda::Function', name: first.split(':')[0] ?? first }]
          : [];
      }),
    ],
    verbs: { 'register-scalable-target': 'requires', 'deregister-scalable-target': 'requires' },
  },
};
