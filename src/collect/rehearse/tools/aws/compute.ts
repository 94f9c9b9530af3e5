import { valuesOf } from '../options.ts';
import type { Named, ParsedCall } from '../tool.ts';
import { operationOf, type Services } from './service.ts';

const FILTERED: Readonly<Record<string, readonly [filter: string, kind: Named['kind']]>> = {
  'describe-security-groups': ['group-name', 'AWS::EC2::SecurityGroup'],
  'describe-instances': ['tag:Name', 'AWS::EC2::Instance'],
  'describe-vpcs': ['tag:Name', 'AWS::EC2::VPC'],
  'describe-subnets': ['tag:Name', 'AWS::EC2::Subnet'],
};

/** The name at the top of a structure given as JSON or in the shorthand of the AWS CLI. */
const inputNames = (call: Parameters<typeof valuesOf>[0], option: string): string[] =>
  valuesOf(call, option).flatMap(
    (value) =>
      /^\s{0,20}\{\s{0,20}"Name"\s{0,8}:\s{0,8}"([^"]{1,255})"|^Name=([^,\s]{1,255})/
        .exec(value)
        ?.slice(1)
        .find(Boolean) ?? [],
  );

/** What is looked for by name: `--filters Name=tag:Name,Values=web`. A pattern names nothing. */
function filteredFor(call: ParsedCall): Named[] {
  const [filter, kind] = FILTERED[operationOf(call)] ?? [];
  if (!filter || !kind) return [];
  return valuesOf(call, 'filters', 'filter').flatMap((text): Named[] => {
    const values = text.startsWith(`Name=${filter},Values=`)
      ? text.slice(`Name=${filter},Values=`.length)
      : '';
    return values
      .split(/,(?![^⟨]*⟩)/)
      .map((name) => name.replace(/^["']|["']$/g, ''))
      .filter((name) => name !== '' && !/[*?\s]/.test(name.replace(/⟨[^⟩]*⟩/g, '')))
      .map((name) => ({ kind, name, verb: 'uses' }));
  });
}

/** Functions, machines and platforms: Lambda, EC2, Auto Scaling, Elastic Beanstalk, Step Functions, Glue, SageMaker… */
export const compute: Services = {
  lambda: {
    options: {
      'function-name': 'AWS::Lambda::Function',
      'layer-name': 'AWS::Lambda::LayerVersion',
      role: 'AWS::IAM::Role',
      's3-bucket': 'AWS::S3::Bucket',
      'kms-key-arn': 'AWS::KMS::Key',
    },
    subjects: { 'layer-version': 'AWS::Lambda::LayerVersion' },
    named(call, found) {
      const groups = valuesOf(call, 'logging-config').flatMap(
        (value) => /(?:^|,)LogGroup=([^,\s]+)/.exec(value)?.[1] ?? [],
      );
      return [
        ...found,
        ...groups.map((name): Named => ({ kind: 'AWS::Logs::LogGroup', name, verb: 'uses' })),
      ];
    },
  },
  ec2: {
    options: {
      'instance-id': 'AWS::EC2::Instance',
      'instance-ids': 'AWS::EC2::Instance',
      'group-id': 'AWS::EC2::SecurityGroup',
      'group-ids': 'AWS::EC2::SecurityGroup',
      'group-name': [[/security-group/, 'AWS::EC2::SecurityGroup']],
      'group-names': [[/security-group/, 'AWS::EC2::SecurityGroup']],
      'security-group-ids': 'AWS::EC2::SecurityGroup',
      'subnet-id': 'AWS::EC2::Subnet',
      'subnet-ids': 'AWS::EC2::Subnet',
      'vpc-id': 'AWS::EC2::VPC',
      'vpc-ids': 'AWS::EC2::VPC',
      'volume-id': 'AWS::EC2::Volume',
      'volume-ids': 'AWS::EC2::Volume',
      'route-table-id': 'AWS::EC2::RouteTable',
      'route-table-ids': 'AWS::EC2::RouteTable',
      'nat-gateway-id': 'AWS::EC2::NatGateway',
      'nat-gateway-ids': 'AWS::EC2::NatGateway',
      'internet-gateway-id': 'AWS::EC2::InternetGateway',
      'vpc-endpoint-ids': 'AWS::EC2::VPCEndpoint',
      'launch-template-name': 'AWS::EC2::LaunchTemplate',
      'key-name': 'AWS::EC2::KeyPair',
    },
    subjects: { vpc: 'AWS::EC2::VPC', 'vpc-endpoint': 'AWS::EC2::VPCEndpoint' },
    // ids that AWS gives: a text of another form is a variable's content gone wrong
    named: (call, found) => [
      ...found.filter(
        ({ kind, name }) =>
          !/::(?:Instance|Subnet|VPC|Volume|RouteTable|NatGateway|InternetGateway|VPCEndpoint)$/.test(kind) ||
          /^(?:i|subnet|vpc|vol|rtb|nat|igw|vpce)-[0-9a-f]{8,17}$/.test(name),
      ),
      ...filteredFor(call),
    ],
  },
  'ec2-instance-connect': { options: { 'instance-id': 'AWS::EC2::Instance' } },
  autoscaling: {
    options: {
      'auto-scaling-group-name': 'AWS::AutoScaling::AutoScalingGroup',
      'auto-scaling-group-names': 'AWS::AutoScaling::AutoScalingGroup',
      'launch-configuration-name': 'AWS::AutoScaling::LaunchConfiguration',
    },
  },
  elasticbeanstalk: {
    options: {
      'application-name': 'AWS::ElasticBeanstalk::Application',
      'application-names': 'AWS::ElasticBeanstalk::Application',
      'environment-name': 'AWS::ElasticBeanstalk::Environment',
      'environment-names': 'AWS::ElasticBeanstalk::Environment',
    },
    verbs: { 'create-application-version': 'requires', 'delete-application-version': 'requires' },
    // `--source-bundle S3Bucket=b,S3Key=k`
    named: (call, found) => [
      ...found,
      ...valuesOf(call, 'source-bundle')
        .flatMap((value) => /(?:^|[,{\s"])S3Bucket"?\s*[=:]\s*"?([^,"\s}]+)/.exec(value)?.[1] ?? [])
        .map((name) => ({ kind: 'AWS::S3::Bucket', name }) as const),
    ],
  },
  stepfunctions: {
    options: {
      'state-machine-arn': 'AWS::StepFunctions::StateMachine',
      name: [[/^create-state-machine$/, 'AWS::StepFunctions::StateMachine']],
    },
  },
  glue: {
    options: {
      'job-name': 'AWS::Glue::Job',
      'database-name': 'AWS::Glue::Database',
      name: [
        [
          /^start-crawler$|^get-crawler$|^update-crawler$|^create-crawler$|^delete-crawler$/,
          'AWS::Glue::Crawler',
        ],
        [/^create-job$/, 'AWS::Glue::Job'],
        [/^get-database$|^update-database$|^delete-database$/, 'AWS::Glue::Database'],
        [/^get-table$|^delete-table$|^get-partitions$/, 'AWS::Glue::Table'],
      ],
      role: 'AWS::IAM::Role',
    },
    // `--database-input '{"Name": "sales"}'`, or `Name=sales`
    named: (call, found) => [
      ...found,
      ...inputNames(call, 'database-input').map((name) => ({ kind: 'AWS::Glue::Database', name }) as const),
      ...inputNames(call, 'table-input').map((name) => ({ kind: 'AWS::Glue::Table', name }) as const),
    ],
  },
  sagemaker: {
    options: {
      'endpoint-name': 'AWS::SageMaker::Endpoint',
      'endpoint-config-name': 'AWS::SageMaker::EndpointConfig',
      'model-name': 'AWS::SageMaker::Model',
    },
  },
  'sagemaker-runtime': { options: { 'endpoint-name': 'AWS::SageMaker::Endpoint' } },
  athena: {
    options: {
      'work-group': 'AWS::Athena::WorkGroup',
      name: [[/^create-work-group$/, 'AWS::Athena::WorkGroup']],
    },
  },
  'emr-serverless': { options: { 'execution-role-arn': 'AWS::IAM::Role' } },
  imagebuilder: {},
  bedrock: { options: { 'role-arn': 'AWS::IAM::Role' } },
  'bedrock-agent': { options: { 'agent-name': 'AWS::Bedrock::Agent' } },
  'bedrock-runtime': {},
};
