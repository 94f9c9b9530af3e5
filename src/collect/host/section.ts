import type { HostPart, HostState } from '#model/host.ts';
import type { HostAnswer, HostCommand } from '../readers/host/session.ts';

/**
 * One part of a host's reading: what is asked, and what the answers are. Sections of the first round know nothing; those
 * of the second know what the first ones read (which containers, which units, where nginx runs).
 */
export interface HostSection {
  /** The parts that it fills; each bears its refusal where it could not. */
  parts: readonly [HostPart, ...HostPart[]];
  round: 1 | 2;
  commands(known: Readonly<HostState>): readonly HostCommand[];
  /**
   * Puts what the answers say into the state, and refusals where they say nothing (`refuse` of refusals.ts). Secret values
   * stop here. Never throws for what a host answers.
   */
  read(answers: ReadonlyMap<string, HostAnswer>, state: HostState): void;
}

export const defineSection = (section: HostSection): HostSection => section;
