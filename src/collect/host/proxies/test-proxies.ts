import type { HostContainer, HostState, HostUnit } from '#model/host.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import type { HostSection } from '../section.ts';
import { hostState } from '../test-state.ts';

export const CANARY = 'canary-7f3a91';

export const container = (
  name: string,
  image: string,
  parts: Partial<HostContainer> = {},
): HostContainer => ({
  engine: 'docker',
  id: 'a'.repeat(12),
  name,
  image,
  state: 'running',
  restartCount: 0,
  restartPolicy: 'always',
  ports: [],
  networkMode: 'bridge',
  networks: [],
  mounts: [],
  environment: [],
  isPrivileged: false,
  addedCapabilities: [],
  labels: {},
  ...parts,
});
export const unit = (name: string, execStart: string, parts: Partial<HostUnit> = {}): HostUnit => ({
  name,
  type: 'service',
  load: 'loaded',
  active: 'active',
  sub: 'running',
  dropIns: [],
  needsReload: false,
  isVendor: true,
  execStart: [execStart],
  environment: [],
  environmentFiles: [],
  triggers: [],
  listen: [],
  requires: [],
  wantedBy: [],
  conflicts: [],
  hardening: {},
  ...parts,
});
export const state = (parts: Partial<HostState>): HostState => ({ ...hostState(), ...parts });

/** Gives a section the answers, in the order of its commands. */
export function give(
  section: HostSection,
  host: HostState,
  ...texts: (string | Partial<HostAnswer>)[]
): HostState {
  const answers = section.commands(host).map(({ id, operation }, index): [string, HostAnswer] => {
    const text = texts[index] ?? '';
    const parts = typeof text === 'string' ? { stdout: text } : text;
    return [id, { id, operation, end: 'done', code: 0, stdout: '', stderr: '', asRoot: true, ...parts }];
  });
  section.read(new Map(answers), host);
  return host;
}
