import {
  APIGatewayClient,
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  CreateRestApiCommand,
  CreateVpcLinkCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  CreateVpcLinkCommand as CreateVpcLinkV2Command,
} from '@aws-sdk/client-apigatewayv2';
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { AddPermissionCommand, CreateFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { PutBucketPolicyCommand, PutBucketWebsiteCommand, S3Client } from '@aws-sdk/client-s3';
import { ACCOUNT, behaviour, bucket, custom, type Maker, REGION } from './account.ts';

const lambdaUri = (m: Maker, name: string) =>
  `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${m.id('function', name)}/invocations`;

async function zone(m: Maker, Name: string, isPrivate = false) {
  const { HostedZone } = await m.client(Route53Client).send(
    new CreateHostedZoneCommand({
      Name,
      CallerReference: `${Name} ${isPrivate}`,
      ...(isPrivate && {
        VPC: { VPCId: m.id('vpc', 'trial'), VPCRegion: REGION },
        HostedZoneConfig: { PrivateZone: true },
      }),
    }),
  );
  m.keep('zone', isPrivate ? `private ${Name}` : Name, HostedZone?.Id?.replace('/hostedzone/', ''));
}

async function balancer(
  m: Maker,
  name: string,
  options: { type?: string; scheme?: string; groups?: string[] } = {},
) {
  const { CreateLoadBalancerCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2');
  const {
    type = 'application',
    scheme = 'internet-facing',
    groups = type === 'application' ? ['open'] : [],
  } = options;
  const side = scheme === 'internal' ? 'private' : 'public';
  const { LoadBalancers } = await m.elb.send(
    new CreateLoadBalancerCommand({
      Name: name,
      Type: type as never,
      Scheme: scheme as never,
      Subnets: m.ids('subnet', [`${side}-a`, `${side}-b`]),
      SecurityGroups: m.ids('security-group', groups),
    }),
  );
  const made = LoadBalancers?.[0];
  m.keep('load-balancer', name, made?.LoadBalancerArn);
  m.keep('load-balancer-dns', name, made?.DNSName);
  m.keep('load-balancer-zone', name, made?.CanonicalHostedZoneId);
}

interface Task extends Partial<RegisterTaskDefinitionCommandInput> {
  service?: Partial<CreateServiceCommandInput>;
}

async function service(m: Maker, name: string, groups: string[], { service: own, ...definition }: Task = {}) {
  const ecs = m.client(ECSClient);
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: m.id('role', 'execution'),
      containerDefinitions: [
        { name: 'app', image: `${m.id('repository', 'app')}:1.0`, portMappings: [{ containerPort: 3000 }] },
      ],
      ...definition,
    }),
  );
  const { service: made } = await ecs.send(
    new CreateServiceCommand({
      cluster: 'trial',
      serviceName: name,
      taskDefinition: name,
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: m.ids('subnet', ['private-a', 'private-b']),
          securityGroups: m.ids('security-group', ['inside']),
        },
      },
      loadBalancers: groups.map((group) => ({
        targetGroupArn: m.id('target-group', group),
        containerName: 'app',
        containerPort: 3000,
      })),
      ...own,
    }),
  );
  m.keep('service', name, made?.serviceArn);
}

const ips = (port: number) => [
  { Id: '10.20.10.21', Port: port },
  { Id: '10.20.11.22', Port: port },
];

const redirect = {
  Type: 'redirect' as const,
  RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const },
};
const answers = (StatusCode: string) => ({
  Type: 'fixed-response' as const,
  FixedResponseConfig: { StatusCode },
});

