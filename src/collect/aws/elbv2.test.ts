import { expect, test } from 'vitest';
import { elbv2 } from './elbv2.ts';
import { ACCOUNT, collected, detailed, factOf } from './test-server.ts';

const at = (resource: string) => `arn:aws:elasticloadbalancing:eu-west-3:${ACCOUNT}:${resource}`;
const BALANCER = at('loadbalancer/app/shop/50dc6c495c0c9188');
const LISTENER = at('listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2');
const GROUP = at('targetgroup/shop-api/73e2d6bc24d8a067');
const CERTIFICATE = `arn:aws:acm:eu-west-3:${ACCOUNT}:certificate/0a1b2c3d`;
const DENIED = { status: 403, code: 'AccessDenied' };
const BALANCER_KIND = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

const answers = {
  'elasticloadbalancing:DescribeLoadBalancers': `<LoadBalancers><member>
    <LoadBalancerArn>${BALANCER}</LoadBalancerArn><LoadBalancerName>shop</LoadBalancerName>
    <DNSName>shop-1234567890.eu-west-3.elb.amazonaws.com</DNSName><Scheme>internet-facing</Scheme>
    <Type>application</Type><State><Code>active</Code></State><VpcId>vpc-1</VpcId>
    <AvailabilityZones><member><ZoneName>eu-west-3a</ZoneName><SubnetId>subnet-1</SubnetId></member></AvailabilityZones>
    <SecurityGroups><member>sg-1</member></SecurityGroups></member></LoadBalancers>`,
  'elasticloadbalancing:DescribeListeners': `<Listeners><member>
    <ListenerArn>${LISTENER}</ListenerArn><Port>443</Port><Protocol>HTTPS</Protocol>
    <SslPolicy>ELBSecurityPolicy-TLS13-1-2-2021-06</SslPolicy>
    <Certificates><member><CertificateArn>${CERTIFICATE}</CertificateArn></member></Certificates>
    <DefaultActions><member><Type>forward</Type><TargetGroupArn>${GROUP}</TargetGroupArn></member></DefaultActions>
    </member></Listeners>`,
  'elasticloadbalancing:DescribeTargetGroups': `<TargetGroups><member>
    <TargetGroupArn>${GROUP}</TargetGroupArn><TargetGroupName>shop-api</TargetGroupName><Port>8080</Port>
    <Protocol>HTTP</Protocol><TargetType>instance</TargetType><HealthCheckPath>/health</HealthCheckPath>
    <Matcher><HttpCode>200-299</HttpCode></Matcher><VpcId>vpc-1</VpcId>
    <LoadBalancerArns><member>${BALANCER}</member></LoadBalancerArns></member></TargetGroups>`,
  'elasticloadbalancing:DescribeTargetHealth': `<TargetHealthDescriptions><member>
    <Target><Id>i-0123456789abcdef0</Id><Port>8080</Port></Target>
    <HealthCheckPort>8081</HealthCheckPort>
    <TargetHealth><State>unhealthy</State><Reason>Target.Timeout</Reason>
    <Description>Request timed out, password=hunter2hunter2</Description></TargetHealth>
    </member></TargetHealthDescriptions>`,
  'elasticloadbalancing:DescribeRules': `<Rules>
    <member><RuleArn>${LISTENER}/1</RuleArn><Priority>default</Priority><IsDefault>true</IsDefault></member>
    <member><RuleArn>${LISTENER}/2</RuleArn><Priority>10</Priority><IsDefault>false</IsDefault>
      <Conditions>
        <member><Field>path-pattern</Field><PathPatternConfig><Values><member>/api/*</member></Values></PathPatternConfig></member>
        <member><Field>http-header</Field><HttpHeaderConfig><HttpHeaderName>x-origin</HttpHeaderName>
          <Values><member>a-shared-secret</member></Values></HttpHeaderConfig></member>
      </Conditions>
      <Actions><member><Type>forward</Type><TargetGroupArn>${GROUP}</TargetGroupArn></member></Actions></member></Rules>`,
};

test('a load balancer is told with its networks, and by its DNS name too', async () => {
  const { facts } = await collected(elbv2, answers);
  expect(factOf(facts, 'shop')).toMatchObject({
    kind: BALANCER_KIND,
    arn: BALANCER,
    otherNames: ['shop-1234567890.eu-west-3.elb.amazonaws.com'],
    properties: { scheme: 'internet-facing', type: 'application', state: 'active', subnets: ['subnet-1'] },
  });
});

test('a listener is named by load balancer and port, and leads to what it forwards to', async () => {
  const { facts } = await collected(elbv2, answers);
  const listener = factOf(facts, 'shop:443');
  expect(listener).toMatchObject({
    arn: LISTENER,
    properties: {
      port: 443,
      protocol: 'HTTPS',
      defaultActions: [{ type: 'forward', targetGroups: ['shop-api'], targetGroupArns: [GROUP] }],
    },
  });
  expect(listener.relations).toEqual([
    { type: 'part-of', to: { kind: BALANCER_KIND, name: 'shop' } },
    { type: 'uses-certificate', to: { kind: 'AWS::CertificateManager::Certificate', name: CERTIFICATE } },
    { type: 'routes-to', to: { kind: 'AWS::ElasticLoadBalancingV2::TargetGroup', name: GROUP } },
  ]);
});

