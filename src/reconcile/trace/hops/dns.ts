import type { CallEvidence } from '#model/evidence.ts';
import type { Fact, Json, Kind } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, observedOf, seenOf } from '../graph.ts';
import type { Absent, HopModel, Next, Passage } from '../hop.ts';
import { bare, coveredBy, covers, isWithin } from '../names.ts';
import { asNumber, asText, asTexts } from '../values.ts';
import { absentOf, BALANCER, DISTRIBUTION, leadTo } from './front-doors.ts';

const ZONE: Kind = 'AWS::Route53::HostedZone';
export const RECORD: Kind = 'AWS::Route53::RecordSet';

/** The public zone that answers for a name: of those that hold it the narrowest. */
function zoneOf(graph: Graph, host: string): Resource | undefined {
  return graph
    .all(ZONE)
    .filter((zone) => seenOf(zone).privateZone !== true && isWithin(host, zone.name))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

/** Sets of a type for a name in a zone; a star at the zone's side answers for what has no record of its own. */
function setsOf(graph: Graph, zone: Resource, host: string, type: string): Found | undefined {
  const id = asText(seenOf(zone).id);
  const at = (name: string): Found | undefined => {
    const record = graph.all(RECORD).find((one) => one.scope === type && bare(one.name) === name);
    const sets = record && observedOf(record).filter(({ properties }) => properties?.hostedZoneId === id);
    return record && sets && sets.length > 0 ? { record, sets } : undefined;
  };
  const name = bare(host);
  const labels = name.split('.');
  const depth = labels.length - bare(zone.name).split('.').length;
  const wildcards = Array.from({ length: depth }, (_, i) => ['*', ...labels.slice(i + 1)].join('.'));
  return [name, ...wildcards].map(at).find((found) => found !== undefined);
}

interface Found {
  record: Resource;
  sets: Fact[];
}

const targetOf = ({ properties = {} }: Fact): string[] => {
  const alias = asText(properties.aliasTarget);
  return alias === undefined ? asTexts(properties.resourceRecords) : [alias];
};
const evidenceOf = ({ evidence }: Fact): CallEvidence => evidence as CallEvidence;

/** Sets that are answered with: one without weight is answered only where all are without. */
function answered(sets: readonly Fact[]): Fact[] {
  const weighs = sets.some(({ properties }) => (asNumber(properties?.weight) ?? 0) > 0);
  return sets.filter(({ properties }) => !weighs || asNumber(properties?.weight) !== 0);
}

/** Where a request for a name begins: its record, else what stands for it. */
export function entry(graph: Graph, request: PathRequest): Next[] {
  const { host } = request;
  const zone = zoneOf(graph, host);
  if (!zone) return withoutZone(graph, request);
  const found = ['A', 'CNAME', 'AAAA'].map((type) => setsOf(graph, zone, host, type)).find(Boolean);
  if (found) return [{ resource: found.record, request }];
  const refusal = graph.unseen(RECORD);
  const bearer = bearerOf(graph, host);
  const values = {
    zone: asText(seenOf(zone).id) ?? '',
    name: host,
    type: 'A',
    ...(bearer && aliasOf(bearer)),
  };
  const parts = { evidence: zone.observed, resources: [zone.id], values };
  const absent: Absent = {
    kind: RECORD,
    name: bare(host),
    scope: 'A',
    role: 'dns',
    status: refusal ? 'unverified' : 'missing',
    checks: [
      refusal
        ? unknown(
            'dns-record-missing',
            say(`enregistrements de ${code(host)} non lus`, `records of ${code(host)} not read`),
            refusal,
            parts,
          )
        : fail(
            'dns-record-missing',
            say(
              `aucun enregistrement ${code(host)} dans la zone ${code(zone.name)}`,
              `no record ${code(host)} in the zone ${code(zone.name)}`,
            ),
            parts,
          ),
      ...otherForm(graph, zone, host),
    ],
  };
  return [{ absent, request }, ...(bearer ? [{ resource: bearer, request }] : [])];
}

/** The zone is somebody else's: what bears the name is taken for what it leads to, and said to be. */
function withoutZone(graph: Graph, request: PathRequest): Next[] {
  const { host } = request;
  const refusal = graph.unseen(ZONE) ?? graph.unseen(RECORD);
  const [resource] = graph.answering(host);
  const bearer = resource ?? bearerOf(graph, host) ?? soleServer(graph, host);
  // a name of a provider, an address: no record is needed
  if (bearer && (bare(bearer.name) === bare(host) || seenOf(bearer).dnsName === host))
    return [{ resource: bearer, request }];
  const text = refusal
    ? say(`enregistrements de ${code(host)} non lus`, `records of ${code(host)} not read`)
    : say(
        `aucune zone de ce compte ne contient ${code(host)}\u00a0: le DNS est servi ailleurs`,
        `no zone of this account holds ${code(host)}: its DNS is served elsewhere`,
      );
  const absent: Absent = {
    kind: RECORD,
    name: bare(host),
    scope: 'A',
    role: 'dns',
    status: 'unverified',
    checks: [unknown('dns-record-missing', text, refusal)],
  };
  return [{ absent, request }, ...(bearer ? [{ resource: bearer, request }] : [])];
}

/** What says of itself that it answers for a name. */
function bearerOf(graph: Graph, host: string): Resource | undefined {
  const [own] = graph.answering(host);
  if (own) return own;
  return graph
    .all(DISTRIBUTION)
    .find((one) => asTexts(seenOf(one).aliases).some((alias) => covers(alias, host)));
}

/** The one load balancer of the internet that serves a certificate for a name, where only one does. */
function soleServer(graph: Graph, host: string): Resource | undefined {
  const covering = graph
    .all('AWS::ElasticLoadBalancingV2::Listener')
    .filter((listener) =>
      graph
        .out(listener, 'uses-certificate')
        .some((one) => coveredBy(host, [one.name, ...asTexts(seenOf(one).subjectAlternativeNames)])),
    );
  const balancers = new Set(covering.flatMap((listener) => graph.out(listener, 'part-of', BALANCER)));
  const open = [...balancers].filter((one) => seenOf(one).scheme === 'internet-facing');
  return open.length === 1 ? open[0] : undefined;
}

/** CloudFront's hosted zone, in every partition but China's (Route 53 API Reference, AliasTarget). */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** What an alias record needs to lead to something. */
function aliasOf(resource: Resource): Record<string, Json> {
  const seen = seenOf(resource);
  const target = asText(seen.domainName) ?? asText(seen.dnsName);
  if (target === undefined) return {};
  const zone = resource.kind === DISTRIBUTION ? CLOUDFRONT_ZONE : asText(seen.canonicalHostedZoneId);
  return { target, ...(zone !== undefined && { targetZone: zone }) };
}

/** Records of Route 53: where the name leads, in both families of addresses, and its other form (`www`). */
export const records: HopModel = {
  kinds: [RECORD],
  role: 'dns',
  pass({ resource, request, passed }, graph): Passage {
    const { host } = request;
    const zone = zoneOf(graph, passed.some(({ kind }) => kind === RECORD) ? resource.name : host);
    const id = zone && asText(seenOf(zone).id);
    const own = observedOf(resource).filter(({ properties }) => properties?.hostedZoneId === id);
    const sets = answered(own.length > 0 ? own : observedOf(resource));
    const next: Next[] = [];
    const checks: Check[] = [];
    for (const set of sets) {
      const targets = targetOf(set);
      // several addresses are one server to whoever asks
      for (const target of targets.slice(0, 1))
        follow(graph, { resource, set, target, request, zone }, checks, next);
    }
    if (zone && !passed.some(({ kind }) => kind === RECORD)) {
      checks.push(...sameInBothFamilies(graph, zone, host, sets));
      checks.push(...otherForm(graph, zone, host));
    }
    return { checks, next: distinct(next) };
  },
};

const distinct = (next: readonly Next[]): Next[] => [
  ...new Map(
    next.map((one) => ['resource' in one ? one.resource.id : `${one.absent.kind} ${one.absent.name}`, one]),
  ).values(),
];

interface Following {
  resource: Resource;
  set: Fact;
  target: string;
  request: PathRequest;
  zone: Resource | undefined;
}

/** Where one set leads, and whether that is there. */
function follow(
  graph: Graph,
  { resource, set, target, request, zone }: Following,
  checks: Check[],
  next: Next[],
) {
  const { host } = request;
  const type = resource.scope ?? 'A';
  const evidence = [evidenceOf(set)];
  const led = leadTo(graph, target, {}, host);
  const label = setLabel(set);
  const bearer = bearerOf(graph, host);
  const values: Record<string, Json> = {
    zone: (zone && asText(seenOf(zone).id)) ?? '',
    name: resource.name,
    type,
    actual: target,
    ...(bearer && aliasOf(bearer)),
  };
  if ('resource' in led) {
    const misled = bearer && bearer.id !== led.resource.id && led.resource.kind === bearer.kind;
    checks.push(
      held(
        'dns-record-misdirected',
        !misled,
        say(
          `${code(`${type} ${resource.name}`)} mène à ${code(target)}${label.fr}`,
          `${code(`${type} ${resource.name}`)} leads to ${code(target)}${label.en}`,
        ),
        say(
          `${code(`${type} ${resource.name}`)} mène à ${code(target)}, mais c’est ${code(bearer?.name ?? '')} qui porte ce nom`,
          `${code(`${type} ${resource.name}`)} leads to ${code(target)}, but it is ${code(bearer?.name ?? '')} that bears this name`,
        ),
        {
          evidence,
          resources: bearer ? [led.resource.id, bearer.id] : [led.resource.id],
          values,
          ...(misled && { certainty: 'probable' }),
        },
      ),
    );
    next.push({ resource: misled ? bearer : led.resource, request });
    return;
  }
  if ('elsewhere' in led) {
    const record =
      zone && ['A', 'CNAME', 'AAAA'].map((one) => inAnyZone(graph, led.elsewhere, one)).find(Boolean);
    if (record) {
      checks.push(
        pass(
          'dns-record-misdirected',
          say(
            `${code(`${type} ${resource.name}`)} mène à ${code(target)}${label.fr}`,
            `${code(`${type} ${resource.name}`)} leads to ${code(target)}${label.en}`,
          ),
          { evidence },
        ),
      );
      next.push({ resource: record, request });
      return;
    }
  }
  const named = 'missing' in led ? led.missing : 'unseen' in led ? led.unseen : undefined;
  const again = 'missing' in led && !bearer ? led.again : undefined;
  const own = bearer ?? again;
  const isWrong = 'missing' in led && own !== undefined;
  const text = again
    ? say(
        `${code(`${type} ${resource.name}`)} mène à ${code(target)}, qui n’est plus là\u00a0; ${code(again.name)} a été recréé sous une autre adresse`,
        `${code(`${type} ${resource.name}`)} leads to ${code(target)}, which is gone; ${code(again.name)} was made again under another address`,
      )
    : isWrong
      ? say(
          `${code(`${type} ${resource.name}`)} mène à ${code(target)}, qui n’est pas là\u00a0; c’est ${code(own.name)} qui porte ce nom`,
          `${code(`${type} ${resource.name}`)} leads to ${code(target)}, which is not there; it is ${code(own.name)} that bears this name`,
        )
      : 'missing' in led
        ? say(
            `${code(`${type} ${resource.name}`)} mène à ${code(target)}, qui n’est pas de ce compte`,
            `${code(`${type} ${resource.name}`)} leads to ${code(target)}, which is not of this account`,
          )
        : say(
            `${code(`${type} ${resource.name}`)} mène à ${code(target)}, que personne n’a lu`,
            `${code(`${type} ${resource.name}`)} leads to ${code(target)}, which nobody read`,
          );
  const parts = {
    evidence,
    values: { ...values, ...(again && aliasOf(again)) },
    ...(own && { resources: [own.id] }),
    // it may be another account's, of the same name
    ...(again && { certainty: 'probable' as const }),
  };
  checks.push(
    isWrong
      ? fail('dns-record-misdirected', text, parts)
      : unknown('dns-record-misdirected', text, 'unseen' in led ? led.refusal : undefined, parts),
  );
  if (own) next.push({ resource: own, request });
  else if (named)
    next.push({
      absent: { ...absentOf(named), status: 'unverified' },
      request,
    });
}

function inAnyZone(graph: Graph, name: string, type: string): Resource | undefined {
  const zone = zoneOf(graph, name);
  return zone && setsOf(graph, zone, name, type)?.record;
}

/** How a set is chosen among several. */
function setLabel({ properties = {} }: Fact): { fr: string; en: string } {
  const weight = asNumber(properties.weight);
  if (weight !== undefined) return { fr: ` (poids ${weight})`, en: ` (weight ${weight})` };
  const failover = asText(properties.failover);
  if (failover) return { fr: ` (${code(failover)})`, en: ` (${code(failover)})` };
  const region = asText(properties.latencyRegion);
  return region ? { fr: ` (${code(region)})`, en: ` (${code(region)})` } : { fr: '', en: '' };
}

/** A client that has IPv6 goes where AAAA leads. */
function sameInBothFamilies(graph: Graph, zone: Resource, host: string, sets: readonly Fact[]): Check[] {
  if (sets.some(({ scope }) => scope !== 'A')) return [];
  const six = setsOf(graph, zone, host, 'AAAA');
  if (!six) return [];
  const four = new Set(sets.flatMap(targetOf).map(bare));
  const others = answered(six.sets)
    .flatMap(targetOf)
    .filter((target) => !/^[0-9a-f:]+$/i.test(target));
  const away = others.filter((target) => !four.has(bare(target)));
  if (others.length === 0) return [];
  return [
    held(
      'dns-records-disagree',
      away.length === 0,
      say('A et AAAA mènent au même endroit', 'A and AAAA lead to the same place'),
      say(`AAAA mène à ${codes(away).fr}, A ailleurs`, `AAAA leads to ${codes(away).en}, A elsewhere`),
      {
        evidence: six.sets.map(evidenceOf),
        resources: [six.record.id],
        values: {
          zone: asText(seenOf(zone).id) ?? '',
          name: six.record.name,
          type: 'AAAA',
          actual: others[0] ?? '',
          target: [...four][0] ?? '',
        },
      },
    ),
  ];
}

/** `www.example.org` of `example.org`, and the reverse, where something says that it answers for it. */
function otherForm(graph: Graph, zone: Resource, host: string): Check[] {
  const name = bare(host);
  const other = name.startsWith('www.') ? name.slice(4) : `www.${name}`;
  if (!isWithin(other, zone.name) || (!name.startsWith('www.') && name !== bare(zone.name))) return [];
  const found = ['A', 'CNAME', 'AAAA'].map((type) => setsOf(graph, zone, other, type)).find(Boolean);
  if (found)
    return [
      pass('dns-www-missing', say(`${code(other)} existe aussi`, `${code(other)} is there too`), {
        evidence: found.sets.slice(0, 1).map(evidenceOf),
        resources: [found.record.id],
      }),
    ];
  const bearer = graph
    .all(DISTRIBUTION)
    .find((one) => asTexts(seenOf(one).aliases).some((alias) => bare(alias) === other));
  if (!bearer || graph.unseen(RECORD)) return [];
  return [
    fail(
      'dns-www-missing',
      say(
        `aucun enregistrement ${code(other)}, que ${code(bearer.name)} porte pourtant`,
        `no record ${code(other)}, which ${code(bearer.name)} bears`,
      ),
      {
        evidence: [...zone.observed, ...bearer.observed],
        resources: [bearer.id],
        values: { zone: asText(seenOf(zone).id) ?? '', name: other, type: 'A', ...aliasOf(bearer) },
      },
    ),
  ];
}
