import { parseArn } from '#lib/arn.ts';
import { type Artifacts, noArtifacts } from '#model/artifacts.ts';
import type { Json, Kind } from '#model/fact.ts';
import type { Finding } from '#model/finding.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';

/** Names by which checks of the network tell the same. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  acl: ['networkAclId'],
  gateway: ['internetGatewayId'],
};

/** What a task needs before it starts, and what judges it then. */
const PHASES = ['network', 'image', 'logs', 'health'] as const;

/** What a problem is found on. */
export interface ProblemParts {
  /** The id of the check or of the rule, which is that of its remedy. */
  id: string;
  /** Of a failed check. */
  check?: Check;
  /** Of an account rule. */
  finding?: Finding;
  /** The resource of the hop, of the side, or of the finding. */
  resource?: Resource;
  /** How the request comes to the hop. */
  request?: PathRequest;
  /** The URL whose path it stands on. */
  url?: string;
  /** The gaps that were made of it. */
  gaps: string[];
  resources: ReadonlyMap<string, Resource>;
  /** What was read of the repository's files. */
  artifacts?: Artifacts;
  /** What other problems of the plan have taken already. */
  claims?: Claims;
}

/** By place the numbers that are taken in it, each by what it is taken for: the same is given the same again. */
export type Claims = Map<string, Map<string, number>>;

/**
 * Something to mend, with the values that were found with it. A value that is asked for and not there is kept in
 * {@link Problem.absent}: what is made with it is shown as needing it, and no call is printed with a hole.
 */
export class Problem {
  readonly id: string;
  readonly resource: Resource | undefined;
  readonly request: PathRequest | undefined;
  readonly url: string | undefined;
  readonly gaps: readonly string[];
  readonly finding: Finding | undefined;
  readonly artifacts: Artifacts;
  readonly absent = new Set<string>();
  readonly #values: Readonly<Record<string, Json>>;
  readonly #resources: ReadonlyMap<string, Resource>;
  readonly #claims: Claims;

  constructor({
    id,
    check,
    finding,
    resource,
    request,
    url,
    gaps,
    resources,
    artifacts = noArtifacts(),
    claims = new Map(),
  }: ProblemParts) {
    this.id = id;
    this.resource = resource;
    this.request = request;
    this.url = url;
    this.gaps = gaps;
    this.finding = finding;
    this.artifacts = artifacts;
    this.#values = check?.values ?? finding?.values ?? {};
    this.#resources = resources;
    this.#claims = claims;
  }

  /** A value that may be left out; `group` may be told as `groupId` too. */
  maybe(name: string): Json | undefined {
    const names = [name, `${name}Id`, ...(OTHER_NAMES[name] ?? [])];
    return names
      .map((one) => this.#values[one])
      .find((value) => value !== undefined && value !== null && value !== '');
  }

  /** Keeps a value as one that somebody has to find. */
  lacks(name: string): void {
    this.absent.add(name);
  }

  maybeText(name: string): string | undefined {
    const value = this.maybe(name);
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  }

  maybeNumber(name: string): number | undefined {
    const value = this.maybe(name);
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' ? number : undefined;
  }

  /** A text that the call cannot do without; where it is absent, its name between ⟨⟩, and it is kept as absent. */
  text(name: string): string {
    const value = this.maybeText(name);
    if (value === undefined) this.absent.add(name);
    return value ?? `⟨${name}⟩`;
  }

  /** A number, in the same way. */
  number(name: string): number {
    const value = this.maybeNumber(name);
    if (value === undefined) this.absent.add(name);
    return value ?? 0;
  }

  /** Several texts, in the same way; one alone is a list of one. */
  texts(name: string): string[] {
    const value = this.maybe(name);
    const list = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
    if (list.length === 0) this.absent.add(name);
    return list;
  }

  /** Where the call is made: as the check says, else as the ARN of what is changed, or the resource, does. */
  get region(): string {
    const changed = ['listener', 'rule', 'loadBalancer', 'targetGroup'].flatMap(
      (name) => parseArn(this.maybeText(name) ?? '')?.region ?? [],
    );
    const found = this.maybeText('region') ?? changed[0] ?? this.resource?.region;
    if (found === undefined) this.absent.add('region');
    return found ?? '⟨region⟩';
  }

  /**
   * The first of some numbers of a place that nobody of the plan has taken for something else; undefined where none is
   * left.
   */
  claim(place: string, use: string, numbers: Iterable<number>): number | undefined {
    const taken = this.#claims.get(place) ?? new Map<string, number>();
    this.#claims.set(place, taken);
    const known = taken.get(use);
    if (known !== undefined) return known;
    const used = new Set(taken.values());
    for (const number of numbers)
      if (!used.has(number)) {
        taken.set(use, number);
        return number;
      }
    return undefined;
  }

  /** A resource of the estate by its id or ARN. */
  known(id: string | undefined): Resource | undefined {
    return id === undefined ? undefined : this.#resources.get(id);
  }

  /** All resources of a kind. */
  all(kind: Kind): Resource[] {
    return [...this.#resources.values()].filter((resource) => resource.kind === kind);
  }

  /** What must be done on the same path before something is deployed anew on it: its network, its images, its logs, its health check. */
  get beforeDeployment(): string[] {
    return this.url === undefined ? [] : PHASES.map((phase) => `${phase} of ${this.url}`);
  }

  /** What a step on the path provides for the deployments on it. */
  provided(phase: (typeof PHASES)[number]): string[] {
    return this.url === undefined ? [] : [`${phase} of ${this.url}`];
  }

  /** What is shown of a resource in a sentence: its name where it is known, else the end of its ARN. */
  nameOf(id: string): string {
    return this.known(id)?.name ?? shortName(id);
  }
}

/** The part of an ARN that people know a thing by: `loadbalancer/app/shop/50dc6c495c0c9188` is `shop`. */
export function shortName(id: string): string {
  const resource = parseArn(id)?.resource;
  if (resource === undefined) return id;
  const parts = resource.split(/[/:]/);
  if (/^(?:loadbalancer|listener)$/.test(parts[0] ?? '')) return parts[2] ?? resource;
  return /^targetgroup$/.test(parts[0] ?? '') ? (parts[1] ?? resource) : parts.slice(1).join('/') || resource;
}
