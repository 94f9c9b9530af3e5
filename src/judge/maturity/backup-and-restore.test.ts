import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import type { Practice } from '#model/operations.ts';
import {
  composeFile,
  document,
  estate,
  fact,
  resource,
  service,
  trigger,
  workflow,
  wranglerConfig,
  wranglerEnvironment,
} from '../test-estate.ts';
import { backupAndRestore } from './backup-and-restore.ts';
import { answersOf, noteOf } from './test-answers.ts';

const d1 = wranglerConfig({
  environments: [wranglerEnvironment({ bindings: [{ type: 'd1', name: 'DB', to: 'locks-db', line: 9 }] })],
});
const line = (practice: Practice, file: string, sign: string, at = 3) => ({ practice, file, line: at, sign });
const server = composeFile(
  [service('db', { image: { reference: 'postgres:17', line: 4 }, restart: 'always' })],
  {
    file: 'compose.prod.yaml',
  },
);
const of = (artifacts: Partial<Artifacts>) => estate({ files: new Set(['README.md']), artifacts });
const answers = (artifacts: Partial<Artifacts>) => answersOf(backupAndRestore, of(artifacts));

test('where no database is declared nothing is called a gap', () => {
  const all = Object.values(answers({}));
  expect(all.every((one) => one === 'unknown')).toBe(true);
});

test('D1 has Time Travel; that nobody wrote how to restore is told', () => {
  expect(answers({ wranglerConfigs: [d1] })).toEqual({
    'backups-automatic': 'yes wrangler.toml:9',
    'export-scripted': 'no wrangler.toml:9',
    'export-scheduled': 'unknown',
    'restore-procedure-written': 'no wrangler.toml:9',
    'restore-test-recorded': 'no wrangler.toml:9',
    'backup-copied-outside': 'no wrangler.toml:9',
    'backup-retention-stated': 'no wrangler.toml:9',
    'buckets-versioned': 'unknown',
  });
  const note = noteOf(backupAndRestore, 'backups-automatic', of({ wranglerConfigs: [d1] }));
  expect(note).toContain('30 days on the paid plan of Workers, 7 on the free one');
});

test('a container has no backup unless something makes one, of its own sort', () => {
  expect(answers({ composeFiles: [server] })['backups-automatic']).toBe('no compose.prod.yaml:4');
  const other = [line('backup', 'ops/save.sh', 'mysqldump')];
  expect(answers({ composeFiles: [server], practices: other })['backups-automatic']).toBe(
    'no compose.prod.yaml:4',
  );
  const dump = [line('backup', 'ops/save.sh', 'pg_dump')];
  const scripted = answers({ composeFiles: [server], practices: dump });
  expect(scripted['backups-automatic']).toBe('unknown');
  expect(scripted['export-scripted']).toBe('yes ops/save.sh:3');
  expect(scripted['export-scheduled']).toBe('partial ops/save.sh:3');
});

test('a script that a scheduled workflow starts is a backup that nobody has to think of', () => {
  const nightly = workflow({
    file: '.github/workflows/night.yml',
    triggers: [trigger('schedule', { schedules: ['0 3 * * *'] })],
  });
  const scheduled = answers({
    composeFiles: [server],
    practices: [line('backup', 'ops/save.sh', 'pg_dump'), line('copy-out', 'ops/save.sh', 'rclone copy', 5)],
    workflows: [nightly],
    scriptReferences: [{ script: 'ops/save.sh', from: nightly.file, line: 12 }],
  });
  expect(scheduled['backups-automatic']).toBe('yes compose.prod.yaml:4 ops/save.sh:3');
  expect(scheduled['export-scheduled']).toBe('yes ops/save.sh:3');
  expect(scheduled['backup-copied-outside']).toBe('yes ops/save.sh:5');
});

test('a copy that another file sends is not one of the backup', () => {
  const sent = answers({
    wranglerConfigs: [d1],
    practices: [line('backup', 'a.sh', 'wrangler d1 export'), line('copy-out', 'deploy.sh', 'aws s3 sync')],
  });
  expect(sent['backup-copied-outside']).toBe('no a.sh:3');
});

test('a compose file of a workstation holds nothing to be kept', () => {
  const local = composeFile([service('db', { image: { reference: 'postgres:17', line: 4 } })]);
  expect(answers({ composeFiles: [local] })['backups-automatic']).toBe('unknown');
  const kept = composeFile([
    service('db', { image: { reference: 'postgres:17', line: 4 }, restart: 'always' }),
  ]);
  const server = composeFile([service('api')], { file: 'ops/compose.prod.yaml' });
  expect(answers({ composeFiles: [kept] })['backups-automatic']).toMatch(/^no/);
  expect(answers({ composeFiles: [kept, server] })['backups-automatic']).toBe('unknown');
  const cache = composeFile([
    service('cache', { image: { reference: 'redis:8', line: 4 }, restart: 'always' }),
  ]);
  expect(answers({ composeFiles: [cache] })['backups-automatic']).toBe('unknown');
});

test('a page that treats restoring answers, a report of the past or a wish does not', () => {
  const page = (file: string, parts = {}) =>
    answers({
      wranglerConfigs: [d1],
      documents: [document(file, { topics: [{ topic: 'restore', line: 7 }], ...parts })],
    })['restore-procedure-written'];
  expect(page('docs/restore.md')).toBe('yes docs/restore.md:7');
  expect(page('docs/audit.md', { report: true })).toBe('no wrangler.toml:9');
  expect(page('docs/adr/0004-restore.md')).toBe('no wrangler.toml:9');
  expect(page('docs/api/endpoints/restore.md')).toBe('no wrangler.toml:9');
});

