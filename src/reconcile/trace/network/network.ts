import { parseArn } from '#lib/arn.ts';
import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Resource } from '#model/resource.ts';
import { type Graph, type Near, observedOf, refusedDetail, seenOf } from '../graph.ts';
import { isObject } from '../values.ts';

/** Something that was looked for: there, or not seen, with the read that was refused where that is why. */
export type Found = { resource: Resource; refusal?: undefined } | { resource?: undefined; refusal?: Refusal };

export interface Route {
  destination?: string;
  target?: string;
  state?: string;
}

const TABLE = 'AWS::EC2::RouteTable';
const ACL = 'AWS::EC2::NetworkAcl';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const flagOf = (value: Json | undefined): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

/** The texts of a list; undefined where there is no list. */
export const textsOf = (value: Json | undefined): string[] | undefined =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;

/** The objects of a list; undefined where there is no list. */
export const objectsOf = (value: Json | undefined): { [key: string]: Json }[] | undefined =>
  Array.isArray(value) ? value.filter(isObject) : undefined;

/** The networks of an account in a region, as look-ups by key. */
export class Network {
  readonly graph: Graph;
  readonly near: Near;
  readonly #tables: Associated;
  readonly #acls: Associated;
  readonly #endpoints: ReadonlyMap<string, Resource[]>;
  /** The prefix lists that stand for a service, and the gateway endpoint that a route leads them to. */
  readonly #lists = new Map<string, string>();
  readonly #kept = new Map<string, unknown>();

  constructor(graph: Graph, near: Near) {
    this.graph = graph;
    this.near = near;
    this.#tables = this.#associated(TABLE, 'main');
    this.#acls = this.#associated(ACL, 'isDefault');
    this.#endpoints = Map.groupBy(this.#own(ENDPOINT), (one) => textOf(seenOf(one).vpcId) ?? '');
    for (const table of this.#own(TABLE))
      for (const { destination, target } of routesOf(table) ?? [])
        if (destination?.startsWith('pl-') && target?.startsWith('vpce-'))
          this.#lists.set(destination, target);
  }

  #own(kind: Resource['kind']): Resource[] {
    const { account, region } = this.near;
    return this.graph
      .all(kind)
      .filter(
        (one) =>
          (account === undefined || one.account === account) &&
          (region === undefined || one.region === region),
      );
  }

