import { balancers, targets } from './breakages/balancers.ts';
import type { Breakage } from './breakages/breakage.ts';
import { edge } from './breakages/edge.ts';
import { names } from './breakages/names.ts';
import { network } from './breakages/network.ts';
import { tasks } from './breakages/tasks.ts';

/** Everything that is broken, one thing at a time, in the order in which a request meets it. */
export const breakages: readonly Breakage[] = [
  ...names,
  ...edge,
  ...balancers,
  ...targets,
  ...network,
  ...tasks,
];

/** Pairs that are broken at once, as many as a run has time for. */
const PAIRS = 60;

/** Whether two faults can stand side by side, and the path leads to both. */
function canBoth(first: Breakage, second: Breakage): boolean {
  return (
    first.way === second.way &&
    // a request that ends at the first never comes to the second
    !first.ends &&
    first.blamed.length > 0 &&
    second.blamed.length > 0 &&
    first.touches.every((one) => !second.touches.includes(one))
  );
}

/** Pairs of faults that can stand side by side, spread evenly over all there are. */
export function pairs(most = PAIRS): [Breakage, Breakage][] {
  const all = breakages.flatMap((first, index) =>
    breakages
      .slice(index + 1)
      .flatMap((second): [Breakage, Breakage][] => (canBoth(first, second) ? [[first, second]] : [])),
  );
  const step = Math.max(1, all.length / most);
  return Array.from(
    { length: Math.min(most, all.length) },
    (_, index) => all[Math.floor(index * step)],
  ).filter((pair) => pair !== undefined);
}
