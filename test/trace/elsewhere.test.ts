import type { Kind } from '#model/fact.ts';
import { runPaths } from '#reconcile/trace/test-cases.ts';
import {
  Account,
  BALANCER,
  BUCKET,
  CERTIFICATE,
  DISTRIBUTION,
  LISTENER,
  RECORD,
  related,
  ZONE,
} from '#reconcile/trace/test-estate.ts';

const INSTANCE: Kind = 'AWS::EC2::Instance';

/** A zone with one record, which is an alias or a name. */
function named(target: string, type = 'CNAME'): Account {
  const account = new Account().see(ZONE, 'yard.example', { id: 'Z1', privateZone: false });
  return account.see(
    RECORD,
    'app.yard.example',
    { hostedZoneId: 'Z1', ...(type === 'A' ? { aliasTarget: target } : { resourceRecords: [target] }) },
    { scope: type },
  );
}

const url = 'https://app.yard.example/';

/** A load balancer by the name that its partition gives it, with a listener that answers for itself. */
function balanced(dnsName: string, region: string): Account {
  const arn = (rest: string) => `arn:aws:elasticloadbalancing:${region}:111122223333:${rest}`;
  return named(dnsName, 'A')
    .see(
      BALANCER,
      'front',
      { dnsName, state: 'active', scheme: 'internet-facing' },
      { region, arn: arn('loadbalancer/app/front/1'), otherNames: [dnsName] },
    )
    .see(
      LISTENER,
      'front:443',
      { port: 443, protocol: 'TLS', certificates: [], additionalCertificates: [] },
      { region, relations: [related('part-of', BALANCER, 'front')] },
    );
}

runPaths('what stands behind a name', () => named('x1y2z3w4v5.eu-west-3.awsapprunner.com'), [
  {
    name: 'a service of App Runner that was not read',
    url,
    unknown: ['dns-record-misdirected'],
    roles: 'dns server',
  },
  {
    name: 'a service of App Runner',
    change: (one) =>
      one.see(
        'AWS::AppRunner::Service',
        'shop',
        {},
        { otherNames: ['x1y2z3w4v5.eu-west-3.awsapprunner.com'] },
      ),
    url,
    roles: 'dns server',
  },
]);

const BEAN = 'shop-live.abc123.eu-west-3.elasticbeanstalk.com';
const bean = (endpointURL: string) =>
  named(BEAN).see('AWS::ElasticBeanstalk::Environment', 'shop-live', { endpointURL }, { otherNames: [BEAN] });

runPaths('an environment of Elastic Beanstalk', () => bean('198.51.100.7'), [
  {
    name: 'on one machine',
    change: (one) => one.see(INSTANCE, 'i-1', {}, { otherNames: ['198.51.100.7'] }),
    url,
    roles: 'dns server server',
  },
  { name: 'of which the machine was not seen', url, roles: 'dns server' },
]);

runPaths('an application of Amplify', () => named('main.d1a2b3c4d5e6f7.amplifyapp.com'), [
  {
    name: 'by its own name',
    change: (one) => one.see('AWS::Amplify::App', 'd1a2b3c4d5e6f7', {}),
    url,
    roles: 'dns server',
  },
  {
    name: 'by the distribution of AWS that serves its custom domain',
    change: (one) => one.set(RECORD, { resourceRecords: ['d111111abcdef8.cloudfront.net'] }),
    url,
    unknown: ['dns-record-misdirected'],
    says: 'which was not seen in this account',
    roles: 'dns cdn',
  },
]);

runPaths('a name of another partition', () => named('gone'), [
  {
    name: 'a bucket of China',
    change: (one) =>
      one
        .set(RECORD, { resourceRecords: ['app.yard.example.s3-website.cn-north-1.amazonaws.com.cn'] })
        .see(BUCKET, 'app.yard.example', { publicPolicy: true }, { region: 'cn-north-1' }),
    url: 'http://app.yard.example/',
    roles: 'dns bucket',
  },
  {
    name: 'a load balancer of GovCloud that nobody read',
    change: (one) =>
      one.set(RECORD, { resourceRecords: ['front-1234567890.us-gov-west-1.elb.amazonaws.com'] }),
    url,
    unknown: ['dns-record-misdirected'],
    says: 'nobody read',
    roles: 'dns load-balancer',
  },
]);

for (const [name, region] of [
  ['front-1234567890.cn-north-1.elb.amazonaws.com.cn', 'cn-north-1'],
  ['front-0123456789abcdef.elb.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
] as const)
  runPaths(`a load balancer of ${region}`, () => balanced(name, region), [
    {
      name: 'is met by its name',
      url,
      fail: ['certificate-missing'],
      // rules of another region are not read here
      unknown: ['listener-rule-shadowed'],
      roles: 'dns load-balancer',
    },
  ]);

/** A distribution of China takes its certificates from China. */
runPaths('a distribution of China', () => named('d111111abcdef8.cloudfront.cn'), [
  {
    name: 'with a certificate of its region',
    change: (one) =>
      one
        .see(
          CERTIFICATE,
          'app.yard.example',
          { domainName: 'app.yard.example', status: 'ISSUED', notAfter: '2027-06-01T00:00:00.000Z' },
          { region: 'cn-north-1', arn: 'arn:aws-cn:acm:cn-north-1:111122223333:certificate/1' },
        )
        .see(
          DISTRIBUTION,
          'E1',
          {
            domainName: 'd111111abcdef8.cloudfront.cn',
            aliases: ['app.yard.example'],
            enabled: true,
            certificate: 'arn:aws-cn:acm:cn-north-1:111122223333:certificate/1',
            behaviours: [{ path: '*', origin: 'files', viewerProtocolPolicy: 'redirect-to-https' }],
            origins: [{ id: 'files', domainName: 'files.s3.cn-north-1.amazonaws.com.cn' }],
          },
          {
            arn: 'arn:aws-cn:cloudfront::111122223333:distribution/E1',
            otherNames: ['d111111abcdef8.cloudfront.cn', 'app.yard.example'],
          },
        )
        .see(BUCKET, 'files', {}, { region: 'cn-north-1' }),
    url,
    roles: 'dns cdn bucket',
  },
]);