/** Static sites: a bucket behind a distribution, a website of S3 by itself, and one behind a distribution. */
async function statics(m: Maker) {
  const s3 = m.client(S3Client);
  await s3.send(
    new PutBucketWebsiteCommand({
      Bucket: 'site.trial.example',
      WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
    }),
  );
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'site.trial.example',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::site.trial.example/*',
          },
        ],
      }),
    }),
  );
  await m.distribution('static', ['static.trial.example'], [bucket('files', 'trial-static')]);
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'trial-static',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::trial-static/*',
            Condition: {
              StringEquals: {
                'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/${m.id('distribution', 'static')}`,
              },
            },
          },
        ],
      }),
    }),
  );
  await m.distribution(
    'web',
    ['web.trial.example'],
    [custom('site', `site.trial.example.s3-website.${REGION}.amazonaws.com`, 'http-only')],
  );
  await m.records('trial.example', [
    m.toDistribution('static.trial.example', 'static'),
    m.toDistribution('web.trial.example', 'web'),
    m.alias('site.trial.example', `s3-website.${REGION}.amazonaws.com`, 'Z3R1K369G5AVDG'),
  ]);
}

/** API Gateway: HTTP API to a function and to a private load balancer; REST API at the edge and by a VPC link. */
async function apis(m: Maker) {
  const v2 = m.client(ApiGatewayV2Client);
  const v1 = m.client(APIGatewayClient);
  const httpApi = async (name: string, integration: object) => {
    const { ApiId, ApiEndpoint } = await v2.send(new CreateApiCommand({ Name: name, ProtocolType: 'HTTP' }));
    m.keep('api', name, ApiId);
    m.keep('api-dns', name, ApiEndpoint?.replace('https://', ''));
    const { IntegrationId } = await v2.send(
      new CreateIntegrationCommand({ ApiId, IntegrationType: 'HTTP_PROXY', ...integration }),
    );
    await v2.send(
      new CreateRouteCommand({ ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` }),
    );
    await v2.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }));
    return ApiId;
  };
  const domain = async (domainName: string) => {
    const made = await v1.send(
      new CreateDomainNameCommand({
        domainName,
        regionalCertificateArn: m.id('certificate', 'region'),
        endpointConfiguration: { types: ['REGIONAL'] },
      }),
    );
    m.keep('api-domain', domainName, made.regionalDomainName);
  };
  const items = await httpApi('items', {
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: m.id('function', 'items'),
    PayloadFormatVersion: '2.0',
  });
  await domain('api.trial.example');
  await m.client(LambdaClient).send(
    new AddPermissionCommand({
      FunctionName: 'items',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${items}/*/*`,
    }),
  );
  await balancer(m, 'within', { scheme: 'internal', groups: ['inside'] });
  await m.group('within', { Port: 3000 }, ips(3000));
  await service(m, 'within', ['within']);
  await m.listener('within', 80, { DefaultActions: m.forward('within') } as never);
  const { VpcLinkId } = await v2.send(
    new CreateVpcLinkV2Command({
      Name: 'link',
      SubnetIds: m.ids('subnet', ['private-a', 'private-b']),
      SecurityGroupIds: m.ids('security-group', ['inside']),
    }),
  );
  await httpApi('within', {
    IntegrationMethod: 'ANY',
    IntegrationUri: m.id('listener', 'within 80'),
    ConnectionType: 'VPC_LINK',
    ConnectionId: VpcLinkId,
    PayloadFormatVersion: '1.0',
  });
  await domain('private.trial.example');
  // REST
  const rest = async (name: string, types: string[], integration: object) => {
    const { id } = await v1.send(
      new CreateRestApiCommand({ name, endpointConfiguration: { types: types as never } }),
    );
    m.keep('api', name, id);
    const { items: resources } = await v1.send(new GetResourcesCommand({ restApiId: id }));
    const resourceId = resources?.[0]?.id;
    await v1.send(
      new PutMethodCommand({ restApiId: id, resourceId, httpMethod: 'ANY', authorizationType: 'NONE' }),
    );
    await v1.send(
      new PutIntegrationCommand({
        restApiId: id,
        resourceId,
        httpMethod: 'ANY',
        integrationHttpMethod: 'POST',
        ...integration,
      } as never),
    );
    await v1.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'live' }));
    return id;
  };
  const edge = await rest('edge', ['EDGE'], { type: 'AWS_PROXY', uri: lambdaUri(m, 'page') });
  const { distributionDomainName } = await v1.send(
    new CreateDomainNameCommand({
      domainName: 'edge.trial.example',
      certificateArn: m.id('certificate', 'edge'),
      endpointConfiguration: { types: ['EDGE'] },
    }),
  );
  await v1.send(
    new CreateBasePathMappingCommand({ domainName: 'edge.trial.example', restApiId: edge, stage: 'live' }),
  );
  await balancer(m, 'linked', { type: 'network', scheme: 'internal' });
  await m.group('linked', { Protocol: 'TCP', Port: 3000 }, ips(3000));
  await service(m, 'linked', ['linked']);
  await m.listener('linked', 80, { Protocol: 'TCP', DefaultActions: m.forward('linked') } as never);
  const { id: link } = await v1.send(
    new CreateVpcLinkCommand({ name: 'link', targetArns: [m.id('load-balancer', 'linked')] }),
  );
  await rest('rest', ['REGIONAL'], {
    type: 'HTTP_PROXY',
    connectionType: 'VPC_LINK',
    connectionId: link,
    uri: `http://${m.id('load-balancer-dns', 'linked')}/`,
  });
  await domain('rest.trial.example');
  await m.records('trial.example', [
    ...['api', 'private', 'rest'].map((name) =>
      m.alias(`${name}.trial.example`, m.id('api-domain', `${name}.trial.example`), 'Z3KY65QIEKYHQQ'),
    ),
    m.alias(
      'edge.trial.example',
      distributionDomainName ?? 'd2edge00000000.cloudfront.net',
      'Z2FDTNDATAQYW2',
    ),
  ]);
}

