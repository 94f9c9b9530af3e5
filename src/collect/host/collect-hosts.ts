import type { Coverage } from '#model/coverage.ts';
import type { Fact } from '#model/fact.ts';
import type { HostState } from '#model/host.ts';
import type { Observation } from '#model/lookup.ts';
import { DeclaredNames } from '../declared-names.ts';
import type { HostRequest } from '../readers/host/open-host.ts';
import { hostFacts, observationOf } from './facts/host-facts.ts';
import { readHost } from './read-host.ts';
import { hostSections } from './sections.ts';

/** What hosts answered. */
export interface HostAnswers {
  facts: Fact[];
  observations: Observation[];
  /** Those that were opened. */
  hosts: HostState[];
  coverage: Coverage[];
}

/** Hosts that are read at once. */
const AT_ONCE = 8;

/**
 * Reads hosts, each over one connection. Never throws: a host that could not be opened is an observation with its refusal.
 * @param said what files declare: of a distribution's own units those are told that files name
 * @param progress told how many are over
 */
export async function collectHosts(
  requests: readonly HostRequest[],
  said: readonly Fact[],
  clock: () => Date,
  progress: (done: number, total: number) => void = () => {},
): Promise<HostAnswers> {
  const declared = new DeclaredNames(said);
  const answers: HostAnswers = { facts: [], observations: [], hosts: [], coverage: [] };
  let done = 0;
  progress(done, requests.length);
  for (let index = 0; index < requests.length; index += AT_ONCE) {
    const readings = await Promise.all(
      requests.slice(index, index + AT_ONCE).map(async (request) => {
        const reading = await readHost(request, hostSections, clock);
        done += 1;
        progress(done, requests.length);
        return reading;
      }),
    );
    for (const { state, coverage, broken } of readings) {
      answers.coverage.push(...coverage);
      const isOpen = coverage.some(({ operations }) => operations.length > 0);
      const observation = observationOf(state);
      answers.observations.push(!isOpen && broken ? { ...observation, refusal: broken } : observation);
      if (!isOpen) continue;
      answers.hosts.push(state);
      answers.facts.push(...hostFacts(state, declared));
    }
  }
  return answers;
}
