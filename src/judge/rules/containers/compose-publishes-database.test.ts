import { expect, test } from 'vitest';
import type { ComposeService } from '#model/artifacts.ts';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
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
  expect(finding?.message.en).toContain('nothing says that the file is used anywhere but on a workstation');
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
