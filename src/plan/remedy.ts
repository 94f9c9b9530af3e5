import type { DraftStep } from './draft.ts';
import type { Problem } from './problem.ts';

/** How something is mended that a check or a rule says is wrong. */
export interface Remedy {
  /** The ids of the checks and rules that it mends; its file bears the first. */
  for: readonly [string, ...string[]];
  /** The steps; none where there is nothing that a change can mend. */
  plan(problem: Problem): DraftStep[];
}

export const defineRemedy = (remedy: Remedy): Remedy => remedy;
