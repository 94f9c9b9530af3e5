import { expect, test } from 'vitest';
import type { ComposeService, EnvironmentFile } from '#model/artifacts.ts';
import type { HostContainer } from '#model/host.ts';
import { composeFile, estate, findings, isUnknown, service } from '../../test-estate.ts';
import { container, hostState } from '../../test-host.ts';
import { containerEnvironmentDiffers } from './container-environment-differs.ts';

const CANARY = 'kEpT-1n-No-r3port';
const variable = (
  name: string,
  digest: string,
  more: Partial<ComposeService['environment'][number]> = {},
) => ({
  name,
  digest,
  line: 7,
  class: 'plain' as const,
  ...more,
});
const running = (...environment: [string, string][]): HostContainer =>
  container('shop-api', {
    compose: { project: 'quay', service: 'api', files: ['/srv/quay/compose.yaml'] },
    environment: environment.map(([name, digest]) => ({ name, digest, secret: true, class: 'strong' })),
  });
const of = (
  one: HostContainer,
  declared: ComposeService['environment'],
  more: { environmentFiles?: ComposeService['environmentFiles']; files?: EnvironmentFile[] } = {},
) =>
  estate({
    hosts: [hostState({ containers: [one] })],
    artifacts: {
      environmentFiles: more.files ?? [],
      composeFiles: [
        composeFile(
          [service('api', { environment: declared, environmentFiles: more.environmentFiles ?? [] })],
          {
            file: 'deploy/compose.yaml',
          },
        ),
      ],
    },
  });

test('names whose values differ are told, and neither value nor digest', () => {
  const told = findings(
    containerEnvironmentDiffers,
    of(running(['MODE', CANARY], ['KEY', 'same']), [
      variable('MODE', 'other'),
      variable('KEY', 'same'),
      variable('NEW', 'x'),
    ]),
  );
  expect(told).toMatchObject([
    {
      severity: 'medium',
      title: { en: '`shop-api`: variables other than in `deploy/compose.yaml` (`MODE`, `NEW`)' },
      values: { names: ['MODE', 'NEW'] },
    },
  ]);
  expect(JSON.stringify(told)).not.toContain(CANARY);
});

test('what the file cannot know is no difference', () => {
  const open = { name: 'TOKEN', line: 8 };
  const judged = of(running(['A', '1'], ['TOKEN', '2'], ['PATH', '3']), [
    variable('A', 'default', { isDefault: true }),
    open,
    variable('B', 'x', { class: 'reference' }),
  ]);
  expect(findings(containerEnvironmentDiffers, judged)).toEqual([]);
});

test('a file of variables counts where the repository has it, and environment wins over it', () => {
  const file = (path: string, digest: string): EnvironmentFile => ({
    file: path,
    example: false,
    tracked: true,
    variables: [{ name: 'MODE', line: 2, secret: false, class: 'plain', digest }],
  });
  const environmentFiles = [{ path: './api.env', line: 9 }];
  const told = (
    digest: string,
    declared: ComposeService['environment'] = [],
    files = [file('deploy/api.env', 'a')],
  ) =>
    findings(
      containerEnvironmentDiffers,
      of(running(['MODE', digest]), declared, { environmentFiles, files }),
    );
  expect(told('b')).toMatchObject([
    { evidence: expect.arrayContaining([expect.objectContaining({ file: 'deploy/api.env', line: 2 })]) },
  ]);
  expect(told('a')).toEqual([]);
  expect(told('c', [variable('MODE', 'c')])).toEqual([]);
  expect(told('b', [], [])).toEqual([]);
});

test('a container of another project, one that is stopped and a host without containers have none', () => {
  const other = { ...running(['MODE', 'x']), compose: { project: 'other', service: 'api', files: [] } };
  expect(findings(containerEnvironmentDiffers, of(other, [variable('MODE', 'y')]))).toEqual([]);
  const stopped = { ...running(['MODE', 'x']), state: 'exited' };
  expect(findings(containerEnvironmentDiffers, of(stopped, [variable('MODE', 'y')]))).toEqual([]);
  const why = { sort: 'denied', operation: 'docker ps', why: { fr: 'refusé', en: 'refused' } } as const;
  expect(
    isUnknown(containerEnvironmentDiffers, estate({ hosts: [hostState({ refusals: { containers: why } })] })),
  ).toBe(true);
});
