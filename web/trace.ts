import { code, type Text } from '#model/text.ts';
import { counted, fill, joined, wordOf } from './text.ts';
import type { Cause, Check, Hop, Path, Resource, Side } from './vocabulary.ts';
import { roleWords, pathWords as words } from './words/path.ts';

/** What gives the name of a resource of a path by its id; one that is not there is in no list. */
export type NameOf = (id: string) => string;

/** An ARN is `arn:partition:service:region:account:resource` (AWS General Reference, “ARNs”). */
const ARN = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/;
/** `constat:<kind>:<scope>:<name>`, where a kind is words between double colons. */
const OWN_ID = /^constat:\w+(?:::[\w ]+)+:[^:]*:(.+)$/;

/** The name of a resource; of one that the report does not hold, as much of a name as its id gives. */
export const namesIn =
  (resources: ReadonlyMap<string, Pick<Resource, 'name'>>): NameOf =>
  (id) =>
    resources.get(id)?.name ?? OWN_ID.exec(id)?.[1] ?? ARN.exec(id)?.[1] ?? id;

/** A check of a hop, or of something that stands beside it. */
export interface Placed {
  check: Check;
  hop: Hop;
  /** The place of the hop on the path, from 1. */
  number: number;
  side?: Side;
}

/** What stands beside a hop: a certificate, a network, an image, a log group. */
export const sidesOf = (path: Path, hop: Hop): Side[] => path.side.filter(({ of }) => of === hop.resource);

/** Sides of one role together: the security groups, tables and gateways of a hop are its network. */
export interface Beside {
  role: string;
  /** Each resource once, in the order of the checks. */
  resources: string[];
  checks: Check[];
}

/** Sides grouped by their role, in the order in which the roles first come. */
export function besides(sides: readonly Side[]): Beside[] {
  const groups = new Map<string, Beside>();
  for (const { role, resource, checks } of sides) {
    const group = groups.get(role) ?? { role, resources: [], checks: [] };
    groups.set(role, group);
    if (resource !== undefined && !group.resources.includes(resource)) group.resources.push(resource);
    group.checks.push(...checks);
  }
  return [...groups.values()];
}

/** The sides of no hop that is shown: they are never left out. */
export const straySides = (path: Path): Side[] =>
  path.side.filter(({ of }) => !path.hops.some(({ resource }) => resource === of));

/** Every check of a hop, then those of its sides. */
export const checksAt = (path: Path, hop: Hop): Check[] => [
  ...hop.checks,
  ...sidesOf(path, hop).flatMap(({ checks }) => checks),
];

/** Every check of a path with where it stands, in the order of the hops. */
export function placedChecks(path: Path): Placed[] {
  const placed = path.hops.flatMap((hop, index): Placed[] => [
    ...hop.checks.map((check) => ({ check, hop, number: index + 1 })),
    ...sidesOf(path, hop).flatMap((side) =>
      side.checks.map((check) => ({ check, hop, number: index + 1, side })),
    ),
  ]);
  const last = path.hops.at(-1);
  if (!last) return placed;
  const strays = straySides(path).flatMap((side) =>
    side.checks.map((check) => ({ check, hop: last, number: path.hops.length, side })),
  );
  return [...placed, ...strays];
}

/** How many checks gave each result. */
export function resultsOf(checks: readonly Check[]): Record<Check['result'], number> {
  const counts = { pass: 0, fail: 0, unknown: 0 };
  for (const { result } of checks) counts[result] += 1;
  return counts;
}

/** Whether a check fails, and nothing else could explain what was seen. */
export const isEstablished = (check: Check): boolean =>
  check.result === 'fail' && check.certainty !== 'probable';

/** The first thing that is wrong at a hop: an established failure, else a probable one, else what got no answer. */
export function firstProblem(checks: readonly Check[]): Check | undefined {
  return (
    checks.find(isEstablished) ??
    checks.find(({ result }) => result === 'fail') ??
    checks.find(({ result }) => result === 'unknown')
  );
}

/**
 * What is known of a path. `stops`: a failure is established that keeps requests from being answered. `weak`: the ones that
 * are established keep none from it. `probable`: one is likely. `open`: none is, and something got no answer. `passes`:
 * everything was looked at, and all of it holds.
 */
export type Outcome =
  | { is: 'stops' | 'weak' | 'probable'; hop: Hop; number: number; check?: Check }
  | { is: 'open'; checks: number; hops: number }
  | { is: 'passes'; checks: number };

