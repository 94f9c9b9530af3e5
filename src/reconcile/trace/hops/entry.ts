import ipaddr from 'ipaddr.js';
import type { Json } from '#model/fact.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { type Graph, seenOf } from '../graph.ts';
import type { Absent, Next } from '../hop.ts';
import { hostMeant } from '../hosts/host.ts';
import { bare, coveredBy, covers, isWithin } from '../names.ts';
import { asText, asTexts } from '../values.ts';
import { edgeEntry, edgeUnseen } from './cloudflare-entry.ts';
import { absentOf, BALANCER, DISTRIBUTION, leadTo, namedBy } from './front-doors.ts';
import { type Answered, answerFor, anySets, evidenceOf, idOf, RECORD, ZONE } from './zones.ts';

const isAddress = (host: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host);

/** Where a request for a name begins: its record, else what stands for it. */
export function entry(graph: Graph, request: PathRequest): Next[] {
  const { host } = request;
  const answer = answerFor(graph, host);
  const edge = edgeEntry(graph, request, answer && !answer.isPrivate ? answer.zone : undefined);
  if (edge) return edge;
  if (!answer) return withoutZone(graph, request);
  if (answer.found) return [{ resource: answer.found.record, request }];
  const bearer = bearerOf(graph, host);
  const absent = absentRecord(host, noRecord(graph, answer, host, bearer));
  if (!answer.delegated) absent.checks.push(...otherForm(graph, answer.zone, host));
  return [{ absent, request }, ...(bearer ? [{ resource: bearer, request }] : [])];
}

export const absentRecord = (host: string, check: Check): Absent => ({
  kind: RECORD,
  name: bare(host),
  scope: 'A',
  role: 'dns',
  status: check.result === 'fail' ? 'missing' : 'unverified',
  checks: [check],
});

/** Of a zone of the estate that holds a name and says nothing of it. */
export function noRecord(
  graph: Graph,
  { zone, delegated }: Answered,
  host: string,
  bearer: Resource | undefined,
): Check {
  const id = 'dns-record-missing';
  const values = { zone: idOf(zone), name: host, type: 'A', ...(bearer && aliasOf(bearer)) };
  const parts = { evidence: zone.observed, resources: [zone.id], values };
  if (delegated)
    return unknown(
      id,
      say(
        `la zone ${code(zone.name)} délègue ${code(delegated.record.name)} à d’autres serveurs de noms`,
        `the zone ${code(zone.name)} leaves ${code(delegated.record.name)} to other name servers`,
      ),
      undefined,
      { evidence: delegated.sets.map(evidenceOf), resources: [delegated.record.id] },
    );
  const refusal = graph.unseen(RECORD);
  return refusal
    ? unknown(
        id,
        say(`enregistrements de ${code(host)} non lus`, `records of ${code(host)} not read`),
        refusal,
        parts,
      )
    : fail(
        id,
        say(
          `aucun enregistrement ${code(host)} dans la zone ${code(zone.name)}`,
          `no record ${code(host)} in the zone ${code(zone.name)}`,
        ),
        parts,
      );
}

/** An address, or the name that a provider gave something: no record of the estate leads there. */
function providers(graph: Graph, request: PathRequest): Next[] | undefined {
  const host = request.host.replace(/^\[|\]$/g, '');
  const named = namedBy(host);
  const address = isAddress(host);
  if (!named && !address) return undefined;
  const led = leadTo(graph, host, {}, host);
  if ('resource' in led) return [{ resource: led.resource, request }];
  const text = address
    ? say(
        `l’adresse ${code(host)} n’est de rien de ce qui a été lu`,
        `the address ${code(host)} is of nothing that was read`,
      )
    : 'missing' in led
      ? say(`${code(host)} n’a pas été vu dans ce compte`, `${code(host)} was not seen in this account`)
      : say(`${code(host)} n’a pas été lu`, `${code(host)} was not read`);
  const check = unknown('dns-record-misdirected', text, 'unseen' in led ? led.refusal : undefined);
  const own = named ? absentOf(named) : { kind: 'Host' as const, name: host, role: 'server' };
  return [{ absent: { ...own, status: 'unverified', checks: [check] }, request }];
}

/** The zone is somebody else's: what bears the name is taken for what it leads to, and said to be. */
function withoutZone(graph: Graph, request: PathRequest): Next[] {
  const given = providers(graph, request);
  if (given) return given;
  const { host } = request;
  const isAsked = graph.isRead('aws') || !graph.isRead('cloudflare');
  const refusal = (isAsked ? (graph.unseen(ZONE) ?? graph.unseen(RECORD)) : undefined) ?? edgeUnseen(graph);
  const bearer = bearerOf(graph, host) ?? soleServer(graph, host);
  const text = refusal
    ? say(`enregistrements de ${code(host)} non lus`, `records of ${code(host)} not read`)
    : say(
        `aucune zone de ce compte ne contient ${code(host)}\u00a0: le DNS est servi ailleurs`,
        `no zone of this account holds ${code(host)}: its DNS is served elsewhere`,
      );
  const absent = absentRecord(host, unknown('dns-record-missing', text, refusal));
  if (bearer)
    return [
      { absent, request },
      { resource: bearer, request },
    ];
  return [{ absent, request }, ...atHost(graph, request)];
}

/** The host whose proxies name what is asked for: no DNS was read that says where it leads. */
export function atHost(graph: Graph, request: PathRequest): Next[] {
  const meant = hostMeant(graph, request);
  const host = meant && graph.named('Host', meant.state.name, { account: meant.state.name });
  // that it leads to a host which names it nowhere is not known at all
  return host ? [{ resource: host, request, ...(!meant.isNamed && { isPerhaps: true }) }] : [];
}

/** Whether something says of itself that it answers for a name. */
export const bears = (graph: Graph, resource: Resource, host: string): boolean =>
  graph.answering(host).some(({ id }) => id === resource.id) ||
  coveredBy(host, asTexts(seenOf(resource).aliases));

/** What says of itself that it answers for a name. */
export function bearerOf(graph: Graph, host: string): Resource | undefined {
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

/** CloudFront's hosted zone (Route 53 API Reference, AliasTarget), and that of China's regions. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';
const CLOUDFRONT_ZONE_IN_CHINA = 'Z3RFFRIM2A3IF5';

/** What an alias record needs to lead to something. */
export function aliasOf(resource: Resource): Record<string, Json> {
  const seen = seenOf(resource);
  const target = asText(seen.domainName) ?? asText(seen.dnsName);
  if (target === undefined) return {};
  const edge = target.endsWith('.cn') ? CLOUDFRONT_ZONE_IN_CHINA : CLOUDFRONT_ZONE;
  const zone = resource.kind === DISTRIBUTION ? edge : asText(seen.canonicalHostedZoneId);
  return { target, ...(zone !== undefined && { targetZone: zone }) };
}

/** `www.example.org` of `example.org`, and the reverse, where something says that it answers for it. */
export function otherForm(graph: Graph, zone: Resource, host: string): Check[] {
  const name = bare(host);
  const other = name.startsWith('www.') ? name.slice(4) : `www.${name}`;
  if (!isWithin(other, zone.name) || (!name.startsWith('www.') && name !== bare(zone.name))) return [];
  const found = anySets(graph, zone, other);
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
        values: { zone: idOf(zone), name: other, type: 'A', ...aliasOf(bearer) },
      },
    ),
  ];
}
