import { expect, test } from 'vitest';
import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import { composeFile, service as composeService, estate, findings } from '../../test-estate.ts';
import { composeFilesPublishSamePort } from './compose-files-publish-same-port.ts';

type Port = ComposeService['ports'][number];
const service = (name: string, port: Partial<Port>, parts: Partial<ComposeService> = {}) =>
  composeService(name, { ports: [{ target: '80', line: 5, ...port }], ...parts });
const found = (services: ComposeService[], parts: Partial<ComposeFile> = {}, others: ComposeFile[] = []) =>
  findings(
    composeFilesPublishSamePort,
    estate({ artifacts: { composeFiles: [composeFile(services, parts), ...others] } }),
  );

test('two services that publish one port are told at both lines', () => {
  expect(
    found([service('a', { published: '8002', line: 4 }), service('b', { published: '8002', line: 9 })]),
  ).toMatchObject([{ severity: 'medium', evidence: [{ line: 4 }, { line: 9 }] }]);
});

test('one on every address takes the port on each, and a range all of its ports', () => {
  expect(
    found([service('a', { published: '80' }), service('b', { published: '80', address: '127.0.0.1' })]),
  ).toHaveLength(1);
  expect(
    found([service('a', { published: '80-82', target: '80-82' }), service('b', { published: '81' })]),
  ).toHaveLength(1);
});

test.each<[string, ComposeService[]]>([
  ['different ports', [service('a', { published: '80' }), service('b', { published: '81' })]],
  [
    'one port twice of one service',
    [
      composeService('a', {
        ports: [
          { published: '80', target: '80', line: 4 },
          { published: '80', target: '80', address: '::1', line: 5 },
        ],
      }),
    ],
  ],
  [
    'different addresses',
    [
      service('a', { published: '80', address: '127.0.0.1' }),
      service('b', { published: '80', address: '10.0.0.1' }),
    ],
  ],
  [
    'different protocols',
    [service('a', { published: '53' }), service('b', { published: '53', target: '53/udp' })],
  ],
  ['ports that nobody publishes', [service('a', {}), service('b', {})]],
  [
    'ports that the machine chooses',
    [service('a', { published: '${A}' }), service('b', { published: '${A}' })],
  ],
  [
    'a range of which one is taken',
    [service('a', { published: '80-90' }), service('b', { published: '80' })],
  ],
  [
    'profiles that are never started together',
    [
      service('a', { published: '80' }, { profiles: ['x'] }),
      service('b', { published: '80' }, { profiles: ['y'] }),
    ],
  ],
])('%s are no gap', (_name, services) => {
  expect(found(services)).toEqual([]);
});

test('a retired file starts nothing', () => {
  expect(
    found([service('a', { published: '80' }), service('b', { published: '80' })], { retired: true }),
  ).toEqual([]);
});

test('what a file and its override publish together is told once', () => {
  const [a, b] = [service('a', { published: '80' }), service('b', { published: '80' })];
  const base = composeFile([a], { file: 'compose.yaml' });
  const merged = { services: [a, b], networks: [], volumes: [] };
  const over = { file: 'compose.override.yaml', overrides: 'compose.yaml', merged };
  expect(found([b], over, [base])).toHaveLength(1);
  expect(found([], over, [composeFile([a, b], { file: 'compose.yaml' })])).toHaveLength(1);
});
