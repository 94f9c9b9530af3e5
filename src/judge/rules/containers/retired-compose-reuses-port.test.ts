import { expect, test } from 'vitest';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
import { hostState } from '../../test-host.ts';
import { retiredComposeReusesPort } from './retired-compose-reuses-port.ts';

const publishing = (published: string, parts: Parameters<typeof composeFile>[1], target = '80') =>
  composeFile([service('web', { ports: [{ published, target, line: 6 }] })], parts);
const retired = publishing('8002', { file: 'compose.yml.OBSOLETE', retired: true });
const found = (file: ReturnType<typeof publishing>, parts: Parameters<typeof estate>[0] = {}) =>
  findings(retiredComposeReusesPort, estate({ ...parts, artifacts: { composeFiles: [retired, file] } }));

test('the port of a file in use is told with both lines', () => {
  const [finding] = found(publishing('8002', {}));
  expect(finding).toMatchObject({
    severity: 'low',
    title: { en: '`compose.yml.OBSOLETE`: publishes `8002` too, as `compose.yaml` does' },
    evidence: [
      { file: 'compose.yaml', line: 6 },
      { file: 'compose.yml.OBSOLETE', line: 6 },
    ],
  });
});

test('another port, another protocol, another retired file or an override is none', () => {
  expect(found(publishing('8003', {}))).toEqual([]);
  expect(found(publishing('8002', {}, '80/udp'))).toEqual([]);
  expect(found(publishing('8002', { file: 'old.yml.bak', retired: true }))).toEqual([]);
  expect(found(publishing('8002', { file: 'compose.prod.yml', overrides: 'compose.yaml' }))).toEqual([]);
});

test('where a host was read, what runs there is judged instead', () => {
  expect(found(publishing('8002', {}), { hosts: [hostState()] })).toEqual([]);
});
