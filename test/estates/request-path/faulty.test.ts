import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAccount } from '#act/aws-account.ts';
import { planOf } from '#act/plan-file.ts';
import { rollBack } from '#act/rollback.ts';
import { type News, runSteps } from '#act/run.ts';
import { createRun } from '#act/runs.ts';
import { type Hand, WAITS } from '#act/transition.ts';
import { audit } from '#audit.ts';
import { type Report, reportSchema } from '#model/report.ts';
import type { Change, Step } from '#model/step.ts';
import { reportOf } from '#report/json.ts';
import { renderMarkdown } from '#report/markdown.ts';
import { runbookMarkdown } from '#report/runbook/markdown.ts';
import { awsForTests } from '../../aws/aws-for-tests.ts';
import { DAY } from '../../support/audit-folder.ts';
import { Answers } from './answers.ts';
import { ACCOUNT, DENIED, fill, REGION, URL } from './faulty/account.ts';
import { asIfThere } from './faulty/as-if-there.ts';

const aws = awsForTests({ account: ACCOUNT });

beforeEach(async () => {
  await fill(aws.moto);
  const answers = new Answers(aws.proxy);
  asIfThere(answers);
  for (const operation of DENIED) answers.deny(operation);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
}, 60_000);
afterEach(() => vi.unstubAllEnvs());

/** The URL followed through the account as it is now; the same account gives the same bytes. */
async function followed(): Promise<Report> {
  const { audit: result } = await audit({
    shownAs: URL,
    name: 'phare',
    config: {},
    lock: { version: 1, next: 1, gaps: {} },
    lang: 'en',
    version: '0.0.0',
    clock: () => DAY,
    aws: { regions: [REGION], delay: 1 },
    urls: [URL],
  });
  return reportSchema.parse(JSON.parse(JSON.stringify(reportOf(result))));
}

const pathOf = ({ paths }: Report) => {
  const [only] = paths ?? [];
  if (!only) throw new Error('the URL was not followed');
  return only;
};
const failing = (report: Report) =>
  [...pathOf(report).hops, ...pathOf(report).side].flatMap(({ checks }) =>
    checks.filter(({ result }) => result === 'fail').map(({ id }) => id),
  );

test('causes are told as chains, from the root to what a visitor sees, and no sound hop is blamed', {
  timeout: 60_000,
}, async () => {
  const report = await followed();
  const { causes, hops, side } = pathOf(report);
  expect(causes.map(({ checks, certainty }) => [certainty, ...checks])).toEqual([
    ['established', 'listener-missing', 'origin-protocol-mismatch'],
    ['probable', 'public-ip-missing', 'image-pull-failing', 'service-behind-revision', 'targets-unhealthy'],
  ]);
  expect(failing(report).sort()).toEqual([
    'grace-period-short',
    'image-pull-failing',
    'listener-forwards-http',
    'listener-missing',
    'origin-protocol-mismatch',
    'public-ip-missing',
    'service-behind-revision',
    'targets-unhealthy',
  ]);
  const sound = hops.filter(({ checks }) => checks.every(({ result }) => result === 'pass'));
  expect(sound.map(({ role }) => role)).toEqual(['dns', 'container']);
  // the logs are not said to be missing: nobody was allowed to look
  const unknown = side.flatMap(({ checks }) => checks.filter(({ result }) => result === 'unknown'));
  expect(unknown.map(({ id, permission }) => [id, permission])).toEqual([
    ['log-group-missing', 'logs:DescribeLogGroups'],
  ]);
  expect(failing(report)).not.toContain('log-group-missing');
});

test('the report and the runbook, in both languages', { timeout: 60_000 }, async () => {
  const report = await followed();
  for (const lang of ['fr', 'en'] as const) {
    await expect(renderMarkdown(report, lang)).toMatchFileSnapshot(`../../golden/request-path.${lang}.md`);
    await expect(runbookMarkdown(report, lang)).toMatchFileSnapshot(
      `../../golden/request-path-runbook.${lang}.md`,
    );
  }
});

test('the plan is applied and the path is whole; rolled back, the account is what it was, byte for byte', {
  timeout: 120_000,
}, async () => {
  const first = await followed();
  const { steps, proofs, audit: of, findings } = planOf(JSON.stringify(first), 'report.json');
  expect(steps.flatMap(({ needs = [] }) => needs)).toEqual([]);
  expect(steps.length).toBeGreaterThanOrEqual(4);

  const time = {
    now: () => new Date(),
    sleep: (ms: number) => new Promise<void>((go) => setTimeout(go, ms)),
  };
  const account = await openAccount({ delay: 1 }, REGION);
  const root = mkdtempSync(path.join(tmpdir(), 'constat-'));
  const identity = { ...account.identity, autoRollback: false };
  const run = await createRun(root, { audit: of, steps, proofs, findings }, identity, time);
  const hand: Hand = {
    account,
    journal: run.journal,
    time,
    waits: WAITS,
    run: run.id,
    since: of.startedAt,
    check: () => {},
  };
  const states = async (held: (change: Change) => unknown) => {
    for (const { id, changes } of steps)
      for (const change of changes)
        expect([id, JSON.stringify(await account.read(change.state))]).toEqual([
          id,
          JSON.stringify(held(change)),
        ]);
  };
  try {
    await states(({ before }) => before);

    const news: News[] = [];
    const end = await runSteps(hand, run.plan.steps, {
      proofs,
      provers: { account, time },
      autoRollback: false,
      tell: (one) => news.push(one),
    });
    expect(end.result).toBe('done');
    const proven = news.flatMap((one) => (one.is === 'proof' ? [one.proven] : []));
    // what is asked of the account is proven; real requests need the network
    const isOfAccount = (id: string) => proofs.find((one) => one.id === id)?.check?.type === 'aws';
    for (const { proof, result } of proven)
      expect([proof.id, result]).toEqual([proof.id, isOfAccount(proof.id) ? 'pass' : 'unknown']);

    const mended = await followed();
    expect(failing(mended)).toEqual([]);
    expect(pathOf(mended).causes).toEqual([]);
    expect(mended.plan.steps).toEqual([]);

    expect(await rollBack(hand, run.plan.steps as Step[], () => {})).toBe(true);
    await states(({ before }) => before);
    expect(JSON.stringify(await followed())).toBe(JSON.stringify(first));
  } finally {
    run.journal.close();
    account.close();
  }
});
