import * as fs from 'node:fs';
import path from 'node:path';
import * as git from 'isomorphic-git';
import { expect, test, vi } from 'vitest';
import { exitCode } from '#cli/run-audit.ts';
import type { Report } from '#model/report.ts';
import { renderMarkdown } from '#report/markdown.ts';
import { answerUnknown } from './account/everything.ts';
import { awsForTests } from './aws/aws-for-tests.ts';
import { ACCOUNT, DENIED, fill, recorded, running } from './estates/boutique-account/account.ts';
import { auditFolder, copyOf } from './support/audit-folder.ts';

const aws = awsForTests({ account: ACCOUNT });

/** The example, tracked, as a clone of its repository on GitHub. */
async function cloned(): Promise<string> {
  const dir = copyOf(path.join(import.meta.dirname, '../examples/boutique'));
  for (const own of ['constat-report', 'constat.lock.json'])
    fs.rmSync(path.join(dir, own), { recursive: true, force: true });
  await git.init({ fs, dir, defaultBranch: 'main' });
  await git.addRemote({ fs, dir, remote: 'origin', url: 'https://github.com/quai/boutique.git' });
  await git.add({ fs, dir, filepath: '.' });
  await git.add({ fs, dir, filepath: 'deploy/catalogue.local.json', force: true });
  return dir;
}

const statusOf = (report: Report, name: string) => report.resources.find((one) => one.name === name)?.status;

test('one environment is whole, two are absent, a registry is missing, three resources are in no file, two reads are denied', {
  timeout: 120_000,
}, async () => {
  await fill(aws.moto);
  answerUnknown(aws.proxy, ACCOUNT, false);
  running(aws.proxy);
  recorded(aws.proxy);
  for (const operation of DENIED) aws.proxy.when(operation, { kind: 'deny' });
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
  const dir = await cloned();
  const report = await auditFolder(dir, 'en', { regions: [], delay: 1 }).finally(() => vi.unstubAllEnvs());

  for (const name of [
    'boutique-dev',
    'catalogue-dev-svc',
    'vitrine-dev-svc',
    'catalogue-dev-tg',
    'catalogue',
    'boutique-deploy',
  ])
    expect([name, statusOf(report, name)]).toEqual([name, 'verified']);
  for (const name of [
    'boutique-staging',
    'boutique-prod',
    'catalogue-prod-svc',
    'vitrine-staging-svc',
    'catalogue-importer',
  ])
    expect([name, statusOf(report, name)]).toEqual([name, 'missing']);
  for (const name of ['anciennes-commandes', 'alertes-boutique', 'boutique-exports-2024'])
    expect([name, statusOf(report, name)]).toEqual([name, 'undocumented']);
  // what nobody was allowed to see is not missing
  const unseen = report.resources.filter(({ kind }) => /RDS::|SecretsManager::/.test(kind));
  expect(unseen.map(({ status }) => status)).toEqual(unseen.map(() => 'unverified'));
  expect(unseen.every(({ reason }) => /was denied/.test(reason?.en ?? ''))).toBe(true);

  const stops = report.workflows.flatMap(({ file, runs }) =>
    runs.flatMap(({ calls, environment, inputs }) => {
      const call = calls.find(({ prediction }) => prediction === 'fails');
      return call
        ? [`${path.basename(file)} ${environment ?? inputs.target ?? ''}: ${call.operation}: ${call.why?.en}`]
        : [];
    }),
  );
  expect(stops).toMatchSnapshot();
  const went = report.workflows.flatMap(({ runs }) => runs).find(({ environment }) => environment === 'dev');
  expect(went?.calls.flatMap(({ tool, prediction }) => (tool === 'aws' ? [prediction] : []))).toEqual([
    'ok',
    'ok',
  ]);

  expect(exitCode([], report.coverage as never, {})).toBe(3);
  for (const lang of ['fr', 'en'] as const)
    await expect(renderMarkdown(report, lang)).toMatchFileSnapshot(`golden/boutique-account.${lang}.md`);
});
