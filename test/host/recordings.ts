import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type HostReading, readSession } from '#collect/host/read-host.ts';
import type { HostSection } from '#collect/host/section.ts';
import { type HostRecording, recordedHost } from '#collect/readers/host/recording.ts';
import type { MachineUser, Scenario } from './machine.ts';

/** What is recorded of the machine, by tools/record-host.ts. */
export const RECORDED: readonly { scenario: Scenario; user: MachineUser }[] = [
  { scenario: 'baseline', user: 'root' },
  { scenario: 'baseline', user: 'visiteur' },
  { scenario: 'drift', user: 'root' },
  { scenario: 'relaunch', user: 'root' },
  { scenario: 'relaunch-over', user: 'root' },
  { scenario: 'docker-down', user: 'root' },
  { scenario: 'firewall-open', user: 'root' },
  { scenario: 'firewall-closed', user: 'root' },
];

export const recordingFile = (scenario: Scenario, user: MachineUser): string =>
  path.join(
    import.meta.dirname,
    'recordings',
    user === 'root' ? `${scenario}.json` : `${scenario}-${user}.json`,
  );

/** The machine as it was once read in a state, for where none can be booted; `at` is when. */
export function recorded(scenario: Scenario, user: MachineUser = 'root'): HostRecording & { at: string } {
  return JSON.parse(readFileSync(recordingFile(scenario, user), 'utf8'));
}

/** What a recording gives, read by these sections as if the host answered now. */
export function readRecorded(
  sections: readonly HostSection[],
  scenario: Scenario,
  user: MachineUser = 'root',
): Promise<HostReading> {
  const recording = recorded(scenario, user);
  const { address, at } = recording;
  return readSession(recordedHost(recording), { name: 'phare-1', address }, sections, () => new Date(at));
}