/** A load balancer for three services by host, two certificates, and a redirect from one name to the other. */
async function front(m: Maker) {
  await balancer(m, 'front');
  for (const name of ['shop', 'admin', 'blog']) {
    await m.group(name, { Port: 3000, HealthCheckPath: '/health' }, ips(3000));
    await service(m, name, [name]);
  }
  await m.listener('front', 80, { DefaultActions: [redirect] } as never);
  await m.listener('front', 443, { DefaultActions: [answers('404')] } as never, ['region', 'corp']);
  const host = (...Values: string[]) => ({ Field: 'host-header', HostHeaderConfig: { Values } });
  const path = (...Values: string[]) => ({ Field: 'path-pattern', PathPatternConfig: { Values } });
  await m.rule(
    'front',
    443,
    5,
    [host('www.corp.example')],
    [{ Type: 'redirect', RedirectConfig: { Host: 'corp.example', StatusCode: 'HTTP_301' } }],
  );
  await m.rule(
    'front',
    443,
    10,
    [host('shop.trial.example'), path('/admin', '/admin/*')],
    m.forward('admin'),
  );
  await m.rule('front', 443, 20, [host('shop.trial.example')], m.forward('shop'));
  await m.rule(
    'front',
    443,
    25,
    [host('near.trial.example', 'spare.trial.example', 'split.trial.example')],
    m.forward('shop'),
  );
  await m.rule('front', 443, 30, [host('corp.example')], m.forward('blog'));
  await m.records('trial.example', [m.toBalancer('shop.trial.example', 'front')]);
  await m.records('corp.example', [
    m.toBalancer('corp.example', 'front'),
    m.toBalancer('corp.example', 'front', { Type: 'AAAA' }),
    m.toBalancer('www.corp.example', 'front'),
  ]);
}

/** Network load balancers: to hosts of an Auto Scaling group, and in front of an application load balancer. */
async function networks(m: Maker) {
  const ec2 = m.client(EC2Client);
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      MinCount: 2,
      MaxCount: 2,
      SubnetId: m.id('subnet', 'private-a'),
      SecurityGroupIds: [m.id('security-group', 'hosts')],
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'autoscaling:groupName', Value: 'hosts' }] },
      ],
    }),
  );
  await balancer(m, 'wire', { type: 'network' });
  await m.group(
    'hosts',
    { Protocol: 'TCP', Port: 443, TargetType: 'instance' },
    Instances.map(({ InstanceId }) => ({ Id: InstanceId, Port: 443 })),
  );
  await m.listener('wire', 443, { Protocol: 'TCP', DefaultActions: m.forward('hosts') } as never);
  await balancer(m, 'behind', { scheme: 'internal', groups: ['inside'] });
  await m.group('behind', { Port: 3000 }, ips(3000));
  await service(m, 'behind', ['behind']);
  await m.listener('behind', 80, { DefaultActions: m.forward('behind') } as never);
  await m.listener('behind', 443, { DefaultActions: m.forward('behind') } as never, ['region']);
  await balancer(m, 'fixed', { type: 'network' });
  await m.group('to-behind', { Protocol: 'TCP', Port: 443, TargetType: 'alb' }, [
    { Id: m.id('load-balancer', 'behind'), Port: 443 },
  ]);
  await m.group('to-behind-plain', { Protocol: 'TCP', Port: 80, TargetType: 'alb' }, [
    { Id: m.id('load-balancer', 'behind'), Port: 80 },
  ]);
  await m.listener('fixed', 443, { Protocol: 'TCP', DefaultActions: m.forward('to-behind') } as never);
  await balancer(m, 'ended', { type: 'network' });
  await m.listener('ended', 443, { Protocol: 'TLS', DefaultActions: m.forward('to-behind-plain') } as never, [
    'region',
  ]);
  await m.records('trial.example', [
    m.toBalancer('wire.trial.example', 'wire'),
    m.toBalancer('fixed.trial.example', 'fixed'),
    m.toBalancer('ended.trial.example', 'ended'),
  ]);
}

