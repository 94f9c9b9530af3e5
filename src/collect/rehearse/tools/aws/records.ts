import type { Json } from '#model/fact.ts';

/** What a record is made of: the call's own values where it gives them, symbols for the rest. */
export interface RecordReader {
  of(label: string): string;
  value(key: string, label: string): string;
  values(key: string, label: string): string[];
  account: string;
  region: string;
  /** Virtual time, seconds since 1970. */
  now: number;
}

export type Record_ = (read: RecordReader) => Json;

const taskDefinition: Record_ = ({ of, value }) => {
  const family = value('task-definition', 'task definition family');
  return {
    taskDefinition: {
      taskDefinitionArn: of(`arn of task definition ${family}`),
      family: family.replace(/^.*\//, '').replace(/:[^:]*$/, ''),
      revision: 1,
      status: 'ACTIVE',
      executionRoleArn: of(`execution role of ${family}`),
      taskRoleArn: of(`task role of ${family}`),
      networkMode: 'awsvpc',
      containerDefinitions: [
        {
          name: of(`container of ${family}`),
          image: of(`image of ${family}`),
          essential: true,
          environment: [],
          secrets: [],
          portMappings: [],
        },
      ],
      volumes: [],
      placementConstraints: [],
      requiresCompatibilities: ['FARGATE'],
      compatibilities: ['EC2', 'FARGATE'],
      cpu: '256',
      memory: '512',
    },
  };
};

const registered: Record_ = ({ of, value }) => {
  const family = value('family', 'task definition family');
  return {
    taskDefinition: {
      taskDefinitionArn: of(`arn of the new task definition of ${family}`),
      family,
      revision: 2,
      status: 'ACTIVE',
    },
  };
};

const ecsService = ({ of }: RecordReader, name: string): Json => ({
  serviceName: name,
  serviceArn: of(`arn of service ${name}`),
  clusterArn: of(`cluster of ${name}`),
  status: 'ACTIVE',
  desiredCount: 1,
  runningCount: 1,
  pendingCount: 0,
  launchType: 'FARGATE',
  taskDefinition: of(`task definition of ${name}`),
  deployments: [
    {
      id: of(`deployment of ${name}`),
      status: 'PRIMARY',
      rolloutState: 'COMPLETED',
      desiredCount: 1,
      runningCount: 1,
      pendingCount: 0,
      failedTasks: 0,
      taskDefinition: of(`task definition of ${name}`),
    },
  ],
  loadBalancers: [
    {
      targetGroupArn: of(`target group of ${name}`),
      containerName: of(`container of ${name}`),
      containerPort: 80,
    },
  ],
  networkConfiguration: {
    awsvpcConfiguration: {
      subnets: [of(`subnet of ${name}`)],
      securityGroups: [of(`security group of ${name}`)],
      assignPublicIp: 'DISABLED',
    },
  },
  events: [{ message: `(service ${name}) has reached a steady state.` }],
});

const task = ({ of, value }: RecordReader): Json => ({
  taskArn: value('tasks', 'arn of the task'),
  lastStatus: 'STOPPED',
  desiredStatus: 'STOPPED',
  healthStatus: 'HEALTHY',
  stopCode: 'EssentialContainerExited',
  taskDefinitionArn: of('task definition of the task'),
  containers: [
    { name: of('container of the task'), exitCode: 0, lastStatus: 'STOPPED', image: of('image of the task') },
  ],
  attachments: [{ details: [{ name: 'networkInterfaceId', value: of('network interface of the task') }] }],
});

const lambda = ({ of, value }: RecordReader): { [key: string]: Json } => {
  const name = value('function-name', 'function name');
  return {
    FunctionName: name,
    FunctionArn: of(`arn of function ${name}`),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    Version: '1',
    CodeSha256: of(`code digest of ${name}`),
    Role: of(`role of ${name}`),
    Environment: { Variables: {} },
  };
};

const stack = ({ of, value }: RecordReader): Json => {
  const name = value('stack-name', 'stack name');
  return {
    Stacks: [
      {
        StackName: name,
        StackId: of(`id of stack ${name}`),
        StackStatus: 'UPDATE_COMPLETE',
        Outputs: [],
        Parameters: [],
      },
    ],
  };
};

const build = ({ of }: RecordReader, status: string): Json => ({
  id: of('build id'),
  buildStatus: status,
  currentPhase: 'COMPLETED',
  buildComplete: true,
});

/**
 * Well-formed answers of the reads that deployment scripts make, in the state in which a loop that polls ends. By
 * operation; AWS CLI v2 reference, “Output”.
 */
export const records: Readonly<Record<string, Record_>> = {
  'sts get-caller-identity': ({ account, of }) => ({
    UserId: of('aws caller id'),
    Account: account,
    Arn: of('aws caller arn'),
  }),
  'sts assume-role': ({ of, value }) => ({
    Credentials: {
      AccessKeyId: of('session key'),
      SecretAccessKey: of('session secret'),
      SessionToken: of('session token'),
      Expiration: of('session end'),
    },
    AssumedRoleUser: { Arn: value('role-arn', 'role') },
  }),
  'ecs describe-task-definition': taskDefinition,
  'ecs register-task-definition': registered,
  'ecs list-task-definitions': ({ of, value }) => ({
    taskDefinitionArns: [of(`arn of task definition ${value('family-prefix', 'family')}`)],
  }),
  'ecs describe-services': (read) => ({
    services: read.values('services', 'service').map((name) => ecsService(read, name)),
    failures: [],
  }),
  'ecs list-services': ({ of, value }) => ({
    serviceArns: [of(`service of ${value('cluster', 'cluster')}`)],
  }),
  'ecs describe-clusters': ({ of, values }) => ({
    clusters: values('clusters', 'cluster').map((name) => ({
      clusterName: name,
      clusterArn: of(`arn of cluster ${name}`),
      status: 'ACTIVE',
    })),
    failures: [],
  }),
  'ecs update-service': (read) => ({ service: ecsService(read, read.value('service', 'service')) }),
  'ecs create-service': (read) => ({ service: ecsService(read, read.value('service-name', 'service')) }),
  'ecs create-cluster': ({ of, value }) => ({
    cluster: {
      clusterName: value('cluster-name', 'cluster'),
      clusterArn: of('arn of the cluster'),
      status: 'ACTIVE',
    },
  }),
  'ecs run-task': (read) => ({ tasks: [task(read)], failures: [] }),
  'ecs describe-tasks': (read) => ({ tasks: [task(read)], failures: [] }),
  'ecs list-tasks': ({ of }) => ({ taskArns: [of('arn of a task')] }),
  'ecr describe-repositories': ({ account, region, values }) => ({
    repositories: values('repository-names', 'repository').map((name) => ({
      repositoryName: name,
      repositoryArn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
      registryId: account,
      repositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
    })),
  }),
  'ecr create-repository': ({ account, region, value }) => {
    const name = value('repository-name', 'repository');
    return {
      repository: {
        repositoryName: name,
        registryId: account,
        repositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
      },
    };
  },
  'ecr describe-images': ({ of, value }) => ({
    imageDetails: [
      {
        repositoryName: value('repository-name', 'repository'),
        imageDigest: of('image digest'),
        imageTags: [of('image tag')],
      },
    ],
  }),
  'elbv2 describe-load-balancers': ({ of, values }) => ({
    LoadBalancers: values('names', 'load balancer').map((name) => ({
      LoadBalancerName: name,
      LoadBalancerArn: of(`arn of load balancer ${name}`),
      DNSName: of(`dns name of ${name}`),
      CanonicalHostedZoneId: of(`zone of ${name}`),
      VpcId: of(`vpc of ${name}`),
      SecurityGroups: [of(`security group of ${name}`)],
      Scheme: 'internet-facing',
      Type: 'application',
      State: { Code: 'active' },
    })),
  }),
  'elbv2 describe-target-groups': ({ of, values }) => ({
    TargetGroups: values('names', 'target group').map((name) => ({
      TargetGroupName: name,
      TargetGroupArn: of(`arn of target group ${name}`),
      Port: 80,
      Protocol: 'HTTP',
      VpcId: of(`vpc of ${name}`),
      LoadBalancerArns: [of(`load balancer of ${name}`)],
    })),
  }),
  'elbv2 create-target-group': ({ of, value }) => {
    const name = value('name', 'target group');
    return { TargetGroups: [{ TargetGroupName: name, TargetGroupArn: of(`arn of target group ${name}`) }] };
  },
  'elbv2 create-load-balancer': ({ of, value }) => {
    const name = value('name', 'load balancer');
    return {
      LoadBalancers: [
        {
          LoadBalancerName: name,
          LoadBalancerArn: of(`arn of load balancer ${name}`),
          DNSName: of(`dns name of ${name}`),
        },
      ],
    };
  },
  'elbv2 describe-target-health': ({ of }) => ({
    TargetHealthDescriptions: [
      { Target: { Id: of('target'), Port: 80 }, TargetHealth: { State: 'healthy' } },
    ],
  }),
  'elbv2 describe-listeners': ({ of }) => ({
    Listeners: [{ ListenerArn: of('arn of the listener'), Port: 443, Protocol: 'HTTPS', DefaultActions: [] }],
  }),
  'cloudformation describe-stacks': stack,
  'cloudformation describe-stack-resource': ({ of, value }) => ({
    StackResourceDetail: { PhysicalResourceId: of(`id of ${value('logical-resource-id', 'resource')}`) },
  }),
  'cloudfront create-invalidation': ({ of }) => ({
    Invalidation: { Id: of('invalidation id'), Status: 'Completed' },
  }),
  'cloudfront get-invalidation': ({ of }) => ({
    Invalidation: { Id: of('invalidation id'), Status: 'Completed' },
  }),
  'cloudfront get-distribution': ({ of, value }) => ({
    ETag: of('etag'),
    Distribution: {
      Id: value('id', 'distribution'),
      Status: 'Deployed',
      DomainName: of('domain of the distribution'),
    },
  }),
  'lambda get-function': (read) => ({ Configuration: lambda(read), Code: {} }),
  'lambda get-function-configuration': lambda,
  'lambda update-function-code': lambda,
  'lambda update-function-configuration': lambda,
  'lambda create-function': lambda,
  'lambda publish-version': lambda,
  'lambda invoke': () => ({ StatusCode: 200, ExecutedVersion: '$LATEST' }),
  'ssm get-parameter': ({ of, value }) => {
    const name = value('name', 'parameter');
    return { Parameter: { Name: name, Type: 'String', Value: of(`parameter ${name}`), Version: 1 } };
  },
  'ssm get-parameters': ({ of, values }) => ({
    Parameters: values('names', 'parameter').map((name) => ({ Name: name, Value: of(`parameter ${name}`) })),
    InvalidParameters: [],
  }),
  'ssm send-command': ({ of }) => ({ Command: { CommandId: of('command id'), Status: 'Pending' } }),
  'ssm get-command-invocation': ({ of }) => ({
    Status: 'Success',
    ResponseCode: 0,
    StandardOutputContent: of('output of the command'),
    StandardErrorContent: '',
  }),
  'ssm list-command-invocations': () => ({ CommandInvocations: [{ Status: 'Success' }] }),
  'secretsmanager get-secret-value': ({ of, value }) => {
    const name = value('secret-id', 'secret');
    return { Name: name, SecretString: of(`secret ${name}`), VersionId: of(`version of ${name}`) };
  },
  'elasticbeanstalk describe-environments': ({ of, values }) => ({
    Environments: values('environment-names', 'environment').map((name) => ({
      EnvironmentName: name,
      EnvironmentId: of(`id of ${name}`),
      Status: 'Ready',
      Health: 'Green',
      HealthStatus: 'Ok',
      CNAME: of(`address of ${name}`),
      VersionLabel: of(`version of ${name}`),
    })),
  }),
  'deploy create-deployment': ({ of }) => ({ deploymentId: of('deployment id') }),
  'deploy get-deployment': ({ of }) => ({
    deploymentInfo: { deploymentId: of('deployment id'), status: 'Succeeded' },
  }),
  'codebuild start-build': (read) => ({ build: build(read, 'IN_PROGRESS') }),
  'codebuild batch-get-builds': (read) => ({ builds: [build(read, 'SUCCEEDED')] }),
  'codepipeline get-pipeline-execution': () => ({ pipelineExecution: { status: 'Succeeded' } }),
  'amplify start-job': ({ of }) => ({ jobSummary: { jobId: of('job id'), status: 'PENDING' } }),
  'amplify get-job': ({ of }) => ({ job: { summary: { jobId: of('job id'), status: 'SUCCEED' } } }),
  'apprunner describe-service': ({ of, value }) => ({
    Service: {
      ServiceArn: value('service-arn', 'service'),
      ServiceUrl: of('service url'),
      Status: 'RUNNING',
    },
  }),
  'eks describe-cluster': ({ of, value }) => {
    const name = value('name', 'cluster');
    return {
      cluster: { name, status: 'ACTIVE', endpoint: of(`endpoint of ${name}`), arn: of(`arn of ${name}`) },
    };
  },
  'rds describe-db-instances': ({ of, value }) => {
    const name = value('db-instance-identifier', 'database');
    return {
      DBInstances: [
        {
          DBInstanceIdentifier: name,
          DBInstanceStatus: 'available',
          Endpoint: { Address: of(`address of ${name}`), Port: 5432 },
        },
      ],
    };
  },
  'dynamodb describe-table': ({ of, value }) => {
    const name = value('table-name', 'table');
    return { Table: { TableName: name, TableStatus: 'ACTIVE', TableArn: of(`arn of table ${name}`) } };
  },
  'sqs get-queue-url': ({ of, value }) => ({ QueueUrl: of(`url of queue ${value('queue-name', 'queue')}`) }),
  'ec2 describe-instances': ({ of, values }) => ({
    Reservations: [
      {
        Instances: values('instance-ids', 'instance').map((id) => ({
          InstanceId: id,
          State: { Name: 'running' },
          PublicIpAddress: of(`address of ${id}`),
          PrivateIpAddress: of(`private address of ${id}`),
        })),
      },
    ],
  }),
  'ec2 describe-vpcs': ({ of }) => ({ Vpcs: [{ VpcId: of('vpc'), CidrBlock: of('vpc range') }] }),
  'ec2 describe-subnets': ({ of }) => ({ Subnets: [{ SubnetId: of('subnet'), VpcId: of('vpc') }] }),
  'ec2 describe-security-groups': ({ of }) => ({
    SecurityGroups: [{ GroupId: of('security group'), GroupName: of('name of the security group') }],
  }),
  'autoscaling describe-instance-refreshes': () => ({
    InstanceRefreshes: [{ Status: 'Successful', PercentageComplete: 100 }],
  }),
  'route53 change-resource-record-sets': ({ of }) => ({
    ChangeInfo: { Id: of('change id'), Status: 'PENDING' },
  }),
  'route53 get-change': ({ of }) => ({ ChangeInfo: { Id: of('change id'), Status: 'INSYNC' } }),
  'acm describe-certificate': ({ value }) => ({
    Certificate: { CertificateArn: value('certificate-arn', 'certificate'), Status: 'ISSUED' },
  }),
  'stepfunctions start-execution': ({ of }) => ({ executionArn: of('execution arn') }),
  'stepfunctions describe-execution': () => ({ status: 'SUCCEEDED', output: '{}' }),
};
