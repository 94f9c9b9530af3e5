import { SEVERITIES, type Severity } from '#model/finding.ts';
import type { Cause, Check, Hop, Path, Side } from '#model/path.ts';
import type { Text } from '#model/text.ts';

/** A check of a path, and where it stands. */
export interface PlacedCheck {
  check: Check;
  /** What it stands on: the hop, or the side's own resource. */
  place: string;
  /** The hop, where that is another. */
  hop: string;
  path: Path;
}

const byCheck = new WeakMap<Path, Map<string, PlacedCheck[]>>();

/** The checks of one id of some paths, in the order of their hops, each hop's before those of what it needs. */
export const checksOfId = (paths: readonly Path[], id: string): PlacedCheck[] =>
  paths.flatMap((path) => {
    const known = byCheck.get(path) ?? Map.groupBy(checksOf(path), ({ check }) => check.id);
    byCheck.set(path, known);
    return known.get(id) ?? [];
  });

function checksOf(path: Path): PlacedCheck[] {
  const placed = ({ checks }: Hop | Side, place: string, hop: string): PlacedCheck[] =>
    checks.map((check) => ({ check, place, hop, path }));
  return path.hops.flatMap((hop) => [
    ...placed(hop, hop.resource, hop.resource),
    ...path.side
      .filter(({ of }) => of === hop.resource)
      .flatMap((side) => placed(side, side.resource ?? hop.resource, hop.resource)),
  ]);
}

/** The failures of one id at one place, on whatever paths. */
export const failuresAt = (paths: readonly Path[], id: string, place: string): PlacedCheck[] =>
  checksOfId(paths, id).filter((one) => one.check.result === 'fail' && one.place === place);

/** The root of a chain that explains something. */
export interface Explanation {
  root: Text;
  /** The id of what the root stands on. */
  place: string;
  isProbable: boolean;
}

/** How failures stand to the others of their paths. */
export interface Standing {
  /** What each of them leads to, from the nearest to what a user sees. */
  follows: Text[];
  explainedBy: Explanation[];
  /** On every path something else is established to be at the root of it. */
  isExplained: boolean;
}

/** What some failures of one id at one place explain, and what explains them. */
export function standingOf(failures: readonly PlacedCheck[]): Standing {
  const follows = failures.flatMap(({ check, place, path }) =>
    path.causes
      .filter((cause) => linkOf(cause, check.id, place) === 0)
      .flatMap((cause) => effectsOf(cause, path)),
  );
  const explanations = failures.map(({ check, place, path }) =>
    path.causes
      .filter((cause) => linkOf(cause, check.id, place) > 0)
      .map(
        (cause): Explanation => ({
          root: cause.title,
          place: cause.hops[0] ?? place,
          isProbable: cause.certainty === 'probable',
        }),
      ),
  );
  return {
    follows: distinct(follows, ({ en }) => en),
    explainedBy: distinct(explanations.flat(), ({ root, place }) => `${place}\n${root.en}`),
    isExplained:
      failures.length > 0 && explanations.every((own) => own.some(({ isProbable }) => !isProbable)),
  };
}

/** What is explained is one step less severe: it goes with what explains it. */
export const severityIn = ({ isExplained }: Standing, severity: Severity): Severity =>
  isExplained ? (SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? severity) : severity;

/** Which link of a cause a failure is, its root being 0; beside its chain it is the last; -1 where it is none. */
function linkOf({ checks, hops, beside = [] }: Cause, id: string, place: string): number {
  const index = checks.findIndex((check, at) => check === id && hops[at] === place);
  if (index >= 0) return index;
  return beside.some(({ check, hop }) => check === id && hop === place) ? checks.length : -1;
}

function effectsOf({ chain, beside = [] }: Cause, path: Path): Text[] {
  const others = beside.flatMap(({ check, hop }) =>
    failuresAt([path], check, hop).map((failure) => failure.check.text),
  );
  return [...chain.slice(1), ...others];
}

const distinct = <T>(list: readonly T[], key: (one: T) => string): T[] => [
  ...new Map(list.map((one) => [key(one), one])).values(),
];
