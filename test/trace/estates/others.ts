import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { ACCOUNT, type Maker, REGION } from '../account.ts';
import { answers, balancer, ips, service } from './parts.ts';

/** A load balancer in front of a function, of pods, and of containers on hosts. */
export async function others(m: Maker) {
  await balancer(m, 'varied');
  await m.group(
    'page',
    { TargetType: 'lambda', VpcId: undefined, Protocol: undefined, Port: undefined } as never,
    [{ Id: m.id('function', 'page') }],
  );
  await m.group('k8s-pods', { Port: 8080 }, ips(8080));
  const { Instances = [] } = await m.client(EC2Client).send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      MinCount: 2,
      MaxCount: 2,
      SubnetId: m.id('subnet', 'private-a'),
      SecurityGroupIds: [m.id('security-group', 'inside')],
    }),
  );
  await m.group(
    'bridge',
    { Port: 80, TargetType: 'instance' },
    Instances.flatMap(({ InstanceId }, index) => [{ Id: InstanceId, Port: 32_768 + index }]),
  );
  await service(m, 'bridge', ['bridge'], {
    networkMode: 'bridge',
    requiresCompatibilities: ['EC2'],
    containerDefinitions: [
      {
        name: 'app',
        image: 'ghcr.io/acme/app:1.0',
        memory: 256,
        portMappings: [{ containerPort: 3000, hostPort: 0 }],
        logConfiguration: { logDriver: 'json-file' },
      },
    ],
    service: {
      launchType: 'EC2',
      networkConfiguration: undefined,
      schedulingStrategy: 'DAEMON',
      desiredCount: undefined,
    } as never,
  });
  for (const color of ['blue', 'green'])
    await m.group(color, { Port: 3000 }, color === 'blue' ? ips(3000) : []);
  await service(m, 'colours', ['blue'], { service: { deploymentController: { type: 'CODE_DEPLOY' } } });
  await m.group('sidecar', { Port: 8080 }, ips(8080));
  await service(m, 'sidecar', [], {
    containerDefinitions: [
      {
        name: 'log-router',
        image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:stable',
        firelensConfiguration: { type: 'fluentbit' },
      },
      {
        name: 'nginx',
        image: 'nginx:1.27',
        portMappings: [{ containerPort: 8080 }],
        environment: [
          { name: 'BACKEND_PORT', value: '3000' },
          { name: 'BACKEND_HOST', value: '127.0.0.1' },
        ],
        logConfiguration: { logDriver: 'awsfirelens' },
      },
      {
        name: 'app',
        image: `210987654321.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:${'a'.repeat(64)}`,
        portMappings: [{ containerPort: 3000 }],
        environment: [
          { name: 'PORT', value: '3000' },
          { name: 'HOST', value: '127.0.0.1' },
        ],
        logConfiguration: { logDriver: 'awsfirelens' },
      },
      { name: 'cached', image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/docker-hub/library/redis:7` },
    ],
    service: {
      loadBalancers: [
        { targetGroupArn: m.id('target-group', 'sidecar'), containerName: 'nginx', containerPort: 8080 },
      ],
    },
  });
  await m.listener('varied', 443, { DefaultActions: [answers('404')] } as never, ['region']);
  const host = (name: string) => [
    { Field: 'host-header', HostHeaderConfig: { Values: [`${name}.trial.example`] } },
  ];
  await m.rule('varied', 443, 1, host('function'), m.forward('page'));
  await m.rule('varied', 443, 2, host('pods'), m.forward('k8s-pods'));
  await m.rule('varied', 443, 3, host('bridge'), m.forward('bridge'));
  await m.rule(
    'varied',
    443,
    4,
    [
      ...host('colours'),
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Preview', Values: ['1'] } },
    ],
    m.forward('green'),
  );
  await m.rule('varied', 443, 5, host('colours'), m.forward('blue', 'green'));
  await m.rule('varied', 443, 6, host('sidecar'), m.forward('sidecar'));
  await m.records(
    'trial.example',
    ['function', 'pods', 'bridge', 'colours', 'sidecar'].map((name) =>
      m.toBalancer(`${name}.trial.example`, 'varied'),
    ),
  );
}
