import type { Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { type Graph, observedOf, seenOf } from '../graph.ts';
import { bare, isWithin } from '../names.ts';
import { asText, asTexts } from '../values.ts';
import { type Found, Records, TYPES } from './zones.ts';

export const EDGE_ZONE: Kind = 'Cloudflare::Zone';
export const EDGE_RECORD: Kind = 'Cloudflare::DNS::Record';
export const ROUTE: Kind = 'Cloudflare::Workers::Route';
export const DOMAIN: Kind = 'Cloudflare::Workers::Domain';
export const SCRIPT: Kind = 'Cloudflare::Workers::Script';
export const PAGES: Kind = 'Cloudflare::Pages::Project';
export const TUNNEL: Kind = 'Cloudflare::Tunnel';

const RECORDS = new WeakMap<Graph, ReadonlyMap<string, Records>>();

/** The records of each zone of Cloudflare, by the zone's name; those of one graph are looked through once. */
function recordsOf(graph: Graph): ReadonlyMap<string, Records> {
  const known = RECORDS.get(graph);
  if (known) return known;
  const zones = new Map(graph.all(EDGE_ZONE).map(({ name }) => [bare(name), new Records(bare(name))]));
  for (const record of graph.all(EDGE_RECORD))
    for (const fact of observedOf(record))
      zones.get(bare(asText(fact.properties?.hostedZone) ?? ''))?.add(record, fact);
  RECORDS.set(graph, zones);
  return zones;
}

/** What a zone of Cloudflare says of a name. */
export interface EdgeAnswer {
  zone: Resource;
  /** What answers; undefined where the zone has nothing for who connects to it. */
  record?: Resource;
  /** Name servers of others that answer in its place. */
  delegated?: Resource;
}

/** What answers for a name: the narrowest zone of Cloudflare that holds it; undefined where none does. */
export function edgeAnswer(graph: Graph, host: string): EdgeAnswer | undefined {
  const name = bare(host);
  const [zone] = graph
    .all(EDGE_ZONE)
    .filter((one) => isWithin(name, one.name))
    .sort((a, b) => b.name.length - a.name.length);
  if (!zone) return undefined;
  const records = recordsOf(graph).get(bare(zone.name));
  const delegated = records?.delegation(name);
  if (delegated) return { zone, delegated: delegated.record };
  const own = records?.at(name);
  const found = TYPES.map((type): Found | undefined => own?.get(type)).find((one) => one !== undefined);
  return { zone, ...(found && { record: found.record }) };
}

/** Whether a zone's name servers are the ones that the world asks (Cloudflare documentation, “Zone status”). */
export const isServing = (zone: Resource): boolean => {
  const { status, type } = seenOf(zone);
  return (status === undefined || status === 'active') && type !== 'partial';
};

/**
 * What was observed to be related: what files declare of the same thing is left out. Of what is related, that which was
 * not seen is told by its name.
 */
export function ledTo(
  graph: Graph,
  resource: Resource,
  kind: Kind,
): { name: string; resource?: Resource } | undefined {
  const target = observedOf(resource)
    .flatMap(({ relations = [] }) => relations)
    .find(({ type, to }) => type === 'routes-to' && to.kind === kind)?.to;
  if (!target) return undefined;
  const found = graph.named(kind, target.name, near(resource));
  return { name: target.name, ...(found && { resource: found }) };
}

/** Within the account of something. */
export const near = ({ account }: Resource): { account?: string } =>
  account === undefined ? {} : { account };

/** What a name or an address leads to, as a record of Cloudflare says it. */
export type Target =
  | { tunnel: string; records: Resource[] }
  | { pages: string; records: Resource[] }
  | { address: string; records: Resource[] }
  | { host: string; records: Resource[] };

/** Names that lead to one another before it is taken for a loop. */
const MOST_NAMES = 8;

/** Where a record leads in the end, by the records of Cloudflare; undefined where it says nothing or leads back to itself. */
export function targetOf(graph: Graph, record: Resource): Target | undefined {
  const records = [record];
  for (let step = 0, at = record; step < MOST_NAMES; step += 1) {
    const [value] = asTexts(seenOf(at).values);
    if (value === undefined) return undefined;
    if (at.scope !== 'CNAME') return { address: value, records };
    const name = bare(value);
    const tunnel = /^([0-9a-f-]{36})\.cfargotunnel\.com$/.exec(name)?.[1];
    if (tunnel !== undefined) return { tunnel, records };
    if (name.endsWith('.pages.dev')) return { pages: name, records };
    const next = edgeAnswer(graph, name);
    if (!next?.record || !isServing(next.zone)) return { host: name, records };
    if (records.includes(next.record)) return undefined;
    at = next.record;
    records.push(at);
  }
  return undefined;
}
