import type { HostPart, HostState } from '#model/host.ts';
import { note } from '../refusals.ts';

/**
 * A proxy may run in a container that nobody could list: where containers or units were not read, that none was found says
 * nothing.
 */
export function unasked(state: HostState, part: HostPart): void {
  for (const list of ['containers', 'units'] as const) {
    const refusal = state.refusals[list];
    // no such engine, or another one: what it would run is told by the part itself
    if (refusal && refusal.sort !== 'unavailable') note(state, part, refusal);
  }
}
