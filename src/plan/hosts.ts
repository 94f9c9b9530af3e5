import type { HostState } from '#model/host.ts';
import type { DraftProof, DraftStep } from './draft.ts';
import { onHost } from './on-host.ts';
import type { Problem } from './problem.ts';

/** The host that a finding is about. */
export const hostOf = (problem: Problem): HostState | undefined =>
  problem.hosts.find(({ name }) => name === problem.maybeText('host'));

interface HostWork extends Pick<DraftStep, 'title' | 'reason' | 'risk' | 'needs' | 'irreversible'> {
  /** Run one after another, as root. */
  commands: readonly string[];
  undo?: readonly string[];
  before: NonNullable<DraftStep['hand']>['before'];
  proofs: DraftProof[];
}

/** A step that a person takes on a host. */
export function hostStep(host: HostState, { commands, undo, before, ...step }: HostWork): DraftStep {
  return {
    ...step,
    changes: [],
    hand: {
      command: onHost(host, commands),
      ...(undo && { undo: onHost(host, undo) }),
      before,
    },
    // what is done to a host at once is done in one order
    alone: `host ${host.name}`,
  };
}
