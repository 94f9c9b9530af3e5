import type { CallEvidence } from '#model/evidence.ts';
import type { Fact, Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { type Graph, observedOf, seenOf } from '../graph.ts';
import { bare, isWithin } from '../names.ts';
import { asText, asTexts } from '../values.ts';

export const ZONE: Kind = 'AWS::Route53::HostedZone';
export const RECORD: Kind = 'AWS::Route53::RecordSet';

/** The sets for one name and type in one zone. */
export interface Found {
  record: Resource;
  sets: Fact[];
}

/** What a zone holds, by name and by type. */
export class Records {
  readonly #byName = new Map<string, Map<string, Found>>();
  /** Names that have records, and those that stand above one. */
  readonly #names = new Set<string>();
  readonly #apex: string;

  constructor(apex: string) {
    this.#apex = apex;
    this.#names.add(apex);
  }

  add(record: Resource, fact: Fact): void {
    const name = bare(record.name);
    for (let at = name; isWithin(at, this.#apex) && !this.#names.has(at); at = above(at)) this.#names.add(at);
    const types = this.#byName.get(name) ?? new Map<string, Found>();
    this.#byName.set(name, types);
    const found = types.get(record.scope ?? '') ?? { record, sets: [] };
    types.set(record.scope ?? '', found);
    found.sets.push(fact);
  }

  /**
   * The sets that answer for a name: its own, else those of the star below the closest name that is there. A name that has
   * any record, or stands above one, is answered by no star (RFC 4592, 2.2 and 3.3.1).
   */
  at(name: string): ReadonlyMap<string, Found> | undefined {
    if (this.#names.has(name)) return this.#byName.get(name);
    let closest = above(name);
    while (closest !== '' && closest !== this.#apex && !this.#names.has(closest)) closest = above(closest);
    return this.#byName.get(`*.${closest}`);
  }

  /** The name servers of others to which the zone leaves a name, by its own name or by one above it (RFC 1034, 4.2.1). */
  delegation(name: string): Found | undefined {
    for (let at = name; at !== this.#apex && isWithin(at, this.#apex); at = above(at)) {
      const servers = this.#byName.get(at)?.get('NS');
      if (servers) return servers;
    }
    return undefined;
  }
}

/** The name above a name; empty above the last label. */
const above = (name: string): string => (name.includes('.') ? name.slice(name.indexOf('.') + 1) : '');

const ZONES = new WeakMap<Graph, ReadonlyMap<string, Records>>();

/** The records of each zone, by its id; those of one graph are looked through once. */
function recordsOf(graph: Graph): ReadonlyMap<string, Records> {
  const known = ZONES.get(graph);
  if (known) return known;
  const zones = new Map<string, Records>();
  for (const zone of graph.all(ZONE)) zones.set(asText(seenOf(zone).id) ?? '', new Records(bare(zone.name)));
  for (const record of graph.all(RECORD))
    for (const fact of observedOf(record))
      zones.get(asText(fact.properties?.hostedZoneId) ?? '')?.add(record, fact);
  ZONES.set(graph, zones);
  return zones;
}

const isPrivate = (zone: Resource): boolean => seenOf(zone).privateZone === true;

/** The zones that hold a name, the narrowest first; public ones unless asked for others. */
function zonesOf(graph: Graph, host: string, isInside: boolean): Resource[] {
  return graph
    .all(ZONE)
    .filter((zone) => isPrivate(zone) === isInside && isWithin(host, zone.name))
    .sort((a, b) => b.name.length - a.name.length);
}

/** Types under which a name is looked for by who connects to it: an alias name stands alone (RFC 1034, 3.6.2). */
export const TYPES = ['CNAME', 'A', 'AAAA'] as const;

export const idOf = (zone: Resource): string => asText(seenOf(zone).id) ?? '';

/** The sets of a type for a name in a zone. */
export const setsOf = (graph: Graph, zone: Resource, host: string, type: string): Found | undefined =>
  recordsOf(graph).get(idOf(zone))?.at(bare(host))?.get(type);

/** The sets that answer who connects to a name, of whatever type. */
export const anySets = (graph: Graph, zone: Resource, host: string): Found | undefined =>
  TYPES.map((type) => setsOf(graph, zone, host, type)).find((found) => found !== undefined);

/** What a zone of the estate says of a name. */
export interface Answered {
  zone: Resource;
  /** Nobody outside the network is answered by it. */
  isPrivate: boolean;
  /** What answers; undefined where the zone has nothing for who connects to it. */
  found?: Found;
  /** Name servers of others that answer in its place. */
  delegated?: Found;
}

/**
 * What answers for a name: the narrowest public zone that holds it; of several of one name the one that has records for it.
 * What no public zone has, and networks of the estate know, is answered by their zone.
 */
export function answerFor(graph: Graph, host: string): Answered | undefined {
  const outside = within(graph, bare(host), false);
  if (outside?.found || outside?.delegated) return outside;
  const inside = within(graph, bare(host), true);
  return inside?.found ? inside : outside;
}

function within(graph: Graph, name: string, isInside: boolean): Answered | undefined {
  const zones = zonesOf(graph, name, isInside);
  const narrowest = zones.filter((zone) => bare(zone.name) === bare(zones[0]?.name ?? ''));
  const zone = narrowest.find((one) => anySets(graph, one, name)) ?? narrowest[0];
  if (!zone) return undefined;
  const delegated = recordsOf(graph).get(idOf(zone))?.delegation(name);
  const found = delegated ? undefined : anySets(graph, zone, name);
  return { zone, isPrivate: isInside, ...(found && { found }), ...(delegated && { delegated }) };
}

/** Where one set leads. */
export const targetsOf = ({ properties = {} }: Fact): string[] => {
  const alias = asText(properties.aliasTarget);
  return alias === undefined ? asTexts(properties.resourceRecords) : [alias];
};

export const evidenceOf = ({ evidence }: Fact): CallEvidence => evidence as CallEvidence;
