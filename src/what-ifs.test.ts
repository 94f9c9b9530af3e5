import { expect, test } from 'vitest';
import { composeFile, service } from '#judge/test-estate.ts';
import { container, hostState, hostUnit, proxyConfig, unitFile } from '#judge/test-host.ts';
import { noArtifacts } from '#model/artifacts.ts';
import { auditWhatIfs, whatIfsOf } from './what-ifs.ts';

const web = service('web', { image: { reference: 'nginx:1.29-alpine', line: 3 } });
const artifacts = {
  ...noArtifacts(),
  composeFiles: [
    composeFile([web]),
    composeFile([web], { file: 'other/compose.yaml', project: 'other' }),
    composeFile([web], { file: 'compose.yml.OBSOLETE', retired: true }),
    composeFile([], { file: 'empty.yml.bak', retired: true }),
  ],
  unitFiles: [unitFile()],
  proxies: [proxyConfig()],
};
const running = container('quay-web-1', { compose: { project: 'quay', service: 'web', files: [] } });
const host = hostState({ containers: [running] });
const told = (hosts: (typeof host)[]) =>
  auditWhatIfs(artifacts, new Set(), hosts).map((one) => [one.host, one.file]);

test('an audit tells of retired files, and of those of which nothing runs, on each host', () => {
  expect(told([host, { ...host, name: 'quay-2', containers: [] }])).toEqual([
    ['quay-1', 'compose.yml.OBSOLETE'],
    ['quay-1', 'other/compose.yaml'],
    ['quay-2', 'compose.yml.OBSOLETE'],
    ['quay-2', 'compose.yaml'],
    ['quay-2', 'other/compose.yaml'],
  ]);
  expect(told([])).toEqual([]);
});

test('where containers were not read, a file in use may run', () => {
  const refusals = {
    containers: { sort: 'denied', operation: 'docker', why: { fr: 'refusé', en: 'denied' } },
  } as const;
  expect(told([{ ...host, containers: [], refusals }])).toEqual([['quay-1', 'compose.yml.OBSOLETE']]);
});

test('one file as what it is asked to be', () => {
  const of = (subject: 'compose' | 'systemd' | 'traefik', file: string) =>
    whatIfsOf(subject, file, artifacts, new Set(), { ...host, units: [hostUnit('api.service')] }).map(
      (one) => one.of,
    );
  expect(of('systemd', 'deploy/api.service')).toEqual(['systemd']);
  expect(of('traefik', 'traefik/dynamic.yml')).toEqual(['traefik']);
  expect(of('compose', 'compose.yml.OBSOLETE')).toEqual(['compose']);
  expect(of('compose', 'deploy/api.service')).toEqual([]);
});
