import { isSameAddress } from '#lib/ip-address.ts';
import type { CallEvidence } from '#model/evidence.ts';
import type { Fact, Json, Kind } from '#model/fact.ts';
import type { HostState } from '#model/host.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Observation, Refusal } from '#model/lookup.ts';
import type { Relation, Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';

export type Properties = Readonly<Record<string, Json>>;

/** Where something is looked for; what is left out is any. */
export interface Near {
  account?: string;
  region?: string;
}

/**
 * What was observed of an estate, as a trace walks it. Holds observed resources alone: what is only declared answers no
 * request. Pure; every look-up is by key.
 */
export class Graph {
  readonly #byId: ReadonlyMap<string, Resource>;
  readonly #byKind: ReadonlyMap<Kind, Resource[]>;
  readonly #byName = new Map<string, Resource[]>();
  /** By the domain names and addresses that requests are sent to. */
  readonly #byHost = new Map<string, Resource[]>();
  readonly #out = new Map<string, Relation[]>();
  readonly #into = new Map<string, Relation[]>();
  readonly #observations: readonly Observation[];
  /** What the hosts that were read run. */
  readonly hosts: readonly HostState[];

  constructor(
    resources: readonly Resource[],
    relations: readonly Relation[],
    observations: readonly Observation[],
    hosts: readonly HostState[] = [],
  ) {
    this.hosts = hosts;
    const seen = resources.filter(({ facts }) => facts.some(({ sort }) => sort === 'observed'));
    this.#byId = new Map(seen.map((resource) => [resource.id, resource]));
    this.#byKind = Map.groupBy(seen, ({ kind }) => kind);
    this.#observations = observations;
    for (const resource of seen)
      for (const name of namesOf(resource)) {
        append(this.#byName, `${resource.kind}\n${name}`, resource);
        if (name.includes('.') && !isNamedOnly(resource.kind)) append(this.#byHost, name, resource);
      }
    for (const relation of relations) {
      append(this.#out, relation.from, relation);
      append(this.#into, relation.to, relation);
    }
  }

  get(id: string): Resource | undefined {
    return this.#byId.get(id);
  }

  /** All that were seen of a kind, by id. */
  all(kind: Kind): readonly Resource[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** The one that bears a name, an ARN or another name (case is ignored): of several, the one in that region. */
  named(kind: Kind, name: string, { account, region }: Near = {}): Resource | undefined {
    const found = this.#byName.get(`${kind}\n${name.toLowerCase()}`) ?? [];
    const own = found.filter((one) => account === undefined || one.account === account);
    return region === undefined ? own[0] : (own.find((one) => one.region === region) ?? own[0]);
  }

  /** What receives requests for a domain name or an address, of whatever kind. */
  answering(host: string): readonly Resource[] {
    const name = host.toLowerCase().replace(/\.$/, '');
    const found = this.#byHost.get(name) ?? this.#byHost.get(name.replace(/^dualstack\./, ''));
    if (found) return found;
    const state = this.hostAt(name);
    const bearer = state && this.named('Host', state.name, { account: state.name });
    return bearer ? [bearer] : [];
  }

  /**
   * The one host that an address leads to: one of its interfaces bears it, or it is where ssh found it.
   * @param besides the host that asks
   */
  hostAt(address: string, besides?: HostState): HostState | undefined {
    const found = this.hosts.filter(
      (one) =>
        one !== besides &&
        (one.interfaces.some(
          (own) => own.isUp && !OWN_NETWORK.test(own.name) && isSameAddress(own.address, address),
        ) ||
          isSameAddress(sshHost(one.address), address)),
    );
    return found.length === 1 ? found[0] : undefined;
  }

  /** What a resource leads to, by relations of a type, and of a kind where one is asked for. */
  out(from: Resource, type: string, kind?: Kind): Resource[] {
    return this.#ends(this.#out.get(from.id), type, kind, ({ to }) => to);
  }

  /** What leads to a resource, in the same way. */
  into(to: Resource, type: string, kind?: Kind): Resource[] {
    return this.#ends(this.#into.get(to.id), type, kind, ({ from }) => from);
  }

  #ends(
    relations: readonly Relation[] | undefined,
    type: string,
    kind: Kind | undefined,
    end: (relation: Relation) => string,
  ): Resource[] {
    return (relations ?? []).flatMap((relation) => {
      const resource = relation.type === type ? this.#byId.get(end(relation)) : undefined;
      return resource && (kind === undefined || resource.kind === kind) ? [resource] : [];
    });
  }

  /** Whether an account of a provider was asked for. */
  isRead(source: Observation['source']): boolean {
    return this.#observations.some((one) => one.source === source);
  }

  /** Whether a region was asked for: of one that was not, only what serves things without regions is read. */
  isAsked(region: string | undefined): boolean {
    return region !== undefined && this.#observations.some(({ regions }) => regions.includes(region));
  }

  /** Whether one thing was looked for by its own name, and an answer came. */
  wasLookedFor(kind: Kind, name: string): boolean {
    return this.#observations.some(({ lookups }) =>
      lookups.some((one) => one.kind === kind && one.scope === name && one.refusal === undefined),
    );
  }

  /**
   * Why it is not established what there is of a kind in a place; undefined where all of it was seen, and what was not
   * seen is not there. A kind of no region is asked for without one.
   * @param scope of things inside one thing: the services of a cluster
   */
  unseen(kind: Kind, near: Near = {}, scope?: string): Refusal | undefined {
    const { region } = kindOf(kind).global ? {} : near;
    const fits = this.#observations.filter(
      (one) => near.account === undefined || one.account === near.account,
    );
    const lookups = fits
      .flatMap((one) => one.lookups)
      .filter(
        (lookup) =>
          lookup.kind === kind &&
          (region === undefined || lookup.region === undefined || lookup.region === region) &&
          (scope === undefined || lookup.scope === undefined || lookup.scope === scope),
      );
    // a list of things inside one thing tells nothing of those inside another
    const own = lookups.filter((lookup) => scope !== undefined || lookup.scope === undefined);
    const refused = own.find(({ refusal }) => refusal !== undefined)?.refusal;
    if (refused) return refused;
    if (own.length > 0) return undefined;
    return fits.find(({ refusal }) => refusal)?.refusal ?? notAsked(kind, region);
  }
}

/** Kinds whose names are domain names and that answer no request. */
const NAMED_ONLY: ReadonlySet<Kind> = new Set<Kind>([
  'AWS::Route53::RecordSet',
  'AWS::Route53::HostedZone',
  'AWS::CertificateManager::Certificate',
  'AWS::Logs::LogGroup',
  'AWS::SecretsManager::Secret',
  'AWS::SSM::Parameter',
  'AWS::S3::Bucket',
  'Docker::Image',
]);

/** Interfaces whose addresses are the same on many hosts. */
const OWN_NETWORK = /^(?:lo|docker|br-|veth|virbr|cni|podman|lxc|lxd|flannel|cali|kube)/;

/** The host of `ssh://user@host:port`, without brackets; what is no such address is none. */
const sshHost = (address: string): string =>
  /^ssh:\/\/(?:[^@/]{0,64}@)?(?:\[([^\]]{1,60})\]|([^:/]{1,253}))/.exec(address)?.slice(1).join('') ?? '';

/** What stands on a host is found by the host: that it is called like a site makes it no answer to a name. */
const ON_HOSTS = /^(?:Host|Nginx|Caddy|HAProxy|Traefik|Systemd|Docker|Compose|Cron|SQLite)::/;

/** What Cloudflare serves under a name is found by its zones, save the addresses that it gives itself. */
const isNamedOnly = (kind: Kind): boolean =>
  NAMED_ONLY.has(kind) ||
  ON_HOSTS.test(kind) ||
  (kind.startsWith('Cloudflare::') && kind !== 'Cloudflare::Pages::Project');

const append = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
};

const namesOf = (resource: Resource): Set<string> =>
  new Set(
    [
      resource.name,
      ...observedOf(resource).flatMap(({ name, arn, otherNames = [] }) => [
        name,
        ...(arn === undefined ? [] : [arn]),
        ...otherNames,
      ]),
    ].map((name) => name.toLowerCase()),
  );

function notAsked(kind: Kind, region: string | undefined): Refusal {
  const { title } = kindOf(kind);
  const where =
    region === undefined ? { fr: '', en: '' } : { fr: ` dans ${code(region)}`, en: ` in ${code(region)}` };
  return {
    sort: 'failed',
    operation: '',
    why: {
      fr: `personne n’a demandé à lire\u00a0: ${title.fr}${where.fr}`,
      en: `nobody asked to read: ${title.en}${where.en}`,
    },
  };
}

/** What was observed of a resource: several facts where it has several sets, such as weighted records. */
export const observedOf = ({ facts }: Resource): Fact[] => facts.filter(({ sort }) => sort === 'observed');

/** What was observed of its properties; of several facts, the first that states one. What files declare is left out. */
export function seenOf(resource: Resource): Properties {
  const [first, ...others] = observedOf(resource);
  if (others.length === 0) return first?.properties ?? {};
  return Object.assign({}, ...[...others].reverse().map(({ properties }) => properties), first?.properties);
}

/** The reads that told of a resource. */
export const evidenceOf = ({ observed }: Resource): CallEvidence[] => [...observed];

/** The first detail of a resource whose reading was refused. */
export const refusedDetail = (resource: Resource): Refusal | undefined =>
  observedOf(resource).flatMap(({ refusals = [] }) => refusals)[0];
