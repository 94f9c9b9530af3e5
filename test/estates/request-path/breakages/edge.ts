import { ACMClient, DeleteCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CloudFrontClient,
  type DistributionConfig,
  GetDistributionConfigCommand,
  type Origin,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import {
  DeleteListenerCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Estate } from '../harbour.ts';
import { type Breakage, root } from './breakage.ts';

const CDN = 'distribution harbour-web';

/** Sends the configuration of the distribution back, changed. */
async function reconfigure(
  { id, client }: Estate,
  change: (config: DistributionConfig) => Partial<DistributionConfig>,
): Promise<void> {
  const Id = id(CDN);
  const cloudfront = client(CloudFrontClient);
  const { DistributionConfig: config, ETag } = await cloudfront.send(
    new GetDistributionConfigCommand({ Id }),
  );
  if (!config) throw new Error('the distribution has no configuration');
  await cloudfront.send(
    new UpdateDistributionCommand({
      Id,
      IfMatch: ETag,
      DistributionConfig: { ...config, ...change(config) },
    }),
  );
}

const reorigin = (estate: Estate, change: (origin: Origin) => Partial<Origin>): Promise<void> =>
  reconfigure(estate, ({ Origins }) => ({
    Origins: {
      Quantity: 1,
      Items: (Origins?.Items ?? []).map((origin) => ({ ...origin, ...change(origin) })),
    },
  }));

const asked = (estate: Estate, settings: Partial<NonNullable<Origin['CustomOriginConfig']>>): Promise<void> =>
  reorigin(estate, ({ CustomOriginConfig }) => ({
    CustomOriginConfig: {
      HTTPPort: 80,
      HTTPSPort: 443,
      OriginProtocolPolicy: 'https-only',
      ...CustomOriginConfig,
      ...settings,
    },
  }));

/** Another certificate for the distribution. */
async function recertify(estate: Estate, names: string[], region: string): Promise<void> {
  const [DomainName = '', ...others] = names;
  const { CertificateArn } = await estate.client(ACMClient, region).send(
    new RequestCertificateCommand({
      DomainName,
      ValidationMethod: 'DNS',
      ...(others.length > 0 && { SubjectAlternativeNames: others }),
    }),
  );
  await reconfigure(estate, () => ({
    ViewerCertificate: {
      CloudFrontDefaultCertificate: false,
      ...(CertificateArn !== undefined && { ACMCertificateArn: CertificateArn }),
      SSLSupportMethod: 'sni-only',
      MinimumProtocolVersion: 'TLSv1.2_2021',
    },
  }));
}

interface Certificate {
  CertificateArn: string;
  [member: string]: unknown;
}

/** Changes what ACM tells of a certificate, in its list and in its description. */
export function changeCertificate(
  { id, answers }: Estate,
  what: string,
  change: Record<string, unknown>,
): void {
  const arn = id(what);
  const changed = (one: Certificate) => (one.CertificateArn === arn ? { ...one, ...change } : one);
  answers.patch('acm:ListCertificates', (answer: { CertificateSummaryList: Certificate[] }) => ({
    ...answer,
    CertificateSummaryList: answer.CertificateSummaryList.map(changed),
  }));
  answers.patch('acm:DescribeCertificate', (answer: { Certificate: Certificate }) => ({
    Certificate: changed(answer.Certificate),
  }));
}

/** Seconds since 1970, a month ago. */
const lastMonth = () => Math.floor(Date.now() / 1000) - 30 * 86_400;
const EDGE = 'certificate harbour-edge';
const REGIONAL = 'certificate harbour-region';

/** What is wrong with a distribution, its certificate and its web ACL. */
export const edge: Breakage[] = [
  {
    id: 'cdn-alias-missing',
    what: 'the distribution no longer bears the name that leads to it',
    way: 'web',
    touches: ['aliases'],
    blamed: [root('cdn-alias-missing', CDN)],
    break: (estate) =>
      reconfigure(estate, () => ({ Aliases: { Quantity: 1, Items: ['www.harbour.example'] } })),
  },
  {
    id: 'cdn-disabled',
    what: 'the distribution is switched off',
    way: 'web',
    touches: ['enabled'],
    blamed: [root('cdn-disabled', CDN)],
    break: (estate) => reconfigure(estate, () => ({ Enabled: false })),
  },
  {
    id: 'viewer-http-allowed',
    what: 'viewers may ask in the clear',
    way: 'web',
    touches: ['viewers'],
    blamed: [root('viewer-http-allowed', CDN)],
    break: (estate) =>
      reconfigure(estate, ({ DefaultCacheBehavior }) => ({
        DefaultCacheBehavior: {
          TargetOriginId: 'origin',
          ...DefaultCacheBehavior,
          ViewerProtocolPolicy: 'allow-all',
        },
      })),
  },
  {
    id: 'origin-loop-by-alias',
    what: 'the origin is a name that the distribution itself bears',
    way: 'web',
    touches: ['origin'],
    ends: true,
    blamed: [root('origin-loop', CDN)],
    break: (estate) => reorigin(estate, () => ({ DomainName: 'www.harbour.example' })),
  },
  {
    id: 'origin-loop-by-own-name',
    what: 'the origin is the distribution’s own domain name',
    way: 'web',
    touches: ['origin'],
    ends: true,
    blamed: [root('origin-loop', CDN)],
    break: (estate) => reorigin(estate, () => ({ DomainName: estate.id('distribution-dns harbour-web') })),
  },
  {
    id: 'origin-before',
    what: 'the origin is the load balancer that was there before',
    way: 'web',
    touches: ['origin'],
    blamed: [root('origin-missing', CDN)],
    break: (estate) =>
      reorigin(estate, () => ({ DomainName: 'harbour-web-1380224466.eu-west-3.elb.amazonaws.com' })),
  },
  {
    id: 'origin-bucket-missing',
    what: 'the origin is a bucket that is not there',
    way: 'web',
    touches: ['origin'],
    blamed: [],
    unknown: ['origin-missing'],
    because: 'a distribution may read a bucket of another account, which its name does not tell',
    break: (estate) =>
      reorigin(estate, () => ({ DomainName: 'harbour-site-gone.s3.eu-west-3.amazonaws.com' })),
  },
  {
    id: 'origin-path',
    what: 'a path that nothing behind the origin knows is put before each request',
    way: 'web',
    touches: ['origin path'],
    blamed: [root('origin-path-unexpected', CDN)],
    break: (estate) => reorigin(estate, () => ({ OriginPath: '/production' })),
  },
  {
    id: 'origin-http-only-loop',
    what: 'the origin is asked in the clear, and its listener redirects to HTTPS',
    way: 'web',
    touches: ['origin protocol'],
    ends: true,
    blamed: [root('redirect-loop', 'load-balancer harbour-web')],
    break: (estate) => asked(estate, { OriginProtocolPolicy: 'http-only' }),
  },
  {
    id: 'origin-port-wrong',
    what: 'the origin is asked on a port on which it does not listen',
    way: 'web',
    touches: ['origin protocol', 'listener 443'],
    blamed: [root('origin-protocol-mismatch', CDN)],
    break: (estate) => asked(estate, { HTTPSPort: 8443 }),
  },
  {
    id: 'listener-443-missing',
    what: 'the origin is asked over HTTPS, and no listener is on 443',
    way: 'web',
    touches: ['listener 443'],
    ends: true,
    blamed: [root('listener-missing', 'load-balancer harbour-web')],
    break: ({ client, id }) =>
      client(ElasticLoadBalancingV2Client).send(
        new DeleteListenerCommand({ ListenerArn: id('listener harbour-web 443') }),
      ),
  },
  {
    id: 'listener-443-plain',
    what: 'the listener on 443 speaks HTTP',
    way: 'web',
    touches: ['listener 443'],
    blamed: [root('listener-missing', 'load-balancer harbour-web')],
    break: ({ client, id }) =>
      client(ElasticLoadBalancingV2Client).send(
        new ModifyListenerCommand({ ListenerArn: id('listener harbour-web 443'), Protocol: 'HTTP' }),
      ),
  },
  {
    id: 'certificate-wrong-region',
    what: 'the distribution names a certificate of the region of the load balancer',
    way: 'web',
    touches: ['certificate of the distribution'],
    blamed: [root('certificate-wrong-region', 'certificate')],
    break: (estate) => recertify(estate, ['harbour.example', 'www.harbour.example'], 'eu-west-3'),
  },
  {
    id: 'certificate-not-covering',
    what: 'the certificate of the distribution is for another name',
    way: 'web',
    touches: ['certificate of the distribution'],
    blamed: [root('certificate-not-covering', 'certificate')],
    break: (estate) => recertify(estate, ['www.harbour.example', 'assets.harbour.example'], 'us-east-1'),
  },
  {
    id: 'certificate-star-too-short',
    what: 'the certificate is for all names below the one that is asked for, and not for itself',
    way: 'web',
    touches: ['certificate of the distribution'],
    blamed: [root('certificate-not-covering', 'certificate')],
    break: (estate) => recertify(estate, ['*.harbour.example'], 'us-east-1'),
  },
  {
    id: 'certificate-expired',
    what: 'the certificate of the distribution ran out a month ago',
    way: 'web',
    touches: ['certificate of the distribution'],
    blamed: [root('certificate-expired', EDGE)],
    break: (estate) => changeCertificate(estate, EDGE, { Status: 'EXPIRED', NotAfter: lastMonth() }),
  },
  {
    id: 'certificate-pending',
    what: 'the certificate of the distribution was never validated',
    way: 'web',
    touches: ['certificate of the distribution'],
    blamed: [root('certificate-not-issued', EDGE)],
    break: (estate) =>
      changeCertificate(estate, EDGE, {
        Status: 'PENDING_VALIDATION',
        NotAfter: undefined,
        NotBefore: undefined,
      }),
  },
  {
    id: 'balancer-certificate-expired',
    what: 'the certificate of the listener ran out a month ago',
    way: 'status',
    touches: ['certificate of the listener'],
    blamed: [root('certificate-expired', REGIONAL)],
    break: (estate) => changeCertificate(estate, REGIONAL, { Status: 'EXPIRED', NotAfter: lastMonth() }),
  },
  {
    id: 'balancer-certificate-not-covering',
    what: 'the certificate of the listener does not cover the name',
    way: 'status',
    touches: ['certificate of the listener'],
    blamed: [root('certificate-not-covering', REGIONAL)],
    break: (estate) => {
      changeCertificate(estate, REGIONAL, {
        DomainName: 'harbour.example',
        SubjectAlternativeNames: ['harbour.example', 'www.harbour.example'],
        SubjectAlternativeNameSummaries: ['harbour.example', 'www.harbour.example'],
      });
    },
  },
  {
    id: 'balancer-certificate-deleted',
    what: 'the certificate that the listener names is deleted',
    way: 'status',
    touches: ['certificate of the listener'],
    blamed: [root('certificate-missing', REGIONAL)],
    break: ({ id, client }) =>
      client(ACMClient).send(new DeleteCertificateCommand({ CertificateArn: id(REGIONAL) })),
  },
  {
    id: 'web-acl-missing',
    what: 'the distribution names a web ACL that is not there',
    way: 'web',
    touches: ['web ACL'],
    blamed: [root('web-acl-missing', 'web-acl')],
    break: ({ answers }) =>
      answers.patch('wafv2:ListWebACLs', (answer: object) => ({ ...answer, WebACLs: [] })),
  },
  {
    id: 'origin-tls-old',
    what: 'the distribution speaks to its origin TLS 1.0 alone, which the listener’s policy refuses',
    way: 'web',
    touches: ['origin protocol', 'listener 443'],
    blamed: [root('origin-protocol-mismatch', CDN)],
    break: async (estate) => {
      await asked(estate, { OriginSslProtocols: { Quantity: 1, Items: ['TLSv1'] } });
      estate.answers.patch('elasticloadbalancing:DescribeListeners', (xml: string) =>
        xml.replace(
          /<SslPolicy>[^<]*<\/SslPolicy>/g,
          '<SslPolicy>ELBSecurityPolicy-TLS13-1-2-2021-06</SslPolicy>',
        ),
      );
    },
  },
];
