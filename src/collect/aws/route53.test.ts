import { expect, test } from 'vitest';
import { route53 } from './route53.ts';
import { collected, factOf } from './test-server.ts';

const zones = (
  more = '',
) => `<ListHostedZonesResponse><HostedZones><HostedZone><Id>/hostedzone/Z1PA6795UKMFR9</Id>
  <Name>example.com.</Name><CallerReference>1</CallerReference><Config><Comment></Comment><PrivateZone>false</PrivateZone></Config>
  <ResourceRecordSetCount>5</ResourceRecordSetCount></HostedZone>${more}</HostedZones><IsTruncated>false</IsTruncated>
  <MaxItems>100</MaxItems></ListHostedZonesResponse>`;
const records = (sets: string, rest = '<IsTruncated>false</IsTruncated>') =>
  `<ListResourceRecordSetsResponse><ResourceRecordSets>${sets}</ResourceRecordSets>${rest}<MaxItems>300</MaxItems></ListResourceRecordSetsResponse>`;
const record = (name: string, type: string, value: string) =>
  `<ResourceRecordSet><Name>${name}</Name><Type>${type}</Type><TTL>300</TTL><ResourceRecords><ResourceRecord><Value>${value}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>`;
const alias = (name: string, target: string) =>
  `<ResourceRecordSet><Name>${name}</Name><Type>A</Type><AliasTarget><HostedZoneId>Z3Q77PNBQS71R4</HostedZoneId><DNSName>${target}</DNSName><EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget></ResourceRecordSet>`;

const of = (sets: string) =>
  collected(route53, {
    'route53:ListHostedZones': zones(),
    'route53:ListResourceRecordSets': records(sets),
  });

test('a zone is told without its last dot, and by its id too', async () => {
  const { facts } = await of('');
  expect(factOf(facts, 'example.com')).toMatchObject({
    kind: 'AWS::Route53::HostedZone',
    arn: 'arn:aws:route53:::hostedzone/Z1PA6795UKMFR9',
    otherNames: ['Z1PA6795UKMFR9'],
    properties: { privateZone: false },
  });
});

test('the type of a record is part of what it is', async () => {
  const { facts } = await of(
    record('www.example.com.', 'A', '192.0.2.1') + record('www.example.com.', 'TXT', '&quot;proof&quot;'),
  );
  const found = facts.filter(({ name }) => name === 'www.example.com');
  expect(found.map(({ scope }) => scope)).toEqual(['A', 'TXT']);
  expect(found[0]?.properties).toMatchObject({ ttl: 300, resourceRecords: ['192.0.2.1'] });
});

test('what a TXT record holds is not told', async () => {
  const { facts } = await of(record('example.com.', 'TXT', '&quot;proof-of-identity&quot;'));
  expect(JSON.stringify(facts)).not.toContain('proof-of-identity');
});

test('a star is written as one', async () => {
  const { facts } = await of(record('\\052.example.com.', 'CNAME', 'example.com'));
  expect(factOf(facts, '*.example.com').scope).toBe('CNAME');
});

test('an alias leads to the load balancer whose name its DNS name holds', async () => {
  const { facts } = await of(
    alias('api.example.com.', 'dualstack.shop-prod-1234567890.eu-west-3.elb.amazonaws.com.'),
  );
  const fact = factOf(facts, 'api.example.com');
  expect(fact.properties?.aliasTarget).toBe('dualstack.shop-prod-1234567890.eu-west-3.elb.amazonaws.com');
  expect(fact.relations).toContainEqual({
    type: 'routes-to',
    to: { kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: 'shop-prod' },
  });
});

test('an alias of a website leads to the bucket of the record’s own name', async () => {
  const { facts } = await of(alias('www.example.com.', 's3-website.eu-west-3.amazonaws.com.'));
  expect(factOf(facts, 'www.example.com').relations).toContainEqual({
    type: 'routes-to',
    to: { kind: 'AWS::S3::Bucket', name: 'www.example.com' },
  });
});

test('the name servers and authority of a zone are made with it; those of a part of it are not', async () => {
  const { facts } = await of(
    record('example.com.', 'NS', 'ns-1.awsdns-01.com.') +
      record('example.com.', 'SOA', 'ns-1.awsdns-01.com. hostmaster') +
      record('lab.example.com.', 'NS', 'ns.example.net.'),
  );
  const builtIn = facts.filter((fact) => fact.builtIn).map(({ name, scope }) => `${name} ${scope}`);
  expect(builtIn).toEqual(['example.com NS', 'example.com SOA']);
});

test('every page of a zone is read, from where the one before ended', async () => {
  const { facts, calls } = await collected(route53, {
    'route53:ListHostedZones': zones(),
    'route53:ListResourceRecordSets': ({ StartRecordName }: { StartRecordName?: string }) =>
      StartRecordName === undefined
        ? records(
            record('a.example.com.', 'A', '192.0.2.1'),
            '<IsTruncated>true</IsTruncated><NextRecordName>b.example.com.</NextRecordName><NextRecordType>A</NextRecordType>',
          )
        : records(record(StartRecordName, 'A', '192.0.2.2')),
  });
  expect(factOf(facts, 'b.example.com').scope).toBe('A');
  expect(calls).toHaveLength(3);
});

test('a page that says that it begins where it began ends the list', async () => {
  const { calls } = await collected(route53, {
    'route53:ListHostedZones': zones(),
    'route53:ListResourceRecordSets': records(
      '',
      '<IsTruncated>true</IsTruncated><NextRecordName>a.example.com.</NextRecordName>',
    ),
  });
  expect(calls).toHaveLength(3);
});

test('records are not established where those of one zone are refused; the zone is', async () => {
  const { facts, lookups } = await collected(route53, {
    'route53:ListHostedZones': zones(),
    'route53:ListResourceRecordSets': { status: 403, code: 'AccessDenied' },
  });
  expect(factOf(facts, 'example.com')).toBeDefined();
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([
    {
      kind: 'AWS::Route53::RecordSet',
      refusal: { sort: 'denied', permission: 'route53:ListResourceRecordSets' },
    },
  ]);
  // a lookup of one scope would be left out for a declaration of another
  expect(lookups.every(({ scope }) => scope === undefined)).toBe(true);
});
