import {
  type HostedZone,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsRequest,
  paginateListHostedZones,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import type { RelationFact } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { routeTo } from './endpoints.ts';
import { lastPart, relation } from './parts.ts';
import { text } from './stated.ts';
import { whileListing } from './while-listing.ts';

const ZONE = 'AWS::Route53::HostedZone';
const RECORD = 'AWS::Route53::RecordSet';

/** Types whose values are public names and addresses. A TXT record may hold what proves an identity. */
const SHOWN = new Set(['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'HTTPS', 'SVCB']);

/** Public and private zones, and every record set in them. Amazon Route 53 API Reference, version 2013-04-01. */
export const route53 = defineAwsCollector({
  id: 'route53',
  title: { fr: 'Route 53', en: 'Route 53' },
  service: 'route53',
  where: 'global',
  Client: Route53Client,
  kinds: [ZONE, RECORD],
  permissions: {
    ListHostedZones: 'route53:ListHostedZones',
    ListResourceRecordSets: 'route53:ListResourceRecordSets',
  },
  async collect(aws) {
    await aws.list([ZONE, RECORD], () =>
      whileListing(async (begin) => {
        for await (const page of aws.pages(paginateListHostedZones, { MaxItems: 100 }))
          for (const zone of page.HostedZones ?? []) {
            seeZone(aws, zone);
            begin(recordsOf(aws, zone));
          }
      }),
    );
  },
});

const idOf = ({ Id = '' }: HostedZone): string => lastPart(Id);

function seeZone(aws: AwsScope, zone: HostedZone): void {
  const id = idOf(zone);
  aws.see({
    kind: ZONE,
    name: nameOf(zone.Name),
    arn: `arn:${aws.partition}:route53:::hostedzone/${id}`,
    operation: 'ListHostedZones',
    otherNames: [id],
    properties: {
      id,
      privateZone: zone.Config?.PrivateZone,
      resourceRecordSetCount: zone.ResourceRecordSetCount,
      comment: text(zone.Config?.Comment),
      linkedService: zone.LinkedService?.ServicePrincipal,
    },
  });
}

/** A name without its last dot; characters that Route 53 writes as octal escapes (`\052` for a star) as they are. */
export const nameOf = (name = ''): string =>
  name
    .replace(/\.$/, '')
    .replace(/\\([0-3][0-7]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));

/** No scope in the lookup: what files say of a record does not tell its zone. */
async function recordsOf(aws: AwsScope, zone: HostedZone): Promise<void> {
  await aws.list([RECORD], async () => {
    let from: Partial<ListResourceRecordSetsRequest> | undefined = {};
    while (from) {
      const start: Partial<ListResourceRecordSetsRequest> = from;
      const page = await aws.read(ListResourceRecordSetsCommand, {
        HostedZoneId: idOf(zone),
        MaxItems: 300,
        ...start,
      });
      for (const record of page.ResourceRecordSets ?? []) seeRecord(aws, zone, record);
      const next: Partial<ListResourceRecordSetsRequest> = {
        StartRecordName: page.NextRecordName,
        StartRecordType: page.NextRecordType,
        StartRecordIdentifier: page.NextRecordIdentifier,
      };
      // the same start again would be asked for ever
      from = page.IsTruncated && JSON.stringify(next) !== JSON.stringify(start) ? next : undefined;
    }
  });
}

function seeRecord(aws: AwsScope, zone: HostedZone, record: ResourceRecordSet): void {
  const { Type = '', AliasTarget, ResourceRecords = [] } = record;
  const name = nameOf(record.Name);
  const values = ResourceRecords.flatMap(({ Value }) => Value ?? []);
  const target = AliasTarget && nameOf(AliasTarget.DNSName);
  aws.see({
    kind: RECORD,
    name,
    scope: Type,
    operation: 'ListResourceRecordSets',
    properties: {
      type: Type,
      ttl: record.TTL,
      hostedZone: nameOf(zone.Name),
      hostedZoneId: idOf(zone),
      privateZone: zone.Config?.PrivateZone,
      resourceRecords: SHOWN.has(Type) && values.length > 0 ? values : undefined,
      aliasTarget: target,
      evaluateTargetHealth: AliasTarget?.EvaluateTargetHealth,
      setIdentifier: record.SetIdentifier,
      weight: record.Weight,
      failover: record.Failover,
      latencyRegion: record.Region,
      healthCheckId: record.HealthCheckId,
    },
    relations: [
      relation('part-of', ZONE, nameOf(zone.Name)),
      ...(target === undefined ? [] : [routeOf(name, target)]),
      ...(Type === 'CNAME' ? values.map(routeTo) : []),
    ],
    builtIn: (Type === 'NS' || Type === 'SOA') && name === nameOf(zone.Name),
  });
}

/** An alias of a website of S3 leads to the bucket that bears the record's own name. */
const routeOf = (name: string, target: string): RelationFact | undefined =>
  target.startsWith('s3-website') ? relation('routes-to', 'AWS::S3::Bucket', name) : routeTo(target);
