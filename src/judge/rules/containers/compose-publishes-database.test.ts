import { expect, test } from 'vitest';
import type { ComposeService } from '#model/artifacts.ts';
import type { Run } from '#model/workflow.ts';
import { call, composeFile, estate, findings, run, service, workflow } from '../../test-estate.ts';
import { composePublishesDatabase } from './compose-publishes-database.ts';

const found = (ports: ComposeService['ports'], parts: Partial<ComposeService> = {}, file = 'compose.yaml') =>
  findings(
    composePublishesDatabase,
    estate({ artifacts: { composeFiles: [composeFile([service('store', { ports, ...parts })], { file })] } }),
  );
const postgres = { published: '5432', target: '5432', line: 6 };

test('a database kept running and published without an address is a medium finding', () => {
  expect(found([postgres], { restart: 'unless-stopped' })[0]).toMatchObject({
    severity: 'medium',
    confidence: 'high',
    title: { en: '`store`: PostgreSQL published on all addresses' },
  });
});

test('where nothing says that a server runs the file, it is low and says so', () => {
  const [finding] = found([postgres]);
  expect(finding).toMatchObject({ severity: 'low', confidence: 'medium' });
  expect(finding?.message.en).toContain('nothing says that it is used anywhere but on a workstation');
});

test('another published port and the short protocol form are seen; 0.0.0.0 is every address', () => {
  const redis = { published: '16379', target: '6379/tcp', address: '0.0.0.0', line: 9 };
  expect(found([redis], { restart: 'always' })).toHaveLength(1);
});

test('loopback, a port that is not published, and a web port are sound', () => {
  expect(found([{ ...postgres, address: '127.0.0.1' }])).toEqual([]);
  expect(found([{ target: '5432', line: 6 }])).toEqual([]);
  expect(found([{ published: '443', target: '8443', line: 6 }])).toEqual([]);
});

test('files for development are not judged', () => {
  for (const file of ['docker-compose.dev.yml', 'dev/compose.yaml', 'docker-compose.test.yml'])
    expect(found([postgres], { restart: 'always' }, file)).toEqual([]);
});

test('a service that is built and only borrows the port of a database is sound; one called after a database is not', () => {
  const build = { context: './api', line: 3 };
  const mongo = { published: '27017', target: '27017', line: 6 };
  expect(found([mongo], { name: 'backend', build })).toEqual([]);
  expect(found([mongo], { name: 'mongo', build })).toHaveLength(1);
});

const two = { services: [service('store', { ports: [postgres], restart: 'always' })] };
const of = (files: string[], runs: Run[] = []) =>
  findings(
    composePublishesDatabase,
    estate({
      artifacts: {
        composeFiles: files.map((file) => composeFile(two.services, { file })),
        workflows: [workflow({ runs })],
      },
    }),
  ).map(({ evidence: [place], severity }) => `${place && 'file' in place && place.file} ${severity}`);

test('beside a file for production, or where the estate is deployed by other means, it is a workstation’s', () => {
  expect(of(['compose.yaml'])).toEqual(['compose.yaml medium']);
  expect(of(['compose.yaml', 'compose.prod.yaml'])).toEqual(['compose.prod.yaml medium', 'compose.yaml low']);
  expect(of(['compose.yaml'], [run({ calls: [call('aws ecs update-service')] })])).toEqual([
    'compose.yaml low',
  ]);
});

test('a file that a deployment starts on another machine is a server’s', () => {
  const up = call('docker compose up', { remote: 'host', arguments: { f: ['infra/site.yml'] } });
  expect(of(['infra/site.yml'], [run({ calls: [up] })])).toEqual(['infra/site.yml medium']);
  const plain = call('docker compose up', { remote: 'host' });
  expect(of(['compose.yaml'], [run({ calls: [plain] })])).toEqual(['compose.yaml medium']);
});

test('several databases on a workstation are one finding of the file', () => {
  const redis = { published: '6379', target: '6379', line: 9 };
  const [finding, ...others] = found([postgres, redis]);
  expect(others).toEqual([]);
  expect(finding?.message.en).toContain('`store:5432`, `store:6379`');
});
