import type { Fact, Json, Kind, RelationFact } from '#model/fact.ts';
import type { Observation, Refusal } from '#model/lookup.ts';
import type { Path } from '#model/path.ts';
import { relationsOf, resourcesOf } from '../resources.ts';
import { Graph } from './graph.ts';
import { type Account, AT, denied, related } from './test-estate.ts';
import { trace } from './trace.ts';

const ACCOUNT = '5c1f0e9b7a2d4c63b8e4f1a09d27c6e3';
const KINDS: readonly Kind[] = [
  'Cloudflare::Zone',
  'Cloudflare::DNS::Record',
  'Cloudflare::Workers::Route',
  'Cloudflare::Workers::Domain',
  'Cloudflare::Workers::Script',
  'Cloudflare::Pages::Project',
  'Cloudflare::Tunnel',
  'Cloudflare::R2::Bucket',
  'Cloudflare::Access::Application',
  'Cloudflare::Ruleset',
];

interface More {
  scope?: string;
  otherNames?: string[];
  relations?: RelationFact[];
  refusals?: Refusal[];
}

/** What was observed of an account of Cloudflare, as its collectors write it; its zone is `quay.example`. */
export class Edge {
  readonly facts: Fact[] = [];
  readonly #refused = new Set<Kind>();

  constructor(zone: Record<string, Json> = {}) {
    this.see('Cloudflare::Zone', 'quay.example', {
      status: 'active',
      type: 'full',
      sslMode: 'strict',
      alwaysUseHttps: 'on',
      ...zone,
    });
  }

  see(kind: Kind, name: string, properties: Record<string, Json> = {}, more: More = {}): this {
    this.facts.push({
      kind,
      name,
      source: 'cloudflare',
      sort: 'observed',
      nameStatus: 'literal',
      evidence: { source: 'cloudflare', operation: `see ${kind}`, at: AT },
      account: ACCOUNT,
      environments: [],
      properties,
      relations: [],
      ...more,
    });
    return this;
  }

  record(name: string, type: string, value: string, proxied = true): this {
    const properties = { type, values: [value], proxied, hostedZone: 'quay.example' };
    return this.see('Cloudflare::DNS::Record', name, properties, { scope: type });
  }

  /** A route of the zone; without a script it keeps Workers away. */
  route(pattern: string, script?: string, scheme?: string): this {
    const zone = related('part-of', 'Cloudflare::Zone', 'quay.example');
    const properties = { ...(script === undefined && { isOff: true }), ...(scheme && { scheme }) };
    const leads = script === undefined ? [] : [related('routes-to', 'Cloudflare::Workers::Script', script)];
    return this.see('Cloudflare::Workers::Route', pattern, properties, { relations: [zone, ...leads] });
  }

  worker(name: string, properties: Record<string, Json> = {}): this {
    return this.see('Cloudflare::Workers::Script', name, properties);
  }

  /** The list of a kind was denied: what of it there is was not seen in full. */
  refuse(kind: Kind): this {
    this.#refused.add(kind);
    return this;
  }

  observation(): Observation {
    return {
      source: 'cloudflare',
      account: ACCOUNT,
      regions: [],
      kinds: new Set(KINDS),
      lookups: KINDS.map((kind) => ({
        source: 'cloudflare',
        kind,
        account: ACCOUNT,
        ...(this.#refused.has(kind) && { refusal: denied(`list:${kind}`) }),
      })),
    };
  }

  /** @param beside an account of AWS that was read too */
  trace(url: string, beside?: Account): Path {
    const observations = [this.observation(), ...(beside ? [beside.observation()] : [])];
    const resources = resourcesOf([...this.facts, ...(beside?.facts() ?? [])], observations);
    return trace(url, new Graph(resources, relationsOf(resources), observations)).path;
  }
}
