import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  type ResourceRecordSet,
  Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53';
import { each, type Made } from './made.ts';

export interface EdgeDescription {
  distributions?: Record<
    string,
    {
      aliases?: string[];
      /** A host, or `load-balancer NAME` or `bucket NAME` of the description. */
      origin: string;
      certificate?: string;
      enabled?: boolean;
      webAcl?: string;
      /** The origin gets the `Host` that viewers ask for. */
      sendsHost?: boolean;
    }
  >;
  /** Zones by domain, and their records by name and type: `{ 'www.example.org A': … }`. */
  zones?: Record<string, { records?: Record<string, RecordTarget>; private?: string }>;
}

/** Values, or an alias of a load balancer or of a distribution of the description, or of any other name. */
export type RecordTarget =
  | string[]
  | (Among & ({ loadBalancer: string } | { distribution: string } | { alias: string; zone: string }));

/** Of one set among several for the same name and type, which its key tells apart by a third word. */
interface Among {
  weight?: number;
}

/** The hosted zone of every distribution: Amazon CloudFront Developer Guide, "Routing traffic with Route 53". */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

export async function seedEdge(made: Made, { distributions, zones }: EdgeDescription): Promise<void> {
  await each(
    distributions,
    async (name, { aliases = [], origin, certificate, webAcl, sendsHost, enabled = true }) => {
      const command = new CreateDistributionCommand({
        DistributionConfig: {
          CallerReference: name,
          Comment: name,
          Enabled: enabled,
          ...(webAcl !== undefined && { WebACLId: webAcl }),
          ...(aliases.length > 0 && { Aliases: { Quantity: aliases.length, Items: aliases } }),
          ...(certificate !== undefined && {
            ViewerCertificate: {
              CloudFrontDefaultCertificate: false,
              ACMCertificateArn: made.id('certificate', certificate),
              SSLSupportMethod: 'sni-only',
              MinimumProtocolVersion: 'TLSv1.2_2021',
            },
          }),
          Origins: {
            Quantity: 1,
            Items: [{ Id: 'origin', DomainName: hostOf(made, origin), ...settings(origin) }],
          },
          DefaultCacheBehavior: {
            TargetOriginId: 'origin',
            ViewerProtocolPolicy: 'redirect-to-https',
            MinTTL: 0,
            ForwardedValues: {
              QueryString: false,
              Cookies: { Forward: 'none' },
              ...(sendsHost && { Headers: { Quantity: 1, Items: ['Host'] } }),
            },
          },
        },
      });
      const { Distribution } = await made.client(CloudFrontClient).send(command);
      made.keep('distribution', name, Distribution?.Id);
      made.keep('distribution-dns', name, Distribution?.DomainName);
    },
  );
  const route53 = made.client(Route53Client);
  await each(zones, async (Name, { records, private: vpc }) => {
    const command = new CreateHostedZoneCommand({
      Name,
      CallerReference: Name,
      ...(vpc !== undefined && {
        VPC: { VPCId: made.id('vpc', vpc), VPCRegion: made.region as never },
        HostedZoneConfig: { PrivateZone: true },
      }),
    });
    const HostedZoneId = made.keep('zone', Name, (await route53.send(command)).HostedZone?.Id);
    const sets = Object.entries(records ?? {}).map(([key, target]) => recordSet(made, key, target));
    if (sets.length > 0)
      await route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId,
          ChangeBatch: {
            Changes: sets.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })),
          },
        }),
      );
  });
}

function hostOf(made: Made, origin: string): string {
  const [what = '', name] = origin.split(' ');
  if (name === undefined) return origin;
  return what === 'bucket' ? `${name}.s3.${made.region}.amazonaws.com` : made.id('load-balancer-dns', name);
}

const settings = (origin: string) =>
  origin.startsWith('bucket ')
    ? { S3OriginConfig: { OriginAccessIdentity: '' } }
    : { CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' as const } };

function recordSet(made: Made, key: string, target: RecordTarget): ResourceRecordSet {
  const [Name, Type, SetIdentifier] = key.split(' ') as [string, RRType, string | undefined];
  if (Array.isArray(target))
    return { Name, Type, TTL: 300, ResourceRecords: target.map((Value) => ({ Value })) };
  const [DNSName, HostedZoneId] =
    'loadBalancer' in target
      ? [
          made.id('load-balancer-dns', target.loadBalancer),
          made.id('load-balancer-zone', target.loadBalancer),
        ]
      : 'distribution' in target
        ? [made.id('distribution-dns', target.distribution), CLOUDFRONT_ZONE]
        : [target.alias, target.zone];
  return {
    Name,
    Type,
    ...(SetIdentifier !== undefined && { SetIdentifier, Weight: target.weight }),
    AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth: false },
  };
}