/** What is known of a path. What nobody could look at never makes it pass. */
export function outcomeOf(path: Path): Outcome {
  const placed = placedChecks(path);
  const failing = path.hops.flatMap((hop, index) => {
    const check = placed.find((one) => one.hop === hop && isEstablished(one.check))?.check;
    return check || hop.status === 'missing' ? [{ hop, number: index + 1, ...(check && { check }) }] : [];
  })[0];
  // the causes are of what keeps a request from being answered, and of nothing else
  const stopping = placed.find((one) => isEstablished(one.check) && isLink(path, one));
  if (stopping) return { is: 'stops', hop: stopping.hop, number: stopping.number, check: stopping.check };
  if (failing && (failing.hop.status === 'missing' || path.causes.length === 0))
    return { is: failing.hop.status === 'missing' ? 'stops' : 'weak', ...failing };
  const likely = placed.find(({ check }) => check.result === 'fail');
  if (likely) return { is: 'probable', hop: likely.hop, number: likely.number, check: likely.check };
  const silent = placed.filter(({ check }) => check.result === 'unknown').length;
  const unseen = path.hops.filter(
    (hop) => checksAt(path, hop).length === 0 || (hop.status === 'unverified' && !isSilent(path, hop)),
  ).length;
  if (silent + unseen > 0 || path.hops.length === 0) return { is: 'open', checks: silent, hops: unseen };
  return { is: 'passes', checks: placed.length };
}

/** Whether a check stands in the chain of a cause. */
const isLink = ({ causes }: Path, { check, hop, side }: Placed): boolean =>
  causes.some(({ checks, hops }) =>
    checks.some((id, index) => id === check.id && hops[index] === (side?.resource ?? hop.resource)),
  );

const isSilent = (path: Path, hop: Hop): boolean =>
  checksAt(path, hop).some(({ result }) => result === 'unknown');

/** The parts of a sentence about what got no answer. */
function silence(checks: number, hops: number): Text {
  const parts = [
    ...(checks > 0 ? [counted(checks, words.silentCheck, words.silentChecks)] : []),
    ...(hops > 0 ? [counted(hops, words.silentHop, words.silentHops)] : []),
  ];
  return joined(parts, ', ');
}

