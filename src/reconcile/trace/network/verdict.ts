import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Certainty, Check, CheckResult } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { codes, type Text } from '#model/text.ts';
import { type CheckParts, fail, pass, say, unknown } from '../checks.ts';
import { evidenceOf } from '../graph.ts';

export type NetworkCheck =
  | 'security-group-blocks'
  | 'network-acl-blocks'
  | 'route-missing'
  | 'nat-gateway-unusable'
  | 'public-ip-missing'
  | 'endpoint-unreachable'
  | 'endpoint-policy-denies';

/** What was found of one way, before what is the same for several ways becomes one check. */
export interface Verdict {
  id: NetworkCheck;
  result: CheckResult;
  /** What is judged: verdicts of one id and one topic are one check. */
  topic: string;
  /** From the values of all that are one, where it names them. */
  text: Text | ((values: Readonly<Record<string, Json>>) => Text);
  /** On what it stands: a security group, a route table. */
  at?: Resource | undefined;
  /** On which way: see {@link wayOf}. */
  way: string;
  /** The subnets that it is about, by id. */
  subnets: readonly string[];
  /** What was read for it beside `at`. */
  read?: readonly Resource[];
  values?: Record<string, Json>;
  refusal?: Refusal | undefined;
  certainty?: Certainty | undefined;
  /** Of what passes: it is told only where nothing else of the same id stands on the same resource. */
  isSummary?: boolean;
}

/**
 * One of the ways by which something may be reached: from a subnet, or from one to another. A need is met as long as one
 * of its ways is open.
 */
export const wayOf = (need: string, ...subnets: readonly string[]): string => [need, ...subnets].join('\n');

const needOf = (way: string): string => way.slice(0, way.indexOf('\n'));

/** The checks that stand on one resource, for a side of the role `network`. */
export interface NetworkSide {
  resource?: string;
  checks: Check[];
}

const RANK: Record<CheckResult, number> = { fail: 0, unknown: 1, pass: 2 };

/**
 * The checks of several ways: one for each thing that was judged, the worst of its results. A failure that leaves another
 * way open hits some connections only, so it is `probable` and says which subnets it hits.
 * @param ways all of them, also those on which nothing was to be judged
 */
export function sidesOf(verdicts: readonly Verdict[], ways: readonly string[]): NetworkSide[] {
  const cut = new Set(verdicts.filter(isCut).map(({ way }) => way));
  const unmet = new Set(
    [...Map.groupBy(ways, needOf)].flatMap(([need, own]) => (own.every((way) => cut.has(way)) ? need : [])),
  );
  const spoken = new Set(verdicts.flatMap((one) => (one.isSummary ? [] : placeOf(one))));
  const told = verdicts.filter((one) => !one.isSummary || !spoken.has(placeOf(one)));
  const topics = Map.groupBy(told, ({ id, topic }) => `${id}\n${topic}`);
  const sides = new Map<string, NetworkSide>();
  for (const of of topics.values()) {
    const worst = Math.min(...of.map(({ result }) => RANK[result]));
    const same = of.filter(({ result }) => RANK[result] === worst);
    const first = same[0] as Verdict;
    const key = first.at?.id ?? '';
    const side = sides.get(key) ?? { ...(first.at && { resource: first.at.id }), checks: [] };
    sides.set(key, side);
    const needs = new Set(same.map(({ way }) => needOf(way)));
    const isPartly = ![...needs].some((need) => unmet.has(need));
    const hit = new Set(same.map(({ way }) => way)).size;
    const isSome = hit < ways.filter((way) => needs.has(needOf(way))).length;
    side.checks.push(checkOf(same, first, isPartly, isSome));
  }
  return [...sides.values()];
}

/** A failure that is only probable of itself does not close its way. */
const isCut = ({ result, certainty }: Verdict): boolean => result === 'fail' && certainty !== 'probable';

const placeOf = ({ id, at }: Verdict): string => `${id}\n${at?.id ?? ''}`;

function checkOf(same: readonly Verdict[], first: Verdict, isPartly: boolean, isSome: boolean): Check {
  const subnets = [...new Set(same.flatMap((one) => one.subnets))];
  const resources = [...new Set(same.flatMap(({ at }) => at ?? []))];
  const read = [...new Set([...resources, ...same.flatMap((one) => one.read ?? [])])];
  const { id, result, refusal = same.find((one) => one.refusal)?.refusal } = first;
  const isProbable = isPartly || same.every(({ certainty }) => certainty === 'probable');
  const values = { ...merged(same), ...(subnets.length > 0 && { subnets }) };
  const parts: CheckParts = {
    evidence: read.flatMap(evidenceOf),
    resources: resources.map((one) => one.id),
    // what a remedy needs; nothing is to be mended of what passes
    ...(result !== 'pass' && { values }),
    ...(result === 'fail' && isProbable && { certainty: 'probable' }),
  };
  const plain = typeof first.text === 'function' ? first.text(values) : first.text;
  const text = isSome && result !== 'pass' && subnets.length > 0 ? withSubnets(plain, subnets) : plain;
  if (result === 'unknown') return unknown(id, text, refusal, parts);
  return result === 'pass' ? pass(id, text, parts) : fail(id, text, parts);
}

const withSubnets = (text: Text, subnets: readonly string[]): Text => {
  const names = codes(subnets);
  const isOne = subnets.length === 1;
  return say(
    `${text.fr} (${isOne ? 'sous-réseau' : 'sous-réseaux'} ${names.fr})`,
    `${text.en} (${isOne ? 'subnet' : 'subnets'} ${names.en})`,
  );
};

/** Lists of several are united, of anything else the first stays. */
function merged(verdicts: readonly Verdict[]): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const verdict of verdicts)
    for (const [name, value] of Object.entries(verdict.values ?? {})) {
      const known = values[name];
      if (known === undefined) values[name] = value;
      else if (Array.isArray(known) && Array.isArray(value))
        values[name] = [...new Set([...known, ...value])];
    }
  return values;
}

/** A failure of which it is not known whether it matters, as what nobody could establish. */
export const doubted = (verdicts: readonly Verdict[]): Verdict[] =>
  verdicts.map((verdict) => (verdict.result === 'fail' ? { ...verdict, result: 'unknown' } : verdict));

export const isSound = (verdicts: readonly Verdict[]): boolean =>
  verdicts.every(({ result }) => result === 'pass');

export const fails = (verdicts: readonly Verdict[]): boolean =>
  verdicts.some(({ result }) => result === 'fail');

/** All checks of some sides, for what does not tell them apart by where they stand. */
export const checksOf = (sides: readonly NetworkSide[]): Check[] => sides.flatMap(({ checks }) => checks);
