import type { Cause, Check, Hop, Side } from '#model/path.ts';
import { asNumber, asTexts } from './values.ts';

/** A failure where it stands: on a hop, or on something that a hop needs. */
interface Failure {
  check: Check;
  /** The hop. */
  hop: string;
  /** What it stands on: the hop, or the side's own resource. */
  place: string;
  isSide: boolean;
}

/** What keeps a way of the network from being passed. */
const NETWORK = [
  'security-group-blocks',
  'network-acl-blocks',
  'route-missing',
  'nat-gateway-unusable',
  'public-ip-missing',
  'endpoint-unreachable',
  'endpoint-policy-denies',
] as const;

/** Why a container that runs does not answer its load balancer. */
const NOT_ANSWERING = [
  'health-check-mismatch',
  'container-port-mismatch',
  'container-listens-elsewhere',
  'container-listens-locally',
  'target-port-mismatch',
  'container-crashing',
  'container-out-of-memory',
];

/** Why a task does not start. */
const NOT_STARTING = [
  'image-pull-failing',
  'image-architecture-mismatch',
  'secret-unreadable',
  'logs-unwritable',
  'container-crashing',
  'container-out-of-memory',
  'capacity-missing',
  'tasks-stopped-by-health-check',
  'service-inactive',
];

interface Explanation {
  by: readonly string[];
  /** Of what fails on the network: on which way. */
  way?: string;
  /** What explains it perhaps: it keeps what would mend it from starting. */
  perhaps?: readonly string[];
}

/** What may explain a failure: ids of checks. */
const EXPLAINED_BY: Record<string, Explanation> = {
  'origin-protocol-mismatch': { by: ['listener-missing'] },
  'listener-answers-itself': { by: ['listener-rule-shadowed'] },
  'target-group-empty': { by: ['service-short-of-tasks', 'service-inactive'] },
  'targets-unhealthy': {
    by: [...NOT_ANSWERING, 'tasks-stopped-by-health-check', 'service-short-of-tasks'],
    way: 'balancer-to-target',
    // the targets are those of the revision that was to be replaced
    perhaps: ['service-behind-revision'],
  },
  'tasks-stopped-by-health-check': {
    by: [...NOT_ANSWERING.slice(0, 5), 'grace-period-short'],
    way: 'balancer-to-target',
  },
  'service-short-of-tasks': { by: NOT_STARTING },
  'service-behind-revision': { by: NOT_STARTING },
  'deployment-failed': { by: NOT_STARTING },
  'image-pull-failing': { by: ['image-missing'], way: 'task-to-registry' },
  'secret-unreadable': { by: ['secret-missing'], way: 'task-to-secrets' },
  'logs-unwritable': { by: ['log-group-missing'], way: 'task-to-logs' },
  'upstream-unhealthy': { by: ['container-unhealthy', 'container-not-running', 'unit-inactive'] },
  'image-architecture-mismatch': { by: ['image-architecture-mismatch'] },
};

/** Failures that a request passes all the same: they are told, and are no cause of what a user sees. */
const PASSABLE = new Set([
  'viewer-http-allowed',
  'listener-forwards-http',
  'dns-www-missing',
  'dns-records-disagree',
  'service-behind-revision',
  'grace-period-short',
  'log-group-missing',
]);

/** Some targets answer while others do not. */
const isPassable = ({ id, values }: Check): boolean =>
  PASSABLE.has(id) || (id === 'targets-unhealthy' && (asNumber(values?.healthy) ?? 0) > 0);

const isNetwork = (id: string): boolean => (NETWORK as readonly string[]).includes(id);

/** Everything that fails on a path, in the order of its hops. */
function failuresOf(hops: readonly Hop[], side: readonly Side[]): Failure[] {
  return hops.flatMap((hop): Failure[] => [
    ...failing(hop.checks).map((check) => ({ check, hop: hop.resource, place: hop.resource, isSide: false })),
    ...side
      .filter(({ of }) => of === hop.resource)
      .flatMap((one) =>
        failing(one.checks).map((check) => ({
          check,
          hop: hop.resource,
          place: one.resource ?? hop.resource,
          isSide: true,
        })),
      ),
  ]);
}

const failing = (checks: readonly Check[]): Check[] => checks.filter(({ result }) => result === 'fail');

/** Whether one failure explains another one, for all that is known. */
const explains = (cause: Failure, symptom: Failure): boolean =>
  isSurely(cause, symptom) || isPerhaps(cause, symptom);

