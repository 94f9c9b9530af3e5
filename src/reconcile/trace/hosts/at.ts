import type { CallEvidence } from '#model/evidence.ts';
import type { Json, Kind } from '#model/fact.ts';
import type { HostContainer, HostListener, HostPart, HostState, HostUnit } from '#model/host.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Check, PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import type { CheckParts } from '../checks.ts';
import type { Graph } from '../graph.ts';
import type { HopModel, HopSide, Next } from '../hop.ts';

/** A request on a host. */
export interface At {
  state: HostState;
  graph: Graph;
  request: PathRequest;
  /** How it comes there: `scheme://host:port` of each time that it entered the host. */
  entered: readonly string[];
  /** What it has passed on the host: what comes back to one of them is told in place. */
  passed: readonly Resource[];
  /** The address that a proxy itself sees it come in on, where it listens on one alone. */
  address?: string;
  /** A proxy may have changed the host or the path that is asked for: nobody knows what the next one sees. */
  isChanged?: boolean;
  /** A proxy asks, and no client: it need not look at the certificate. */
  isInside?: boolean;
  /** What the rest of the way is told by, given here as each part of it leads to the others. */
  ways: Ways;
}

export interface Ways {
  /** From what listens on the host to what answers there. */
  enter(at: At): Onward;
  /** From a container or process to the proxy in it, or to the end. */
  meet(at: At, endpoint: Endpoint): Onward;
}

/** What takes requests on a host. */
export type Endpoint =
  /** `port`: inside of the container. */
  | { container: HostContainer; port: number }
  | { listener: HostListener }
  /** One that was meant to, and does not run. */
  | { unit: HostUnit };

/** What is told of a way, and where it goes on. */
export interface Onward {
  checks: Check[];
  side: HopSide[];
  next: Next[];
}

export const onward = (parts: Partial<Onward> = {}): Onward => ({ checks: [], side: [], next: [], ...parts });

export const together = (...all: readonly Onward[]): Onward =>
  onward({
    checks: all.flatMap(({ checks }) => checks),
    side: all.flatMap(({ side }) => side),
    next: all.flatMap(({ next }) => next),
  });

/** What a way is where it is not known to be taken. */
export const perhaps = ({ checks, side, next }: Onward): Onward => ({
  checks: checks.map(opened),
  side: side.map((one) => ({ ...one, checks: one.checks.map(opened) })),
  next: next.map((one) => ({ ...one, isPerhaps: true })),
});

/** A failure that is not known to matter is none. */
const opened = (check: Check): Check => (check.result === 'fail' ? { ...check, result: 'unknown' } : check);

/** A hop of its own for something that was seen; what was made no resource of is told where the request is. */
export function hopAt(
  at: At,
  place: { kind: Kind; name: string; role: string },
  told: (at: At) => Onward,
): Onward {
  const resource = at.graph.named(place.kind, place.name, { account: at.state.name });
  if (!resource || at.passed.some(({ id }) => id === resource.id)) return told(at);
  const model: HopModel = {
    kinds: [place.kind],
    role: place.role,
    pass: () => told({ ...at, passed: [...at.passed, resource] }),
  };
  return onward({ next: [{ resource, request: at.request, model }] });
}

/** What the coverage calls the commands that show each. */
const OPERATIONS = {
  listeners: 'ss',
  interfaces: 'ip',
  firewall: 'firewall',
  units: 'systemctl show',
} as const;

/** What a check of a host says beside its result. */
export const partsOf = (
  { state }: Pick<At, 'state'>,
  of: keyof typeof OPERATIONS | HostContainer,
  values: Record<string, Json> = {},
): CheckParts => ({
  evidence: [
    {
      source: 'host',
      operation: typeof of === 'string' ? OPERATIONS[of] : `${of.engine} inspect`,
      at: state.at,
    } satisfies CallEvidence,
  ],
  values: { host: state.name, ...values },
});

/** Why a part of a host was not read, or not in full. */
export const refusalOf = ({ refusals }: HostState, ...parts: readonly HostPart[]): Refusal | undefined =>
  parts.map((part) => refusals[part]).find((one) => one !== undefined);

/** A host name or address as resolvers take it: without brackets and the last dot, in lower case. */
export const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

export const isLoopback = (host: string): boolean =>
  host === '::1' || host === 'localhost' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
