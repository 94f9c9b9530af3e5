import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { cron } from './cron.ts';

const jobs = (path: string, text: string) =>
  collectFiles(cron, { [path]: text }).facts.map(({ name, sort, properties }) => [
    name,
    sort,
    properties?.schedule,
    properties?.user,
  ]);

test.each([
  [
    'ops/crontab',
    '0 3 * * * /srv/backup.sh\n',
    ['crontab /srv/backup.sh', 'declared', '0 3 * * *', undefined],
  ],
  ['ops/crontab', '0 3 * * * root /srv/b\n', ['crontab /srv/b', 'declared', '0 3 * * *', 'root']],
  ['etc/cron.d/b', '@hourly app /b x\n', ['/etc/cron.d/b /b x', 'declared', '@hourly', 'app']],
  ['etc/crontab', '17 *\t* * *\troot /b\n', ['/etc/crontab /b', 'declared', '17 * * * *', 'root']],
  [
    'ops/crontab.bak',
    '1-5/2,7 * * jan mon-fri /b\n',
    ['crontab /b', 'retired', '1-5/2,7 * * jan mon-fri', undefined],
  ],
])('%s', (path, text, job) => {
  expect(jobs(path, text)).toEqual([job]);
});

test('settings, comments and prose are no jobs', () => {
  expect(
    jobs('ops/crontab', 'SHELL=/bin/sh\n# 0 3 * * * /no\nthe cron table * * *\n\n0 3 * * * /yes\n'),
  ).toHaveLength(1);
  expect(jobs('etc/cron.d/README', 'Files in this folder\n')).toEqual([]);
  expect(jobs('src/cron.ts', '0 3 * * * /x\n')).toEqual([]);
});

test('a hostile line is read in bounded time', () => {
  const started = performance.now();
  jobs('crontab', `${'1-1,'.repeat(450)}\n${'* '.repeat(900)}\n`.repeat(100));
  expect(performance.now() - started).toBeLessThan(2_000);
});
