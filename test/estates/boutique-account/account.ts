import { CloudWatchLogsClient, CreateLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateVpcCommand, CreateSubnetCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateClusterCommand, CreateServiceCommand, ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Seeder } from '../../account/seed/send.ts';
import type { AwsProxy } from '../../aws/proxy.ts';

/** The account that the boutique's files name, and the region in which they say that it is. */
export const ACCOUNT = '704112358132';
export const REGION = 'eu-west-3';
/** Reads that the auditor is not allowed. */
export const DENIED = ['rds:DescribeDBInstances', 'secretsmanager:ListSecrets'];

const GITHUB = 'token.actions.githubusercontent.com';
const trust = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const allow = (Action: string[]) => trust({ Effect: 'Allow', Action, Resource: '*' });

/**
 * The boutique as it runs: dev is whole, staging and prod were never made, the importer's registry is missing, a log
 * group keeps its lines for ever, and three resources are in no file.
 */
export async function fill(endpoint: string): Promise<void> {
  const seed = new Seeder(endpoint, REGION);
  const iam = seed.client(IAMClient);
  await seed.send(iam, CreateOpenIDConnectProviderCommand, {
    Url: `https://${GITHUB}`,
    ThumbprintList: ['0'.repeat(40)],
    ClientIDList: ['sts.amazonaws.com'],
  });
  await seed.send(iam, CreateRoleCommand, {
    RoleName: 'boutique-deploy',
    AssumeRolePolicyDocument: trust({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { [`${GITHUB}:sub`]: 'repo:quai/boutique:*' } },
    }),
  });
  await seed.send(iam, PutRolePolicyCommand, {
    RoleName: 'boutique-deploy',
    PolicyName: 'deploy',
    PolicyDocument: allow(['ecs:*', 'ecr:*', 'iam:PassRole']),
  });
  for (const RoleName of ['boutique-execution', 'catalogue-task'])
    await seed.send(iam, CreateRoleCommand, {
      RoleName,
      AssumeRolePolicyDocument: trust({
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    });

  const network = await seed.send(seed.client(EC2Client), CreateVpcCommand, { CidrBlock: '10.20.0.0/16' });
  const { VpcId } = network.Vpc as unknown as { VpcId: string };
  await seed.send(seed.client(EC2Client), CreateSubnetCommand, { VpcId, CidrBlock: '10.20.0.0/24' });
  const ecs = seed.client(ECSClient);
  await seed.send(ecs, CreateClusterCommand, { clusterName: 'boutique-dev' });
  const services = [
    ['catalogue', 8000, '512', '1024'],
    ['vitrine', 8080, '256', '512'],
  ] as const;
  for (const [name, port, cpu, memory] of services) {
    await seed.send(seed.client(ECRClient), CreateRepositoryCommand, { repositoryName: name });
    await seed.send(seed.client(CloudWatchLogsClient), CreateLogGroupCommand, { logGroupName: `/ecs/${name}` });
    await seed.send(seed.client(ElasticLoadBalancingV2Client), CreateTargetGroupCommand, {
      Name: `${name}-dev-tg`,
      Protocol: 'HTTP' as const,
      Port: port,
      VpcId,
      TargetType: 'ip' as const,
    });
    await seed.send(ecs, RegisterTaskDefinitionCommand, {
      family: name,
      networkMode: 'awsvpc' as const,
      cpu,
      memory,
      containerDefinitions: [
        {
          name,
          image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${name}:initial`,
          portMappings: [{ containerPort: port }],
        },
      ],
    });
    await seed.send(ecs, CreateServiceCommand, {
      cluster: 'boutique-dev',
      serviceName: `${name}-dev-svc`,
      taskDefinition: name,
      desiredCount: 1,
    });
  }
  await seed.send(seed.client(CloudWatchLogsClient), PutRetentionPolicyCommand, {
    logGroupName: '/ecs/catalogue',
    retentionInDays: 30,
  });
  await seed.send(seed.client(SSMClient), PutParameterCommand, {
    Name: '/boutique/catalogue/stripe-key',
    Type: 'SecureString' as const,
    Value: 'not-a-secret',
  });
  // in no file
  await seed.send(seed.client(SQSClient), CreateQueueCommand, { QueueName: 'anciennes-commandes' });
  await seed.send(seed.client(SNSClient), CreateTopicCommand, { Name: 'alertes-boutique' });
  await seed.send(seed.client(S3Client), CreateBucketCommand, {
    Bucket: 'boutique-exports-2024',
    CreateBucketConfiguration: { LocationConstraint: REGION as never },
  });
}

/** Who made the queue that no file declares: moto has no trail. In the shape of AWS CloudTrail API Reference, Event. */
export function recorded(proxy: AwsProxy): void {
  const made = {
    EventId: '8f6a1c0e-5b2d-4c3e-9f10-2a3b4c5d6e7f',
    EventName: 'CreateQueue',
    ReadOnly: 'false',
    EventTime: 1_763_000_000,
    EventSource: 'sqs.amazonaws.com',
    Username: 'claire',
    Resources: [{ ResourceType: 'AWS::SQS::Queue', ResourceName: 'anciennes-commandes' }],
    CloudTrailEvent: JSON.stringify({
      userIdentity: { type: 'IAMUser', userName: 'claire', arn: `arn:aws:iam::${ACCOUNT}:user/claire` },
    }),
  };
  proxy.when('cloudtrail:LookupEvents', { kind: 'answer', body: { Events: [made] } });
}

/** moto starts no task: the services of dev run theirs, whose targets are healthy. */
export function running(proxy: AwsProxy): void {
  proxy.when('ecs:DescribeServices', {
    kind: 'patch',
    patch: (answer: { services: { desiredCount: number }[] }) => ({
      ...answer,
      services: answer.services.map((service) => ({
        ...service,
        runningCount: service.desiredCount,
        pendingCount: 0,
      })),
    }),
  });
  proxy.when('elasticloadbalancing:DescribeTargetHealth', {
    kind: 'answer',
    body: `<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions><member><Target><Id>10.20.0.7</Id><Port>8000</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member></TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`,
  });
}
