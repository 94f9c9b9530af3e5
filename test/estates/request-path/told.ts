import type { Path } from '#model/path.ts';
import { faultyPlaces } from '#reconcile/trace/causes.ts';
import { URLS } from './account.ts';
import type { Blamed, Breakage } from './breakages/breakage.ts';
import type { Harbour } from './harbour.ts';

/** What a trace said of faults, against what it should have said. */
export interface Told {
  id: string;
  /** Expected roots that it did not name as such: `listener-missing at load-balancer harbour-web`. */
  missed: string[];
  /** Expected failures that it names nowhere, neither as a root nor as what follows from one. */
  unnamed: string[];
  /** What it names at the root although nothing is wrong there. */
  sound: string[];
  /** Checks that should be unknown and are not. */
  known: string[];
  path: Path;
}

/** Follows the way of some faults while all of them are there, and compares. */
export async function told(harbour: Harbour, ...faults: [Breakage, ...Breakage[]]): Promise<Told> {
  const { paths } = await harbour.follow(
    [URLS[faults[0].way]],
    ...faults.map((fault) => fault.break.bind(fault)),
  );
  const [path] = paths;
  if (!path) throw new Error('the way was not followed');
  const places = placesOf(path, (what) => harbour.find(what));
  const roots = faultyPlaces(path.hops, path.side);
  const blamed = faults.flatMap((fault) => fault.blamed);
  const failing = failuresOf(path);
  const isNamed = (among: readonly Place[]) => (one: Blamed) =>
    among.some(({ check, place }) => check === one.check && places(one.at).includes(place));
  return {
    id: faults.map(({ id }) => id).join(' + '),
    missed: blamed.filter((one) => !isNamed(roots)(one)).map(shown),
    unnamed: blamed.filter((one) => !isNamed(failing)(one)).map(shown),
    sound: roots
      .filter(({ check, place }) =>
        blamed.every((one) => one.check !== check || !places(one.at).includes(place)),
      )
      .map(({ check, place }) => `${check} at ${place}`),
    known: faults
      .flatMap(({ unknown = [] }) => unknown)
      .filter((id) => !checksOf(path).some((check) => check.id === id && check.result === 'unknown')),
    path,
  };
}

interface Place {
  check: string;
  place: string;
}

const shown = ({ check, at }: Blamed) => `${check} at ${at}`;

export const checksOf = (path: Path) => [...path.hops, ...path.side].flatMap(({ checks }) => checks);

/** Everything that fails, whether something else explains it or not. */
export const failuresOf = ({ hops, side }: Path): Place[] =>
  [
    ...hops.map((hop) => ({ place: hop.resource, checks: hop.checks })),
    ...side.map((one) => ({ place: one.resource ?? one.of, checks: one.checks })),
  ].flatMap(({ place, checks }) =>
    checks.filter(({ result }) => result === 'fail').map(({ id }) => ({ check: id, place })),
  );

/** Where something of the description, or of a role, stands on a path. */
function placesOf(path: Path, find: (what: string) => string | undefined) {
  const all = [
    ...path.hops.map(({ resource, role }) => ({ place: resource, role })),
    ...path.side.map(({ resource, of, role }) => ({ place: resource ?? of, role })),
  ];
  return (at: string): string[] => {
    const id = find(at);
    const isHere = ({ place, role }: { place: string; role: string }) =>
      id !== undefined ? place === id || place.endsWith(`/${id}`) : role === at || place.includes(`:${at}/`);
    return all.filter(isHere).map(({ place }) => place);
  };
}
