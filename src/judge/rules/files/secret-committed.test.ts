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

test('a private key with its certificate beside it is high, and says where to look', () => {
  const key = { ...sighting('web/.cert/key.pem'), title: 'private key' };
  const files = new Set(['web/.cert/key.pem', 'web/.cert/cert.pem']);
  const [finding] = findings(secretCommitted, estate({ files, artifacts: { secrets: [key] } }));
  expect(finding).toMatchObject({ severity: 'high', confidence: 'medium' });
  expect(finding?.message.en).toContain('The certificate `web/.cert/cert.pem` is beside it');
  expect(found([key])[0]?.severity).toBe('critical');
});

test('a password in an address is high, and what the reader took for an example is one', () => {
  expect(found([{ ...sighting('src/report.go'), detector: 'basicauth' }])[0]?.severity).toBe('high');
  const shown = { ...sighting('src/notes.html'), example: true };
  expect(findings(secretCommitted, estate({ artifacts: { secrets: [shown] } }))[0]).toMatchObject({
    severity: 'medium',
    confidence: 'low',
  });
});

test('a page gives examples, and real values often stand in it: high and less sure', () => {
  const shown = { ...sighting('docs/deploying.md'), example: true };
  expect(findings(secretCommitted, estate({ artifacts: { secrets: [shown] } }))[0]).toMatchObject({
    severity: 'high',
    confidence: 'medium',
  });
});

test('a weak value of an example belongs to the finding on that file, a strong one does not', () => {
  const of = (value: 'weak' | 'strong') => {
    const variables = [{ name: 'MAIL_URL', line: 4, secret: true, class: value }];
    return found(
      [sighting('.env.example')],
      [{ file: '.env.example', example: true, tracked: true, variables }],
    );
  };
  expect(of('weak')).toEqual([]);
  expect(of('strong')).toHaveLength(1);
});

test('one value in several files is told once, where it is the least likely to be a dummy', () => {
  const list = found([sighting('docs/run.md'), sighting('deploy.ps1'), sighting('tests/aws.ts')]);
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({ severity: 'critical', evidence: [{}, {}, {}] });
  expect(list[0]?.message.en).toContain('The same value is in `docs/run.md`, `tests/aws.ts`.');
  const hidden = { masked: '…' };
  expect(
    found([
      { ...sighting('a.ts'), ...hidden },
      { ...sighting('b.ts'), ...hidden },
    ]),
  ).toHaveLength(2);
});

test('a value that ends in crosses was put there for the reader', () => {
  expect(found([{ ...sighting('docs/alerts.md'), masked: 'http…xx' }])).toEqual([]);
});