/** A load balancer in front of a function, of pods, and of containers on hosts. */
async function others(m: Maker) {
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

/** Distributions with several origins. */
async function edges(m: Maker) {
  await balancer(m, 'origin');
  await m.group('origin', { Port: 3000 }, ips(3000));
  await service(m, 'origin', ['origin']);
  await m.listener('origin', 443, { DefaultActions: [answers('403')] } as never, ['region']);
  await m.rule(
    'origin',
    443,
    1,
    [
      {
        Field: 'http-header',
        HttpHeaderConfig: { HttpHeaderName: 'X-Origin-Verify', Values: ['canary-secret'] },
      },
    ],
    m.forward('origin'),
  );
  const secret = {
    CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'x-origin-verify', HeaderValue: 'canary-secret' }] },
  };
  await m.distribution(
    'app',
    ['app.trial.example'],
    [
      bucket('files', 'trial-static'),
      bucket('spare', 'trial-failover'),
      custom('api', 'origin.trial.example', 'https-only', secret),
    ],
    {
      behaviours: [{ ...behaviour('api'), PathPattern: '/api/*' }],
    },
  );
  await m.distribution(
    'inner',
    ['inner.trial.example'],
    [
      {
        Id: 'within',
        DomainName: 'inner-origin.trial.example',
        VpcOriginConfig: { VpcOriginId: 'vo_within' },
      },
    ],
  );
  await m.distribution(
    'foreign',
    ['foreign.trial.example'],
    [custom('far', `theirs-1234567890.${REGION}.elb.amazonaws.com`, 'http-only')],
  );
  await m.distribution('star', ['*.trial.example'], [bucket('files', 'trial-static')]);
  await m
    .client(LambdaClient)
    .send(new CreateFunctionUrlConfigCommand({ FunctionName: 'page', AuthType: 'NONE' }));
  await m.records('trial.example', [
    m.toDistribution('app.trial.example', 'app'),
    m.toDistribution('inner.trial.example', 'inner'),
    m.toDistribution('foreign.trial.example', 'foreign'),
    m.toBalancer('origin.trial.example', 'origin'),
    m.toDistribution('*.trial.example', 'star'),
  ]);
}

/** Names: several sets, chains, private zones, zones elsewhere, single hosts. */
async function names(m: Maker) {
  const set = (Name: string, more: object) => m.toBalancer(Name, 'front', more);
  const { Instances = [] } = await m.client(EC2Client).send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: m.id('subnet', 'public-a'),
      SecurityGroupIds: [m.id('security-group', 'open')],
    }),
  );
  const ec2 = m.client(EC2Client);
  const { AllocationId, PublicIp = '' } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: Instances[0]?.InstanceId }));
  m.keep('address', 'host', PublicIp);
  await m.records('trial.example', [
    { Name: 'host.trial.example', Type: 'A', TTL: 60, ResourceRecords: [{ Value: PublicIp }] },
    {
      Name: 'chain.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: 'link.trial.example' }],
    },
    {
      Name: 'link.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: 'shop.trial.example' }],
    },
    { Name: 'team.trial.example', Type: 'NS', TTL: 60, ResourceRecords: [{ Value: 'ns-1.awsdns-01.org.' }] },
    {
      Name: 'saas.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: 'proxy.vendor.example' }],
    },
    {
      Name: 'runner.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: `x1y2z3w4v5.${REGION}.awsapprunner.com` }],
    },
    {
      Name: 'bean.trial.example',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: `shop-live.abc123.${REGION}.elasticbeanstalk.com` }],
    },
    { Name: 'text.trial.example', Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"v=1"' }] },
    set('near.trial.example', { SetIdentifier: 'paris', Region: 'eu-west-3' }),
    m.alias('near.trial.example', `theirs-1234567890.us-east-2.elb.amazonaws.com`, 'Z3AADJGX6KTTL2', {
      SetIdentifier: 'ohio',
      Region: 'us-east-2',
    }),
    set('spare.trial.example', { SetIdentifier: 'first', Failover: 'PRIMARY' }),
    m.alias('spare.trial.example', `s3-website.${REGION}.amazonaws.com`, 'Z3R1K369G5AVDG', {
      SetIdentifier: 'second',
      Failover: 'SECONDARY',
    }),
    set('split.trial.example', { SetIdentifier: 'on', Weight: 100 }),
    m.alias('split.trial.example', `theirs-1234567890.${REGION}.elb.amazonaws.com`, 'Z3Q77PNBQS71R4', {
      SetIdentifier: 'off',
      Weight: 0,
    }),
  ]);
  await zone(m, 'trial.example', true);
  await zone(m, 'inside.example', true);
  await m.records('private trial.example', [
    { Name: 'shop.trial.example', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '10.20.10.99' }] },
  ]);
  await m.records('private inside.example', [m.toBalancer('tool.inside.example', 'within')]);
}

/** Everything, and the URLs that lead through it. */
export async function make(m: Maker): Promise<void> {
  await zone(m, 'trial.example');
  await zone(m, 'corp.example');
  await m.client(ECSClient).send(new CreateClusterCommand({ clusterName: 'trial' }));
  await statics(m);
  await front(m);
  await apis(m);
  await networks(m);
  await others(m);
  await edges(m);
  await names(m);
}