  #associated(kind: Resource['kind'], fallback: string): Associated {
    const all = this.#own(kind);
    const bySubnet = new Map<string, Resource>();
    const byVpc = new Map<string, Resource>();
    for (const one of all) {
      const { subnets, vpcId, [fallback]: isFallback } = seenOf(one);
      for (const subnet of textsOf(subnets) ?? []) bySubnet.set(subnet, one);
      const vpc = textOf(vpcId);
      if (isFallback === true && vpc !== undefined) byVpc.set(vpc, one);
    }
    return { kind, bySubnet, byVpc };
  }

  find(kind: Resource['kind'], id: string): Found {
    const resource = this.graph.named(kind, id, this.near);
    return resource ? { resource } : absent(this.unseen(kind));
  }

  unseen(kind: Resource['kind']): Refusal | undefined {
    return this.once(`unseen ${kind}`, () => this.graph.unseen(kind, this.near));
  }

  /** What is worked out of these networks, once for each key. */
  once<T>(key: string, make: () => T): T {
    if (!this.#kept.has(key)) this.#kept.set(key, make());
    return this.#kept.get(key) as T;
  }

  subnet(id: string): Found {
    return this.find('AWS::EC2::Subnet', id);
  }

  /** The table that routes for a subnet: its own, else the main one. “Subnet route tables”, Amazon VPC User Guide. */
  tableOf(subnet: Resource): Found {
    return this.#of(this.#tables, subnet);
  }

  /** What filters at the edge of a subnet: its own list, else the VPC's default one. */
  aclOf(subnet: Resource): Found {
    return this.#of(this.#acls, subnet);
  }

  #of({ kind, bySubnet, byVpc }: Associated, subnet: Resource): Found {
    const own = bySubnet.get(subnet.name);
    if (own) return { resource: own };
    // one that was not seen may be its own
    const refusal = this.unseen(kind);
    const fallback = byVpc.get(textOf(seenOf(subnet).vpcId) ?? '');
    return refusal === undefined && fallback && !isShared(subnet) ? { resource: fallback } : absent(refusal);
  }

  /** The endpoints of a VPC for a service of a region: `ecr.api`. */
  endpointsOf(vpc: string, service: string, region: string): Resource[] {
    return this.allEndpoints(vpc).filter((one) =>
      textOf(seenOf(one).serviceName)?.endsWith(`.${region}.${service}`),
    );
  }

  allEndpoints(vpc: string): readonly Resource[] {
    return this.#endpoints.get(vpc) ?? [];
  }

  /** What is attached or stands in a VPC, of a kind that says so in its `vpcId` or `vpcs`. */
  inVpc(kind: Resource['kind'], vpc: string): Resource[] {
    return this.once(`${kind} in ${vpc}`, () =>
      this.#own(kind).filter((one) => {
        const { vpcId, vpcs } = seenOf(one);
        return vpcId === vpc || textsOf(vpcs)?.includes(vpc) === true;
      }),
    );
  }

  /** The gateway endpoint to which routes lead a prefix list; undefined for a list of which nothing is known. */
  gatewayOfList(list: string): string | undefined {
    return this.#lists.get(list);
  }

  /** The prefix lists that routes lead to a gateway endpoint. */
  listsOf(endpoint: string): string[] {
    return [...this.#lists].flatMap(([list, target]) => (target === endpoint ? list : []));
  }
}

const NETWORKS = new WeakMap<Graph, Map<string, Network>>();

/** The networks of an account in a region; those of one graph are looked through once. */
export function networkOf(graph: Graph, { account, region }: Near): Network {
  const known = NETWORKS.get(graph) ?? new Map<string, Network>();
  NETWORKS.set(graph, known);
  const key = `${account ?? ''} ${region ?? ''}`;
  const network =
    known.get(key) ??
    new Network(graph, {
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
    });
  known.set(key, network);
  return network;
}

interface Associated {
  kind: Resource['kind'];
  bySubnet: ReadonlyMap<string, Resource>;
  byVpc: ReadonlyMap<string, Resource>;
}

/**
 * Whether another account shares the subnet: its gateways, endpoints and lists are that account's, which alone sees them.
 * “Responsibilities and permissions for owners and participants”, Amazon VPC User Guide, “Share your VPC subnets”.
 */
export function isShared(subnet: Resource): boolean {
  const owner = parseArn(subnet.id)?.account;
  return owner !== undefined && subnet.account !== undefined && owner !== subnet.account;
}

const absent = (refusal: Refusal | undefined): Found => (refusal ? { refusal } : {});

export const routesOf = (table: Resource): Route[] | undefined =>
  objectsOf(seenOf(table).routes)?.map(({ destination, target, state }) => {
    const route = { destination: textOf(destination), target: textOf(target), state: textOf(state) };
    return Object.fromEntries(Object.entries(route).filter(([, value]) => value !== undefined));
  });

/** The security groups of something: those that its facts name, seen or not; undefined where they name none. */
export function groupsOf(resource: Resource): string[] | undefined {
  const stated = textsOf(seenOf(resource).groups);
  if (stated) return stated;
  const related = observedOf(resource)
    .flatMap(({ relations = [] }) => relations)
    .flatMap(({ type, to }) =>
      type === 'protected-by' && to.kind === 'AWS::EC2::SecurityGroup' ? to.name : [],
    );
  return related.length > 0 ? [...new Set(related)] : undefined;
}

/** The read that was refused of a detail of something. */
export const detailRefused = (resource: Resource | undefined): Refusal | undefined =>
  resource && refusedDetail(resource);
