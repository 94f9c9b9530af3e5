import type { AwsProxy } from '../aws/proxy.ts';
import { Answers, eachElement, elementOf, withElement } from '../estates/request-path/answers.ts';
import { ACCOUNT, type Maker } from './account.ts';

interface Service {
  serviceName: string;
  desiredCount: number;
  taskDefinition: string;
  loadBalancers: object[];
  deployments: { status: string }[];
}

/** CodeDeploy makes sets of tasks, and says of them what a service says of itself otherwise. */
const setsOf = ({ taskDefinition, loadBalancers }: Service) => ({
  deployments: [],
  loadBalancers: [],
  taskSets: [
    {
      id: 'ecs-svc/1',
      status: 'PRIMARY',
      taskDefinition,
      runningCount: 2,
      loadBalancers,
      launchType: 'FARGATE',
    },
  ],
});

/** What moto cannot hold: mappings of either version, VPC origins, running tasks, zones of targets. */
export function asIfThere(proxy: AwsProxy, m: Maker): void {
  const mapped: Record<string, [string, string]> = {
    'api.trial.example': ['items', '$default'],
    'private.trial.example': ['within', '$default'],
    'rest.trial.example': ['rest', 'live'],
  };
  for (const [name, [api, Stage]] of Object.entries(mapped))
    proxy.when(
      'apigateway:GetApiMappings',
      { kind: 'answer', body: { items: [{ apiId: m.id('api', api), apiMappingKey: '', stage: Stage }] } },
      { where: ({ path }: { path?: string } & object) => String(path).includes(name) },
    );
  for (const [name, FunctionUrlConfigs] of [
    ['items', []],
    ['page', [{ FunctionUrl: `https://${m.id('function-url', 'page')}/`, AuthType: 'NONE' }]],
  ] as const)
    proxy.when(
      'lambda:ListFunctionUrlConfigs',
      { kind: 'answer', body: { FunctionUrlConfigs } },
      { where: ({ path }) => path.includes(`/${name}/`) },
    );
  for (const isPublic of [false, true])
    proxy.when(
      's3:GetBucketPolicyStatus',
      { kind: 'answer', body: `<PolicyStatus><IsPublic>${isPublic}</IsPublic></PolicyStatus>` },
      { where: ({ path }) => path.startsWith('/site.trial.example') === isPublic },
    );
  const answers = new Answers(proxy);
  answers.patch('ecr:DescribePullThroughCacheRules', () => ({
    pullThroughCacheRules: [
      { ecrRepositoryPrefix: 'docker-hub', upstreamRegistryUrl: 'registry-1.docker.io' },
    ],
  }));
  // moto knows nothing of what distributions use
  answers.patch('acm:ListCertificates', (answer: { CertificateSummaryList: object[] }) => ({
    ...answer,
    CertificateSummaryList: answer.CertificateSummaryList.map((one) => ({ ...one, InUse: true })),
  }));
  answers.patch(
    'acm:DescribeCertificate',
    ({ Certificate: one }: { Certificate: { CertificateArn: string } }) => ({
      Certificate: {
        ...one,
        ...(one.CertificateArn === m.id('certificate', 'edge') && {
          InUseBy: [`arn:aws:cloudfront::${ACCOUNT}:distribution/EEDGE`],
        }),
      },
    }),
  );
  // a group of origins for the default behaviour of one distribution
  const groups =
    '<OriginGroups><Quantity>1</Quantity><Items><OriginGroup><Id>group</Id><FailoverCriteria><StatusCodes><Quantity>1</Quantity><Items><StatusCode>503</StatusCode></Items></StatusCodes></FailoverCriteria><Members><Quantity>2</Quantity><Items><OriginGroupMember><OriginId>files</OriginId></OriginGroupMember><OriginGroupMember><OriginId>spare</OriginId></OriginGroupMember></Items></Members></OriginGroup></Items></OriginGroups>';
  // origin access control
  answers.patch('cloudfront:ListDistributions', (xml: string) =>
    eachElement(xml, 'DistributionSummary', (one) =>
      elementOf(one, 'Comment') === 'static'
        ? one.replace('</Origin>', '<OriginAccessControlId>E2OAC</OriginAccessControlId></Origin>')
        : one,
    ),
  );
  const inside = '<VpcOriginConfig><VpcOriginId>vo_within</VpcOriginId></VpcOriginConfig>';
  answers.patch('cloudfront:ListDistributions', (xml: string) =>
    eachElement(xml, 'DistributionSummary', (one) =>
      elementOf(one, 'Comment') === 'inner' ? one.replace('</Origin>', `${inside}</Origin>`) : one,
    ),
  );
  answers.patch('cloudfront:ListDistributions', (xml: string) =>
    eachElement(xml, 'DistributionSummary', (one) =>
      elementOf(one, 'Comment') === 'app'
        ? eachElement(
            withElement(one, 'OriginGroups', '').replace('<OriginGroups></OriginGroups>', groups),
            'DefaultCacheBehavior',
            (own) => withElement(own, 'TargetOriginId', 'group'),
          )
        : one,
    ),
  );
  proxy.when('cloudfront:GetVpcOrigin', {
    kind: 'answer',
    body: `<VpcOrigin><Id>vo_within</Id><Status>Deployed</Status><VpcOriginEndpointConfig><Name>within</Name><Arn>${m.id('load-balancer', 'within')}</Arn><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></VpcOriginEndpointConfig></VpcOrigin>`,
  });
  answers.patch('ecs:DescribeServices', (answer: { services: Service[] }) => ({
    ...answer,
    services: answer.services.map((service) => ({
      ...service,
      runningCount: 2,
      desiredCount: 2,
      pendingCount: 0,
      deployments: service.deployments
        .filter(({ status }) => status === 'PRIMARY')
        .map((one) => ({
          ...one,
          desiredCount: 2,
          runningCount: 2,
          pendingCount: 0,
          rolloutState: 'COMPLETED',
        })),
      ...(service.serviceName === 'colours' && setsOf(service)),
    })),
  }));
  answers.patch('elasticloadbalancing:DescribeTargetHealth', (xml: string) =>
    eachElement(xml, 'Target', (target) => {
      const id = elementOf(target, 'Id') ?? '';
      return id.startsWith('10.20.')
        ? withElement(target, 'AvailabilityZone', id.startsWith('10.20.10') ? 'eu-west-3a' : 'eu-west-3b')
        : target;
    }),
  );
}