const ended = (text: Text): Text => {
  const close = (sentence: string) => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`);
  return { fr: close(text.fr), en: close(text.en) };
};

/** The one fact about a path: where its first established failure is, or that it passes, or what is not established. */
export function pathHeadline(path: Path, nameOf: NameOf): Text {
  const outcome = outcomeOf(path);
  if (path.hops.length === 0) return words.empty;
  if (outcome.is === 'open') return fill(words.open, { silent: silence(outcome.checks, outcome.hops) });
  if (outcome.is === 'passes')
    return fill(words.passes, {
      hops: counted(path.hops.length, words.hop, words.hops),
      checks: counted(outcome.checks, words.passedCheck, words.passedChecks),
    });
  const role = wordOf(roleWords, outcome.hop.role);
  return ended(
    fill(words[outcome.is], {
      n: outcome.number,
      total: path.hops.length,
      // in the middle of a sentence; an acronym stays as it is
      role: inSentence(role),
      name: code(nameOf(outcome.hop.resource)),
      text: outcome.check ? inSentence(outcome.check.text) : words.absent,
    }),
  );
}

/** What begins with a capital wherever it stands. */
const PROPER =
  /^(?:Amazon|Azure|Cloudflare|Docker|Fargate|Internet|Kubernetes|Lambda|Nginx|Route|Traefik|Worker)(?!\p{L})/u;
/** A word with a small letter after its first, or an article that lost its own: “Aucun”, “L’étiquette”. */
const COMMON = /^\p{Lu}(?:\p{Ll}+(?![\p{L}\p{N}])|[’'](?=\p{Ll}))/u;

/** A text as it goes on inside a sentence: acronyms and names keep their capital. */
export function inSentence(text: Text): Text {
  const lower = (words: string) =>
    COMMON.test(words) && !PROPER.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
  return { fr: lower(text.fr), en: lower(text.en) };
}

/** A, B… Z, then numbers. */
export const letterOf = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : String(index + 1);

/** The links of a cause that say more than its title does. */
export const linksOf = ({ title, chain }: Cause): Text[] =>
  chain.length === 1 && chain[0]?.fr === title.fr && chain[0].en === title.en ? [] : chain;

/** The hops on which a cause stands, the root's first, each once; a side stands at the hop that needs it. */
export function hopsOfCause(path: Path, cause: Cause): Hop[] {
  const found = cause.hops.flatMap((id): Hop[] => {
    const own = path.hops.find(({ resource }) => resource === id);
    const side = own ? undefined : path.side.find(({ resource }) => resource === id);
    const hop = own ?? path.hops.find(({ resource }) => resource === side?.of);
    return hop ? [hop] : [];
  });
  return [...new Set(found)];
}

/** What got no answer on a path, under the permission that would open it; without one, under an empty name. */
export function silentChecks(path: Path): Map<string, Placed[]> {
  const groups = new Map<string, Placed[]>();
  for (const placed of placedChecks(path)) {
    if (placed.check.result !== 'unknown') continue;
    const permission = placed.check.permission ?? '';
    const group = groups.get(permission);
    if (group) group.push(placed);
    else groups.set(permission, [placed]);
  }
  // what can be asked for comes first
  return new Map([...groups].sort(([a], [b]) => Number(a === '') - Number(b === '')));
}

/** An action of IAM: `logs:FilterLogEvents`. */
const IAM_ACTION = /^[a-z0-9-]+:[A-Z]\w*$/;

/** The statement of an IAM policy that would open what was denied, as JSON; undefined where nothing of AWS was. */
export function policyFor(path: Path): string | undefined {
  const actions = [...silentChecks(path).keys()].flatMap((names) => names.split(', '));
  const Action = [...new Set(actions.filter((name) => IAM_ACTION.test(name)))].sort();
  if (Action.length === 0) return undefined;
  return JSON.stringify({ Effect: 'Allow', Action, Resource: '*' }, null, 2);
}

/** Where a hop stands in a drawing: columns go with the request, a row for each branch. */
export interface Place {
  hop: Hop;
  number: number;
  column: number;
  row: number;
  /** The place of the hop that leads to it, in the same list. */
  parent?: Place;
}

/** The hops of a path placed as a tree: the first branch goes straight on, each other one opens a row under it. */
export function placesOf(path: Path): Place[] {
  const all: Place[] = path.hops.map((hop, index) => ({ hop, number: index + 1, column: 0, row: 0 }));
  const children = new Map<Place | undefined, Place[]>();
  const byId = new Map<string, Place>();
  for (const place of all) {
    // a hop is led to by one before it: nothing can be its own ancestor
    const parent = place.hop.from === undefined ? undefined : byId.get(place.hop.from);
    if (parent) place.parent = parent;
    const siblings = children.get(parent);
    if (siblings) siblings.push(place);
    else children.set(parent, [place]);
    if (!byId.has(place.hop.resource)) byId.set(place.hop.resource, place);
  }
  const placed: Place[] = [];
  /** The first row under everything that stands in a column or further on. */
  const under = (column: number) =>
    1 + Math.max(-1, ...placed.flatMap((one) => (one.column >= column ? [one.row] : [])));
  const put = (place: Place, column: number, row: number): void => {
    place.column = column;
    place.row = row;
    placed.push(place);
    children.get(place)?.forEach((child, index) => {
      put(child, column + 1, index === 0 ? row : under(column));
    });
  };
  for (const root of children.get(undefined) ?? []) put(root, 0, under(0));
  return all;
}

/**
 * What leads to a hop: `cut` into the first established failure, `off` beyond it on its branch, `held` where everything
 * up to here passes, `plain` where something up to here was not established.
 */
export type Lead = 'cut' | 'off' | 'held' | 'plain';

/** How each place is led to, in the order of the places. */
export function leadsOf(path: Path, places: readonly Place[]): Lead[] {
  const outcome = outcomeOf(path);
  const leads = new Map<Place, Lead>();
  for (const place of places) {
    const before = place.parent && leads.get(place.parent);
    const holds =
      checksAt(path, place.hop).every(({ result }) => result === 'pass') && place.hop.status !== 'unverified';
    const own = outcome.is === 'stops' && place.hop === outcome.hop;
    leads.set(
      place,
      own
        ? 'cut'
        : before === 'cut' || before === 'off'
          ? 'off'
          : holds && before !== 'plain'
            ? 'held'
            : 'plain',
    );
  }
  return places.map((place) => leads.get(place) ?? 'plain');
}
