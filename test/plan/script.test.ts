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

const run = (file: string, ...options: string[]) => bash(file, ...options);

function bash(...words: string[]) {
  const { status, stdout, stderr } = spawnSync('bash', words, {
    encoding: 'utf8',
    input: '',
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: moto.url,
      // a service without regions needs one where the endpoint is given
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
  });
  return { status, text: `${stdout}${stderr}` };
}

/** An estate with a fault of each form of call: plain, found, edited, with flags, with lists and with maps. */
async function failures(all = false): Promise<Failure[]> {
  const ids = await seed(moto.url, REGION, {
    vpcs: {
      main: {
        cidr: '10.0.0.0/16',
        subnets: { a: { cidr: '10.0.1.0/24', zone: 'a' }, b: { cidr: '10.0.2.0/24', zone: 'b' } },
        routeTables: { public: { internet: true }, closed: {} },
        securityGroups: { lb: {}, tasks: {} },
      },
    },
    certificates: { 'shop.example': {} },
    targetGroups: { web: { vpc: 'main' } },
    loadBalancers: { shop: { subnets: ['a', 'b'], listeners: [{ port: 80, to: { forward: 'web' } }] } },
    ...(all && {
      distributions: { shop: { origin: 'load-balancer shop', enabled: false } },
      zones: { 'shop.example': {} },
      taskDefinitions: {
        web: { networkMode: 'awsvpc', containers: { web: { image: 'nginx', memory: 128 } }, revisions: 2 },
      },
      clusters: {
        prod: { services: { web: { taskDefinition: 'web', subnets: ['a'], securityGroups: ['tasks'] } } },
      },
    }),
  });
  const of = (key: string) => ids[key] ?? '';
  const loadBalancer = of('load-balancer shop');
  const region = REGION;
  const listeners = [
    {
      id: 'listener-missing',
      values: {
        region,
        loadBalancer,
        port: 443,
        better: of('certificate shop.example'),
        targetGroup: of('target-group web'),
      },
    },
    {
      id: 'listener-forwards-http',
      values: { region, loadBalancer, listener: of('listener shop 80'), port: 443 },
    },
  ];
  if (!all) return listeners;
  const distribution = of('distribution shop');
  const service = { region, cluster: 'prod', service: 'web' };
  const group = of('security-group tasks');
  return [
    ...listeners,
    { id: 'cdn-alias-missing', values: { distribution, name: 'shop.example' } },
    {
      id: 'origin-path-unexpected',
      values: { distribution, origin: 'origin', originIndex: 0, expected: '/v2' },
    },
    {
      id: 'dns-record-missing',
      values: { zone: of('zone shop.example'), name: 'shop.example', type: 'A', target: 'd1.cloudfront.net' },
    },
    {
      id: 'security-group-blocks',
      values: { region, group, direction: 'ingress', source: of('security-group lb'), port: 3000 },
    },
    {
      id: 'network-acl-blocks',
      values: {
        region,
        acl: await aclOf(of('vpc main')),
        egress: false,
        source: '10.9.0.0/16',
        port: 443,
        ruleNumber: 100,
      },
    },
    {
      id: 'route-missing',
      values: { region, routeTable: of('route-table closed'), gateway: of('internet-gateway main') },
    },
    {
      id: 'endpoint-unreachable',
      values: {
        region,
        serviceName: `com.amazonaws.${REGION}.ecr.api`,
        vpc: of('vpc main'),
        subnets: [of('subnet a'), of('subnet b')],
        group,
      },
    },
    { id: 'log-group-missing', values: { region, logGroup: '/ecs/web', retentionInDays: 14 } },
    { id: 'public-ip-missing', values: service },
    { id: 'service-behind-revision', values: { ...service, latest: 'web:1' } },
  ];
}

async function aclOf(vpc: string): Promise<string> {
  const executor = new Executor(moto.url);
  const acl = await executor.read({
    service: 'ec2',
    operation: 'DescribeNetworkAcls',
    region: REGION,
    input: { Filters: [{ Name: 'vpc-id', Values: [vpc] }] },
    query: 'NetworkAcls[0].NetworkAclId',
  });
  executor.close();
  return String(acl);
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
      Promise.all(
        plan.steps.flatMap(({ changes }) =>
          changes.map(({ write, [what]: state = null }) => executor.after(state, write)),
        ),
      );

    expect(run(file)).toMatchObject({ status: 1, text: expect.stringContaining('not confirmed') });
    expect(await states()).toEqual(await of('before'));
    expect(run(file, '--yes')).toMatchObject({ status: 0 });
    expect(await states()).toEqual(await of('after'));
    expect(run(file)).toMatchObject({ status: 0, text: expect.stringContaining('already done') });
    expect(run(file, '--rollback', '--yes')).toMatchObject({ status: 0 });
    expect(await states()).toEqual(await of('before'));
    executor.close();
  }, 400_000);

  test('has commands of every form that the real command line takes, and that undo each other', async (context) => {
    if (!has('aws') || !has('jq')) return context.skip('the AWS CLI or jq is not installed');
    const executor = new Executor(moto.url);
    const { steps } = await planned(planOf(await failures(true)), executor);
    expect(steps.map(({ needs }) => needs)).toEqual(steps.map(() => undefined));
    for (const { command, changes } of steps) {
      expect(bash('-c', command)).toMatchObject({ status: 0 });
      for (const { state, after, write } of changes)
        expect(await executor.read(state)).toEqual(await executor.after(after, write));
    }
    for (const { rollback, changes } of [...steps].reverse()) {
      expect(bash('-c', rollback?.command ?? 'false')).toMatchObject({ status: 0 });
      for (const { state, before } of changes) expect(await executor.read(state)).toEqual(before);
    }
    executor.close();
  }, 400_000);

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
