import { describe, expect, test } from 'vitest';
import { dockerHost, idsOf, web, wellSaid } from '#judge/test-compose-host.ts';
import { composeFile } from '#judge/test-estate.ts';
import { container } from '#judge/test-host.ts';
import type { ComposeFile } from '#model/artifacts.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { type ComposeGiven, composeWhatIf } from './compose.ts';

const foretell = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  wellSaid(composeWhatIf(file, on, { files: new Set(), environmentFiles: [], proxies: [], ...around }));
const ids = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  idsOf(foretell(file, on, around));

describe('data', () => {
  const mount = (volume: string, isReadOnly = false) => ({
    type: 'volume',
    source: `/var/lib/docker/volumes/${volume}/_data`,
    destination: '/data',
    isReadOnly,
    volume,
  });
  const withVolume = (isReadOnly?: true) =>
    composeFile(
      [
        web('front', {
          volumes: [{ source: 'data', target: '/data', line: 7, ...(isReadOnly && { isReadOnly }) }],
        }),
      ],
      {
        volumes: [{ key: 'data', name: 'harbour_data', line: 20, isExternal: false }],
      },
    );
  const volumes = [{ engine: 'docker' as const, name: 'harbour_data', driver: 'local' }];
  const severities = (file: ComposeFile, on: HostState) =>
    foretell(file, on)
      .effects.filter(({ id }) => /shared/.test(id))
      .map(({ severity }) => severity);

  test('a volume that a running container of another project has', () => {
    const on = (parts: Partial<HostContainer>) =>
      dockerHost({ volumes, containers: [container('db', parts)] });
    expect(severities(withVolume(), on({ mounts: [mount('harbour_data')] }))).toEqual(['critical']);
    expect(severities(withVolume(), on({ mounts: [mount('harbour_data', true)] }))).toEqual(['high']);
    expect(severities(withVolume(true), on({ mounts: [mount('harbour_data')] }))).toEqual(['low']);
    expect(severities(withVolume(), on({ mounts: [mount('other')] }))).toEqual([]);
    expect(severities(withVolume(), on({ mounts: [mount('harbour_data')], state: 'exited' }))).toEqual([]);
  });

  test('an external volume that is absent ends the start; another one is made', () => {
    const file = withVolume();
    expect(ids(file, dockerHost())).toEqual(['volume-created', 'container-started']);
    const external = { ...file, volumes: file.volumes.map((one) => ({ ...one, isExternal: true })) };
    expect(ids(external, dockerHost())).toEqual(['volume-missing!']);
    expect(ids(external, dockerHost({ volumes }))).toEqual(['container-started']);
  });

  test('a path of the host that another container or a unit writes to', () => {
    const file = composeFile([web('front', { volumes: [{ source: '/srv/api', target: '/app', line: 7 }] })]);
    const bind = (source: string, isReadOnly = false) =>
      dockerHost({
        containers: [
          container('other', { mounts: [{ type: 'bind', source, destination: '/x', isReadOnly }] }),
        ],
      });
    expect(severities(file, bind('/srv/api/files'))).toEqual(['high']);
    expect(severities(file, bind('/srv/api/app.db'))).toEqual(['critical']);
    expect(severities(file, bind('/srv/api2'))).toEqual([]);
    expect(severities(file, bind('/srv/api', true))).toEqual([]);
    const unit = (shown: string, workingDirectory = '/opt') =>
      dockerHost({
        units: [
          {
            ...hostUnit,
            workingDirectory,
            environment: [{ name: 'DATABASE_URL', secret: false, class: 'plain', digest: 'x', shown }],
          },
        ],
      });
    expect(severities(file, unit('sqlite:////srv/api/app.db'))).toEqual(['critical']);
    expect(severities(file, unit('sqlite:////srv/other/app.db'))).toEqual([]);
    expect(severities(file, unit('', '/srv/api/backend'))).toEqual(['high']);
  });

  test('the socket of the engine and the clock are nobody’s data', () => {
    const both = '/var/run/docker.sock';
    const file = composeFile([web('front', { volumes: [{ source: both, target: both, line: 7 }] })]);
    const on = dockerHost({
      containers: [
        container('traefik', {
          mounts: [{ type: 'bind', source: both, destination: both, isReadOnly: false }],
        }),
      ],
    });
    expect(severities(file, on)).toEqual([]);
  });
});

const hostUnit = {
  name: 'api.service',
  type: 'service',
  load: 'loaded',
  active: 'active',
  sub: 'running',
  dropIns: [],
  needsReload: false,
  isVendor: false,
  execStart: [],
  environment: [],
  environmentFiles: [],
  triggers: [],
  listen: [],
  requires: [],
  wantedBy: [],
  conflicts: [],
  hardening: {},
};