/** A newer revision that nobody deployed keeps nothing from starting. */
const isPerhaps = ({ check }: Failure, symptom: Failure): boolean =>
  check.certainty !== 'probable' && EXPLAINED_BY[symptom.check.id]?.perhaps?.includes(check.id) === true;

function isSurely(cause: Failure, symptom: Failure): boolean {
  const known = EXPLAINED_BY[symptom.check.id];
  if (!known || cause === symptom) return false;
  if (isNetwork(cause.check.id))
    return known.way !== undefined && asTexts(cause.check.values?.ways).includes(known.way);
  if (cause.check.id === symptom.check.id) return cause.isSide && !symptom.isSide;
  return known.by.includes(cause.check.id);
}

/** The hops that lead to a hop, and itself. */
function lineOf(hops: readonly Hop[], id: string): Set<string> {
  const from = new Map(hops.map((hop) => [hop.resource, hop.from]));
  const line = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !line.has(at); at = from.get(at)) line.add(at);
  return line;
}

interface Links {
  failures: Failure[];
  /** What each failure leads to. */
  effects: Map<Failure, Failure[]>;
  /** Failures that nothing else explains. */
  roots: Failure[];
}

function linksOf(hops: readonly Hop[], side: readonly Side[]): Links {
  const failures = failuresOf(hops, side);
  const lines = new Map(hops.map(({ resource }) => [resource, lineOf(hops, resource)]));
  // on one way: the one leads to the other, in whatever direction
  const related = (a: Failure, b: Failure) =>
    lines.get(a.hop)?.has(b.hop) === true || lines.get(b.hop)?.has(a.hop) === true;
  const effects = new Map<Failure, Failure[]>();
  const explained = new Set<Failure>();
  for (const cause of failures) {
    const own = failures.filter((symptom) => explains(cause, symptom) && related(cause, symptom));
    effects.set(cause, own);
    for (const symptom of own) explained.add(symptom);
  }
  return { failures, effects, roots: failures.filter((failure) => !explained.has(failure)) };
}

/** From a root to the furthest symptom that follows from it. */
function chainFrom(root: Failure, effects: ReadonlyMap<Failure, readonly Failure[]>): Failure[] {
  const longest = new Map<Failure, Failure[]>();
  const walk = (at: Failure, above: ReadonlySet<Failure>): Failure[] => {
    const known = longest.get(at);
    if (known) return known;
    const inner = new Set([...above, at]);
    const rest = (effects.get(at) ?? [])
      .filter((one) => !inner.has(one))
      .map((one) => walk(one, inner))
      .sort((a, b) => b.length - a.length)[0];
    const chain = [at, ...(rest ?? [])];
    longest.set(at, chain);
    return chain;
  };
  return walk(root, new Set());
}

/** Everything that follows from a root and is no link of its chain. */
function besideOf(
  chain: readonly Failure[],
  effects: ReadonlyMap<Failure, readonly Failure[]>,
): { check: string; hop: string }[] {
  const reached = new Set(chain.slice(0, 1));
  for (const at of reached) for (const next of effects.get(at) ?? []) reached.add(next);
  return [...reached]
    .filter((one) => !chain.includes(one))
    .map(({ check, place }) => ({ check: check.id, hop: place }));
}

/** Whether a link of a chain is established, and follows for sure from the one before it. */
const isSureIn = (one: Failure, index: number, chain: readonly Failure[]): boolean => {
  const before = chain[index - 1];
  return one.check.certainty !== 'probable' && (before === undefined || isSurely(before, one));
};

/**
 * The failures at the root of what is wrong, each with what follows from it; those that keep a request from being
 * answered. A failure that another one explains is a link of its chain, never a cause of its own.
 */
export function causesOf(hops: readonly Hop[], side: readonly Side[]): Cause[] {
  const { effects, roots } = linksOf(hops, side);
  return roots
    .map((root) => chainFrom(root, effects))
    .filter((chain) => chain.some(({ check }) => !isPassable(check)))
    .map((chain): Cause => {
      const beside = besideOf(chain, effects);
      return {
        title: (chain[0] as Failure).check.text,
        chain: chain.map(({ check }) => check.text),
        hops: chain.map(({ place }) => place),
        checks: chain.map(({ check }) => check.id),
        ...(beside.length > 0 && { beside }),
        certainty: chain.every(isSureIn) ? 'established' : 'probable',
      };
    });
}

/** The places of a path on which something is wrong that nothing else explains: what has to be changed. */
export function faultyPlaces(
  hops: readonly Hop[],
  side: readonly Side[],
): { place: string; hop: string; check: string }[] {
  return linksOf(hops, side).roots.map(({ place, hop, check }) => ({ place, hop, check: check.id }));
}