test('a dated test and a duration that a page states', () => {
  const stated = answers({
    wranglerConfigs: [d1],
    documents: [
      document('docs/restore.md', {
        topics: [
          { topic: 'restore', line: 1 },
          { topic: 'restore-test', line: 4 },
          { topic: 'backup-retention', line: 6 },
        ],
      }),
    ],
  });
  expect(stated['restore-test-recorded']).toBe('yes docs/restore.md:4');
  expect(stated['backup-retention-stated']).toBe('yes docs/restore.md:6');
});

test('RDS is backed up when it keeps something, a table of DynamoDB when it says so, and a lock table is no data', () => {
  const rds = (days?: number) =>
    resource('AWS::RDS::DBInstance', 'orders', [fact('repo')], {
      properties: days === undefined ? {} : { backupRetentionPeriod: days },
    });
  const table = (name: string, recovery?: boolean) =>
    resource('AWS::DynamoDB::Table', name, [fact('repo')], {
      properties: recovery === undefined ? {} : { pointInTimeRecovery: recovery },
    });
  const answer = (...resources: ReturnType<typeof resource>[]) =>
    answersOf(backupAndRestore, estate({ resources }))['backups-automatic']?.split(' ')[0];
  expect(answer(rds(7))).toBe('yes');
  expect(answer(rds(0))).toBe('no');
  expect(answer(rds())).toBe('unknown');
  expect(answer(rds(7), table('carts', false))).toBe('partial');
  expect(answer(table('carts', true))).toBe('yes');
  expect(answer(table('terraform-locks', false))).toBe('unknown');
  const named = resource('AWS::RDS::DBInstance', 'orders', [fact('docs')], {
    properties: { backupRetentionPeriod: 0 },
  });
  expect(answer(named)).toBe('unknown');
});

test('buckets: versions that are off are told, what nobody read is not', () => {
  const bucket = (name: string, versioning?: string) =>
    resource('AWS::S3::Bucket', name, [fact('repo')], { properties: versioning ? { versioning } : {} });
  const answer = (...resources: ReturnType<typeof resource>[]) =>
    answersOf(backupAndRestore, estate({ resources }))['buckets-versioned']?.split(' ')[0];
  expect(answer(bucket('a', 'Enabled'))).toBe('yes');
  expect(answer(bucket('a', 'Enabled'), bucket('b', 'Off'))).toBe('partial');
  expect(answer(bucket('b', 'Suspended'))).toBe('no');
  expect(answer(bucket('a', 'Enabled'), bucket('b'))).toBe('unknown');
});

test('a database that only a variable or a dump shows is spoken of as such', () => {
  const example = {
    file: '.env.example',
    example: true,
    tracked: true,
    variables: [{ name: 'DATABASE_URL', line: 2, secret: true, class: 'placeholder' as const }],
  };
  const shown = of({ environmentFiles: [example] });
  expect(answersOf(backupAndRestore, shown)['restore-procedure-written']).toBe('no .env.example:2');
  expect(noteOf(backupAndRestore, 'restore-procedure-written', shown)).toContain(
    'the database that `DATABASE_URL` leads to',
  );
});

test('without a repository what only files tell has no answer', () => {
  const table = resource('AWS::DynamoDB::Table', 'carts', [], {
    properties: { pointInTimeRecovery: false },
    observed: [{ source: 'aws', operation: 'dynamodb:DescribeTable', at: '2026-11-28T00:00:00Z' }],
    status: 'undocumented',
  });
  const observed = answersOf(backupAndRestore, estate({ resources: [table] }));
  expect(observed['backups-automatic']).toBe('no dynamodb:DescribeTable');
  expect(observed['restore-procedure-written']).toBe('unknown');
});

test('a backup plan says how long what it makes is kept', () => {
  const kept = [line('backup-retention', 'backup.tf', 'delete_after')];
  expect(answers({ composeFiles: [server], practices: kept })['backup-retention-stated']).toBe(
    'yes backup.tf:3',
  );
});
test('a backup by its name, by a clock of a container, and one that people are told to make', () => {
  const compose = { composeFiles: [server] };
  const asked = (artifacts: Partial<Artifacts>, files: string[] = []) =>
    answersOf(backupAndRestore, estate({ files: new Set(files), artifacts: { ...compose, ...artifacts } }));
  const named = asked({}, ['README.md', 'scripts/backup.sh']);
  expect(named['backups-automatic']).toBe('unknown');
  expect(named['export-scripted']).toBe('yes scripts/backup.sh:1');
  expect(asked({}, ['README.md', 'tests/test_backup.sh'])['export-scripted']).toBe('no compose.prod.yaml:4');
  const clock = asked({ practices: [line('backup', 'compose.prod.yaml', 'ofelia.job-exec.night.command')] }, [
    'README.md',
  ]);
  expect(clock['backups-automatic']).toBe('yes compose.prod.yaml:4 compose.prod.yaml:3');
  expect(clock['export-scheduled']).toBe('yes compose.prod.yaml:3');
  const told = asked(
    { documents: [document('docs/backup.md', { topics: [{ topic: 'backup', line: 4 }] })] },
    ['README.md'],
  );
  expect(told['backups-automatic']).toBe('partial docs/backup.md:4 compose.prod.yaml:4');
});

test('a clock alone tells of no database', () => {
  expect(answers({ practices: [line('backup', 'ops/crontab', '0 3 * * *')] })['export-scripted']).toBe(
    'unknown',
  );
});

test('a service whose policy of restart is chosen at installation runs on a server', () => {
  const chosen = composeFile(
    [service('db', { image: { reference: 'postgres:17', line: 4 }, restart: '${RESTART_POLICY}' })],
    { file: 'docker-compose.yml' },
  );
  expect(answers({ composeFiles: [chosen] })['export-scripted']).toBe('no docker-compose.yml:4');
});
