import {
  type Change,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import type { Estate } from '../harbour.ts';
import { type Breakage, root } from './breakage.ts';

/** Who bears the name: where that is wrong too, nothing tells where the record should lead. */
const BEARER = 'aliases';
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** Changes the sets for a name and a type; undefined takes one away. */
async function changeRecords(
  { id, client }: Estate,
  name: string,
  type: string,
  change: (set: ResourceRecordSet) => ResourceRecordSet | undefined,
): Promise<void> {
  const HostedZoneId = id('zone harbour.example');
  const route53 = client(Route53Client);
  const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
  const Changes = ResourceRecordSets.filter((set) => set.Name === `${name}.` && set.Type === type).flatMap(
    (set): Change[] => {
      const now = change(set);
      return [
        now
          ? { Action: 'UPSERT' as const, ResourceRecordSet: now }
          : { Action: 'DELETE' as const, ResourceRecordSet: set },
      ];
    },
  );
  await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
}

const leadingTo = (set: ResourceRecordSet, DNSName: string, HostedZoneId: string): ResourceRecordSet => ({
  ...set,
  AliasTarget: { DNSName, HostedZoneId, EvaluateTargetHealth: false },
});

/** A load balancer that had the name of one that is there: its address had another number. */
const before = (way: string) => `harbour-${way}-1904816512.eu-west-3.elb.amazonaws.com`;
/** One of which nobody knows whose it is. */
const STRANGER = 'quayside-lb-771820394.eu-west-3.elb.amazonaws.com';

/** What is wrong with where names lead. */
export const names: Breakage[] = [
  {
    id: 'record-missing',
    what: 'the A record is deleted, and the AAAA record with it',
    way: 'web',
    touches: ['records of harbour.example', BEARER],
    blamed: [root('dns-record-missing', 'dns')],
    break: async (estate) => {
      for (const type of ['A', 'AAAA']) await changeRecords(estate, 'harbour.example', type, () => undefined);
    },
  },
  {
    id: 'record-missing-of-balancer',
    what: 'the record of a name that no distribution bears is deleted',
    way: 'status',
    touches: ['records of status.harbour.example'],
    ends: true,
    blamed: [root('dns-record-missing', 'dns')],
    break: (estate) => changeRecords(estate, 'status.harbour.example', 'A', () => undefined),
  },
  {
    id: 'record-to-other-distribution',
    what: 'both records lead to the distribution of another name',
    way: 'web',
    touches: ['records of harbour.example', BEARER],
    blamed: [root('dns-record-misdirected', 'dns')],
    break: async (estate) => {
      for (const type of ['A', 'AAAA'])
        await changeRecords(estate, 'harbour.example', type, (set) =>
          leadingTo(set, estate.id('distribution-dns harbour-assets'), CLOUDFRONT_ZONE),
        );
    },
  },
  {
    id: 'record-to-missing-distribution',
    what: 'both records lead to a distribution that is not there',
    way: 'web',
    touches: ['records of harbour.example', BEARER],
    blamed: [root('dns-record-misdirected', 'dns')],
    break: async (estate) => {
      for (const type of ['A', 'AAAA'])
        await changeRecords(estate, 'harbour.example', type, (set) =>
          leadingTo(set, 'd1gone2gone3go.cloudfront.net', CLOUDFRONT_ZONE),
        );
    },
  },
  {
    id: 'www-missing',
    what: 'www has no record, although the distribution bears it',
    way: 'web',
    touches: ['records of www.harbour.example'],
    blamed: [root('dns-www-missing', 'dns')],
    break: async (estate) => {
      for (const type of ['A', 'AAAA'])
        await changeRecords(estate, 'www.harbour.example', type, () => undefined);
    },
  },
  {
    id: 'aaaa-elsewhere',
    what: 'AAAA leads to another distribution than A',
    way: 'web',
    touches: ['records of harbour.example'],
    blamed: [root('dns-records-disagree', 'dns')],
    break: (estate) =>
      changeRecords(estate, 'harbour.example', 'AAAA', (set) =>
        leadingTo(set, estate.id('distribution-dns harbour-assets'), CLOUDFRONT_ZONE),
      ),
  },
  {
    id: 'weighted-one-before',
    what: 'one of two weighted records leads to the load balancer that was there before',
    way: 'orders',
    touches: ['records of api.harbour.example'],
    blamed: [root('dns-record-misdirected', 'dns')],
    break: (estate) =>
      changeRecords(estate, 'api.harbour.example', 'A', (set) =>
        set.SetIdentifier === 'second'
          ? leadingTo(set, before('orders'), estate.id('load-balancer-zone harbour-orders'))
          : set,
      ),
  },
  {
    id: 'weighted-one-wrong',
    what: 'of two weighted records one leads to a distribution that does not bear the name',
    way: 'web',
    touches: ['records of harbour.example', BEARER],
    blamed: [root('dns-record-misdirected', 'dns')],
    break: async (estate) => {
      for (const type of ['A', 'AAAA']) {
        await changeRecords(estate, 'harbour.example', type, () => undefined);
        const Changes = ['web', 'assets'].map((name, index) => ({
          Action: 'CREATE' as const,
          ResourceRecordSet: leadingTo(
            {
              Name: 'harbour.example',
              Type: type as 'A',
              SetIdentifier: name,
              Weight: index === 0 ? 90 : 10,
            },
            estate.id(`distribution-dns harbour-${name}`),
            CLOUDFRONT_ZONE,
          ),
        }));
        await estate.client(Route53Client).send(
          new ChangeResourceRecordSetsCommand({
            HostedZoneId: estate.id('zone harbour.example'),
            ChangeBatch: { Changes },
          }),
        );
      }
    },
  },
  {
    id: 'weighted-one-strange',
    what: 'one of two weighted records leads to a load balancer of which nobody knows whose it is',
    way: 'orders',
    touches: ['records of api.harbour.example'],
    blamed: [],
    unknown: ['dns-record-misdirected'],
    because: 'a record may lead to a load balancer of another account, which its name does not tell',
    break: (estate) =>
      changeRecords(estate, 'api.harbour.example', 'A', (set) =>
        set.SetIdentifier === 'second'
          ? leadingTo(set, STRANGER, estate.id('load-balancer-zone harbour-orders'))
          : set,
      ),
  },
  {
    id: 'record-to-balancer-before',
    what: 'the record leads to the load balancer that was there before',
    way: 'status',
    touches: ['records of status.harbour.example'],
    blamed: [root('dns-record-misdirected', 'dns')],
    break: (estate) =>
      changeRecords(estate, 'status.harbour.example', 'A', (set) =>
        leadingTo(set, before('status'), estate.id('load-balancer-zone harbour-status')),
      ),
  },
  {
    id: 'zone-private-only',
    what: 'the zone that answers for the name is private: nobody outside is answered by it',
    way: 'web',
    touches: ['records of harbour.example', 'records of www.harbour.example'],
    blamed: [],
    unknown: ['dns-record-missing'],
    because: 'a public zone of the same name may be served by another account or another provider',
    break: ({ answers }) =>
      answers.patch('route53:ListHostedZones', (xml: string) =>
        xml.replaceAll('<PrivateZone>false</PrivateZone>', '<PrivateZone>true</PrivateZone>'),
      ),
  },
  {
    id: 'zone-deleted',
    what: 'the zone is deleted and made again, empty, for another name',
    way: 'web',
    touches: ['records of harbour.example', 'records of www.harbour.example'],
    blamed: [],
    unknown: ['dns-record-missing'],
    because: 'a name of which no zone is in the account may be served by another account or another provider',
    break: async (estate) => {
      const Id = estate.id('zone harbour.example');
      const route53 = estate.client(Route53Client);
      const { ResourceRecordSets = [] } = await route53.send(
        new ListResourceRecordSetsCommand({ HostedZoneId: Id }),
      );
      const Changes = ResourceRecordSets.filter(({ Type }) => Type !== 'NS' && Type !== 'SOA').map(
        (ResourceRecordSet) => ({ Action: 'DELETE' as const, ResourceRecordSet }),
      );
      await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: Id, ChangeBatch: { Changes } }));
      await route53.send(new DeleteHostedZoneCommand({ Id }));
      await route53.send(
        new CreateHostedZoneCommand({ Name: 'harbour-old.example', CallerReference: 'again' }),
      );
    },
  },
];