test('a redirect is told without its query', async () => {
  const { facts } = await collected(elbv2, {
    ...answers,
    'elasticloadbalancing:DescribeListeners': `<Listeners><member><ListenerArn>${LISTENER}</ListenerArn><Port>80</Port>
      <Protocol>HTTP</Protocol><DefaultActions><member><Type>redirect</Type><RedirectConfig><Protocol>HTTPS</Protocol>
      <Port>443</Port><Query>token=x</Query><StatusCode>HTTP_301</StatusCode></RedirectConfig></member></DefaultActions>
      </member></Listeners>`,
  });
  expect(factOf(facts, 'shop:80').properties?.defaultActions).toEqual([
    { type: 'redirect', protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
  ]);
});

test('a target group is told with the health of its targets', async () => {
  const { facts } = await collected(elbv2, answers);
  const group = factOf(facts, 'shop-api');
  expect(group.properties).toMatchObject({
    port: 8080,
    healthCheckPath: '/health',
    matcher: '200-299',
    loadBalancers: ['shop'],
    targets: [
      {
        id: 'i-0123456789abcdef0',
        port: 8080,
        state: 'unhealthy',
        reason: 'Target.Timeout',
        description: 'Request timed out, password=…',
        healthCheckPort: 8081,
      },
    ],
  });
  expect(group.relations).toContainEqual({
    type: 'routes-to',
    to: { kind: 'AWS::EC2::Instance', name: 'i-0123456789abcdef0' },
  });
});

test('rules are read only where a file names the load balancer', async () => {
  const { calls } = await collected(elbv2, answers);
  expect(calls).not.toContain('elasticloadbalancing:DescribeRules');
});

test('a rule is named by its conditions, of headers by their name alone; the default one is the listener’s', async () => {
  const { facts } = await collected(elbv2, answers, { declared: [[BALANCER_KIND, 'shop']] });
  const rules = facts.filter(({ kind }) => kind === 'AWS::ElasticLoadBalancingV2::ListenerRule');
  expect(rules).toHaveLength(1);
  expect(rules[0]).toMatchObject({
    name: 'shop:443 path-pattern=/api/* http-header=x-origin',
    properties: { priority: 10 },
  });
  expect(JSON.stringify(rules)).not.toContain('a-shared-secret');
});

test('refused listeners are not established; the load balancer stays', async () => {
  const { facts, lookups } = await collected(elbv2, {
    ...answers,
    'elasticloadbalancing:DescribeListeners': DENIED,
  });
  expect(factOf(facts, 'shop')).toBeDefined();
  const refused = lookups.filter(({ refusal }) => refusal !== undefined);
  expect(refused).toMatchObject([
    {
      kind: 'AWS::ElasticLoadBalancingV2::Listener',
      scope: 'shop',
      refusal: { sort: 'denied', permission: 'elasticloadbalancing:DescribeListeners' },
    },
  ]);
});

test('a target group whose health is refused is still seen, and says that its targets are not known', async () => {
  const { facts } = await collected(elbv2, {
    ...answers,
    'elasticloadbalancing:DescribeTargetHealth': DENIED,
  });
  const group = factOf(facts, 'shop-api');
  expect(group.properties).not.toHaveProperty('targets');
  expect(group.refusals).toMatchObject([{ operation: 'elasticloadbalancing:DescribeTargetHealth' }]);
});

const LISTENER_KIND = 'AWS::ElasticLoadBalancingV2::Listener';
const GROUP_KIND = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const OTHER = `arn:aws:acm:eu-west-3:${ACCOUNT}:certificate/9f8e7d6c`;
const GREEN = at('targetgroup/shop-green/0a1b2c3d4e5f6a7b');
const attributes = (key: string, value: string) =>
  `<Attributes><member><Key>${key}</Key><Value>${value}</Value></member></Attributes>`;
const more = {
  ...answers,
  'elasticloadbalancing:DescribeLoadBalancerAttributes': attributes('idle_timeout.timeout_seconds', '60'),
  'elasticloadbalancing:DescribeTargetGroupAttributes': attributes('stickiness.enabled', 'false'),
  'elasticloadbalancing:DescribeListenerCertificates': `<Certificates>
    <member><CertificateArn>${CERTIFICATE}</CertificateArn><IsDefault>true</IsDefault></member>
    <member><CertificateArn>${OTHER}</CertificateArn><IsDefault>false</IsDefault></member></Certificates>`,
  'elasticloadbalancing:DescribeRules': `<Rules><member><RuleArn>${LISTENER}/2</RuleArn><Priority>10</Priority>
    <IsDefault>false</IsDefault><Conditions>
      <member><Field>host-header</Field><HostHeaderConfig><Values><member>www.example.com</member></Values></HostHeaderConfig></member>
      <member><Field>path-pattern</Field><PathPatternConfig><RegexValues><member>^/v[0-9]/</member></RegexValues></PathPatternConfig></member>
      <member><Field>http-request-method</Field><HttpRequestMethodConfig><Values><member>GET</member></Values></HttpRequestMethodConfig></member>
    </Conditions>
    <Transforms><member><Type>url-rewrite</Type><UrlRewriteConfig><Rewrites><member><Regex>^/api</Regex><Replace>/</Replace></member></Rewrites></UrlRewriteConfig></member></Transforms>
    <Actions><member><Type>forward</Type><ForwardConfig><TargetGroups>
      <member><TargetGroupArn>${GROUP}</TargetGroupArn><Weight>100</Weight></member>
      <member><TargetGroupArn>${GREEN}</TargetGroupArn><Weight>0</Weight></member>
    </TargetGroups></ForwardConfig></member></Actions></member></Rules>`,
};

test('a load balancer on a path is told with its attributes, and with the rules and certificates of its listeners', async () => {
  const { facts, lookups, calls } = await detailed(elbv2, more, [
    [BALANCER_KIND, 'shop'],
    [LISTENER_KIND, 'shop:443'],
  ]);
  expect(factOf(facts, 'shop')).toMatchObject({
    arn: BALANCER,
    properties: { loadBalancerAttributes: { 'idle_timeout.timeout_seconds': '60' } },
  });
  expect(factOf(facts, 'shop:443')).toMatchObject({
    arn: LISTENER,
    properties: { additionalCertificates: [OTHER] },
    relations: [{ type: 'uses-certificate', to: { name: OTHER } }],
  });
  expect(facts.find(({ kind }) => kind === 'AWS::ElasticLoadBalancingV2::ListenerRule')?.properties).toEqual({
    priority: 10,
    conditions: ['host-header=www.example.com', 'path-pattern=^/v[0-9]/', 'http-request-method=GET'],
    hosts: ['www.example.com'],
    pathRegexes: ['^/v[0-9]/'],
    methods: ['GET'],
    others: ['http-request-method'],
    transforms: [{ type: 'url-rewrite', rewrites: [{ regex: '^/api', replace: '/' }] }],
    actions: [
      {
        type: 'forward',
        targetGroups: ['shop-api', 'shop-green'],
        targetGroupArns: [GROUP, GREEN],
        weights: [100, 0],
      },
    ],
  });
  expect(lookups).toEqual([
    {
      source: 'aws',
      kind: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      account: ACCOUNT,
      region: 'eu-west-3',
      scope: 'shop:443',
    },
  ]);
  expect(calls.toSorted()).toEqual([
    'elasticloadbalancing:DescribeListenerCertificates',
    'elasticloadbalancing:DescribeLoadBalancerAttributes',
    'elasticloadbalancing:DescribeRules',
  ]);
});

test('rules that the lists told are not asked for again', async () => {
  const { calls } = await detailed(elbv2, more, [[BALANCER_KIND, 'shop']], {
    declared: [[BALANCER_KIND, 'shop']],
  });
  expect(calls).not.toContain('elasticloadbalancing:DescribeRules');
  expect(calls).toContain('elasticloadbalancing:DescribeListenerCertificates');
});

test('a target group on a path is told with its attributes', async () => {
  const { facts } = await detailed(elbv2, more, [[GROUP_KIND, 'shop-api']]);
  expect(factOf(facts, 'shop-api')).toMatchObject({
    arn: GROUP,
    properties: { targetGroupAttributes: { 'stickiness.enabled': 'false' } },
  });
});

test('a refused detail leaves its property out, says why, and is counted', async () => {
  const { facts, lookups, coverage } = await detailed(
    elbv2,
    {
      ...more,
      'elasticloadbalancing:DescribeRules': DENIED,
      'elasticloadbalancing:DescribeListenerCertificates': DENIED,
    },
    [[BALANCER_KIND, 'shop']],
  );
  expect(factOf(facts, 'shop:443')).not.toHaveProperty('properties');
  expect(factOf(facts, 'shop:443').refusals).toMatchObject([
    { permission: 'elasticloadbalancing:DescribeListenerCertificates' },
  ]);
  expect(lookups).toMatchObject([{ refusal: { sort: 'denied' } }]);
  expect(coverage.filter(({ denied }) => denied > 0).map(({ name }) => name)).toEqual([
    'elasticloadbalancing:DescribeListenerCertificates',
    'elasticloadbalancing:DescribeRules',
  ]);
});

test('nothing is asked of what was not seen', async () => {
  const { facts, calls } = await detailed(elbv2, more, [[BALANCER_KIND, 'elsewhere']]);
  expect({ facts, calls }).toEqual({ facts: [], calls: [] });
});
