import { expect, test } from 'vitest';
import type { EnvironmentFile } from '#model/artifacts.ts';
import { estate, findings } from '../../test-estate.ts';
import { secretCommitted } from './secret-committed.ts';

const sighting = (file: string, line = 4) => ({
  file,
  line,
  detector: 'aws-access-key',
  title: 'AWS access key',
  masked: 'AKIA…7Q',
});
const found = (secrets: ReturnType<typeof sighting>[], environmentFiles: EnvironmentFile[] = []) =>
  findings(secretCommitted, estate({ artifacts: { secrets, environmentFiles } }));

test('a secret in the source is critical, and only its mask is shown', () => {
  const [finding] = found([sighting('src/storage.ts')]);
  expect(finding).toMatchObject({ severity: 'critical', priority: 'P1' });
  expect(finding?.message.en).toContain('`AKIA…7Q`');
});

test('the same secret on two lines of a file is one finding with both places', () => {
  const list = found([sighting('src/storage.ts', 4), sighting('src/storage.ts', 90)]);
  expect(list).toHaveLength(1);
  expect(list[0]?.evidence).toHaveLength(2);
});

test('in a test or an example it may be a dummy, and the finding says so', () => {
  for (const file of ['tests/fixtures/key.pem', 'src/upload.spec.ts', 'examples/aws.ts'])
    expect(found([sighting(file)])[0]).toMatchObject({ severity: 'medium', confidence: 'low' });
});

test('a strong value of a committed dotenv file belongs to the finding on that file', () => {
  const variables = [{ name: 'AWS_SECRET', line: 4, secret: true, class: 'strong' as const }];
  expect(found([sighting('.env')], [{ file: '.env', example: false, tracked: true, variables }])).toEqual([]);
});
