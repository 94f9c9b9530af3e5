import { expect, test } from 'vitest';
import type { ComposeService, DockerStage } from '#model/artifacts.ts';
import { composeFile, dockerfile, estate, findings, service, stage } from '../../test-estate.ts';
import { healthcheckMissing } from './healthcheck-missing.ts';

const build = { context: '../api', line: 4 };
const found = (
  parts: Partial<ComposeService>,
  image: Partial<DockerStage> = {},
  file = 'infra/compose.yaml',
) =>
  findings(
    healthcheckMissing,
    estate({
      artifacts: {
        composeFiles: [composeFile([service('api', parts)], { file })],
        dockerfiles: [dockerfile([stage('node:24', image)], 'api/Dockerfile')],
      },
    }),
  );

test('a service built here, kept running, with no check anywhere is a low finding', () => {
  expect(found({ build, restart: 'always' })[0]).toMatchObject({ severity: 'low', confidence: 'medium' });
});

test('a check in the compose file or in the Dockerfile is enough', () => {
  expect(found({ build, restart: 'always', healthcheck: { disabled: false, line: 9 } })).toEqual([]);
  expect(
    found({ build, restart: 'always' }, { healthcheck: { command: 'wget -q localhost', line: 5 } }),
  ).toEqual([]);
});

test('a check that is switched off is none, on either side', () => {
  expect(
    found({ build, restart: 'always', healthcheck: { disabled: true, line: 9 } })[0]?.evidence,
  ).toMatchObject([{ line: 9 }]);
  expect(found({ build, restart: 'always' }, { healthcheck: { command: 'none', line: 5 } })).toHaveLength(1);
});

test('an image from elsewhere may bring its own check, and a workstation needs none', () => {
  expect(found({ image: { reference: 'redis:8', line: 3 }, restart: 'always' })).toEqual([]);
  expect(found({ build, ports: [{ published: '80', target: '80', line: 5 }] })).toEqual([]);
});

test('a check that the file switches off is told as such', () => {
  const [finding] = found({ build, restart: 'always', healthcheck: { disabled: true, line: 9 } });
  expect(finding?.message.en).toBe('The file switches off the health check of `api`.');
});
