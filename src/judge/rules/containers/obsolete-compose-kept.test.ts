import { expect, test } from 'vitest';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
import { obsoleteComposeKept } from './obsolete-compose-kept.ts';

const found = (...files: ReturnType<typeof composeFile>[]) =>
  findings(obsoleteComposeKept, estate({ artifacts: { composeFiles: files } }));

test('a compose file renamed out of use is told with what it would start and publish', () => {
  const web = service('web', { ports: [{ published: '8080', target: '80', line: 5 }] });
  const [finding] = found(composeFile([web], { file: 'docker-compose.yml.OBSOLETE', retired: true }));
  expect(finding?.severity).toBe('low');
  expect(finding?.message.en).toBe(
    'This file still declares `web` and would publish `8080` if it were started.',
  );
});

test('an empty retired file is told too', () => {
  expect(found(composeFile([], { file: 'compose.yaml.bak', retired: true }))[0]?.message.en).toBe(
    'This file is out of use.',
  );
});

test('a compose file in use is not judged', () => {
  expect(found(composeFile([service('web')]))).toEqual([]);
});
