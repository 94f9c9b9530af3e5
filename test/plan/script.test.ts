import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import type { Step } from '#model/step.ts';
import { runbookScript } from '#report/runbook/script.ts';
import { motoForTests } from '../aws/moto.ts';
import { seed } from '../aws/seed.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { Executor } from './execute.ts';
import { type Failure, planned, planOf } from './try-remedy.ts';

const REGION = 'eu-west-3';
const moto = motoForTests();
const has = (tool: string) => spawnSync(tool, ['--version']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'constat-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reportOf = ({ steps, proofs }: { steps: Step[]; proofs: Report['proofs'] }): Report => ({
  ...sampleReport(),
  plan: { steps: steps as Report['plan']['steps'] },
  proofs,
});

function written(report: Report, lang: 'fr' | 'en' = 'en'): string {
  const file = path.join(folder, 'plan.sh');
  writeFileSync(file, runbookScript(report, lang));
  return file;
}

function run(file: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync('bash', [file, ...options], {
    encoding: 'utf8',
    input: '',
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
  });
  return { status, text: `${stdout}${stderr}` };
}

async function failures(): Promise<Failure[]> {
  const ids = await seed(moto.url, REGION, {
    vpcs: {
      main: {
        cidr: '10.0.0.0/16',
        subnets: { a: { cidr: '10.0.1.0/24', zone: 'a' }, b: { cidr: '10.0.2.0/24', zone: 'b' } },
      },
    },
    certificates: { 'shop.example': {} },
    targetGroups: { web: { vpc: 'main' } },
    loadBalancers: { shop: { subnets: ['a', 'b'], listeners: [{ port: 80, to: { forward: 'web' } }] } },
    distributions: { shop: { origin: 'load-balancer shop', enabled: false } },
    zones: { 'shop.example': {} },
  });
  const of = (key: string) => ids[key] ?? '';
  const loadBalancer = of('load-balancer shop');
  return [
    {
      id: 'listener-missing',
      values: {
        region: REGION,
        loadBalancer,
        port: 443,
        better: of('certificate shop.example'),
        targetGroup: of('target-group web'),
      },
    },
    {
      id: 'listener-forwards-http',
      values: { region: REGION, loadBalancer, listener: of('listener shop 80'), port: 80 },
    },
  ];
}

describe('the script of a plan', () => {
  test('applies, finds that it is done, and undoes, with the real command line', async (context) => {
    if (!has('aws') || !has('jq')) return context.skip('the AWS CLI or jq is not installed');
    const executor = new Executor(moto.url);
    const plan = await planned(planOf(await failures()), executor);
    const file = written(reportOf(plan));
    const states = () =>
      Promise.all(plan.steps.flatMap(({ changes }) => changes.map(({ state }) => executor.read(state))));
    const of = (what: 'before' | 'after') =>
      plan.steps.flatMap(({ changes }) => changes.map((change) => change[what]));

    expect(run(file)).toMatchObject({ status: 1, text: expect.stringContaining('not confirmed') });
    expect(await states()).toEqual(of('before'));
    expect(run(file, '--yes')).toMatchObject({ status: 0 });
    expect(await states()).toEqual(of('after'));
    expect(run(file)).toMatchObject({ status: 0, text: expect.stringContaining('already done') });
    expect(run(file, '--rollback', '--yes')).toMatchObject({ status: 0 });
    expect(await states()).toEqual(of('before'));
    executor.close();
  }, 120_000);

  test('stops where somebody changed a state since', async (context) => {
    if (!has('aws') || !has('jq')) return context.skip('the AWS CLI or jq is not installed');
    const executor = new Executor(moto.url);
    const plan = await planned(planOf(await failures()), executor);
    const [first] = plan.steps;
    const [change] = first?.changes ?? [];
    if (!first || !change) throw new Error('no step');
    const file = written(
      reportOf({ ...plan, steps: [{ ...first, changes: [{ ...change, before: ['TCP'] }] }] }),
    );
    expect(run(file, '--yes')).toMatchObject({
      status: 1,
      text: expect.stringContaining('somebody changed it since: ["TCP"] -> []'),
    });
    executor.close();
  }, 60_000);

  test('is a script that bash reads and shellcheck has nothing against, whatever names hold', async (context) => {
    const executor = new Executor(moto.url);
    const plan = await planned(planOf(await failures()), executor);
    executor.close();
    const hostile = `"'; $(touch ${folder}/pwned) \`touch ${folder}/pwned\` \n touch ${folder}/pwned #`;
    const [first, ...others] = plan.steps;
    if (!first) throw new Error('no step');
    const report = reportOf({
      steps: [
        {
          ...first,
          title: { fr: hostile, en: hostile },
          changes: first.changes.map((change) => ({ ...change, before: hostile })),
        },
        { ...first, id: 'S-09', state: 'needs-input', changes: [], needs: [{ fr: hostile, en: hostile }] },
        ...others,
      ],
      proofs: plan.proofs.map((proof) => ({
        ...proof,
        title: { fr: hostile, en: hostile },
        command: hostile,
      })),
    });
    for (const lang of ['fr', 'en'] as const) {
      const file = written(
        { ...report, audit: { ...report.audit, estate: { name: hostile, path: '.' } } },
        lang,
      );
      expect(spawnSync('bash', ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
      if (has('jq') && has('aws')) run(file, '--yes');
      expect(spawnSync('ls', [`${folder}/pwned`]).status).not.toBe(0);
      if (!has('shellcheck')) return context.skip('shellcheck is not installed');
      expect(spawnSync('shellcheck', [file], { encoding: 'utf8' }).stdout).toBe('');
    }
  }, 60_000);
});
