import type { Artifacts, ComposeFile } from '#model/artifacts.ts';
import type { HostState } from '#model/host.ts';
import type { WhatIf, WhatIfSubject } from '#model/what-if.ts';
import { type ComposeGiven, composeWhatIf } from '#reconcile/what-if/compose.ts';
import { systemdWhatIf } from '#reconcile/what-if/systemd.ts';
import { traefikWhatIf } from '#reconcile/what-if/traefik.ts';

/** Compose files past this number are told of no host: an audit is not a list of everything that could be tried. */
const MOST_FILES = 40;

/** What one file would do on one host; nothing where it was not read as what it is said to be. */
export function whatIfsOf(
  of: WhatIfSubject,
  file: string,
  artifacts: Artifacts,
  files: ReadonlySet<string>,
  host: HostState,
  more: Pick<ComposeGiven, 'profiles' | 'isWhereStarted'> = {},
): WhatIf[] {
  if (of === 'systemd')
    return artifacts.unitFiles
      .filter((unit) => unit.file === file || unit.dropIns.includes(file))
      .map((unit) => systemdWhatIf(unit, host));
  if (of === 'traefik')
    return artifacts.proxies
      .filter((proxy) => proxy.product === 'traefik' && proxy.files.includes(file))
      .map((proxy) => traefikWhatIf(proxy, host));
  const { environmentFiles, proxies } = artifacts;
  return artifacts.composeFiles
    .filter((compose) => compose.file === file)
    .map((compose) => composeWhatIf(compose, host, { files, environmentFiles, proxies, ...more }));
}

/**
 * What an audit tells unasked: what starting each retired compose file would do on each host, and each other one of which
 * no service runs there.
 */
export function auditWhatIfs(
  artifacts: Artifacts,
  files: ReadonlySet<string>,
  hosts: readonly HostState[],
): WhatIf[] {
  const asked = artifacts.composeFiles
    .filter(({ services }) => services.length > 0)
    .sort((a, b) => Number(b.retired) - Number(a.retired));
  return hosts.flatMap((host) =>
    asked
      .filter((compose) => compose.retired || !runsOn(compose, host))
      .slice(0, MOST_FILES)
      .flatMap(({ file }) => whatIfsOf('compose', file, artifacts, files, host)),
  );
}

/** Whether a service of the file runs on the host, or may run where its containers were not read. */
const runsOn = ({ project, services }: ComposeFile, host: HostState): boolean =>
  host.refusals.containers !== undefined ||
  host.containers.some(
    ({ compose, state }) =>
      state === 'running' &&
      compose?.project === project &&
      services.some(({ name }) => name === compose.service),
  );
