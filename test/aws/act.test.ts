import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CloudFrontClient,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openAccount } from '#act/aws-account.ts';
import { differences } from '#act/differences.ts';
import type { Json } from '#model/fact.ts';
import { type Report, reportSchema } from '#model/report.ts';
import type { AwsRead, Change, Step } from '#model/step.ts';
import { motoForTests } from './moto.ts';
import { seed } from './seed.ts';

const root = path.join(import.meta.dirname, '../..');
const launcher = path.join(root, 'constat');
const REGION = 'eu-west-3';
const moto = motoForTests();
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  status: number | null;
  out: string;
  err: string;
}

function constat(cwd: string, ...parameters: string[]): Promise<Ended> {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(launcher, parameters, {
    cwd,
    env: {
      ...env,
      PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`,
      AWS_ENDPOINT_URL: moto.running ? moto.url : '',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: REGION,
      CONSTAT_LANG: 'en',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { status: null, out: '', err: '' };
  child.stdout.on('data', (data) => (ended.out += data));
  child.stderr.on('data', (data) => (ended.err += data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...ended, status }));
  });
}

// Builds where that is still to be done.
beforeAll(async () => void (await constat(tmpdir(), 'rules')), 300_000);

const text = (words: string) => ({ fr: words, en: words });
const step = (id: string, changes: Change[], more: Partial<Step> = {}): Step => ({
  id,
  title: text(`title of ${id}`),
  reason: text(`reason of ${id}`),
  risk: 'none',
  after: [],
  findings: [],
  command: `aws do ${id}`,
  state: 'ready',
  proofs: [],
  changes,
  ...more,
});

/** An account, and a folder with the report whose plan changes it: a listener, a log group, a distribution. */
async function estate(): Promise<{ cwd: string; states: AwsRead[]; ids: Record<string, string> }> {
  const ids = await seed(moto.url, REGION, {
    vpcs: {
      main: {
        cidr: '10.0.0.0/16',
        subnets: { a: { cidr: '10.0.1.0/24', zone: 'a' }, b: { cidr: '10.0.2.0/24', zone: 'b' } },
      },
    },
    targetGroups: { api: { vpc: 'main' } },
    loadBalancers: { front: { subnets: ['a', 'b'] } },
    distributions: { shop: { origin: 'origin.shop.example', aliases: ['shop.example'] } },
  });
  const LoadBalancerArn = ids['load-balancer front'] ?? '';
  const Id = ids['distribution shop'] ?? '';
  const listeners = (query: string): AwsRead => ({
    service: 'elbv2',
    operation: 'DescribeListeners',
    region: REGION,
    input: { LoadBalancerArn },
    query,
  });
  const config = (query: string): AwsRead => ({
    service: 'cloudfront',
    operation: 'GetDistributionConfig',
    input: { Id },
    query,
  });
  const update = (set: { path: string; value: Json }[]): Change['write'] => ({
    service: 'cloudfront',
    operation: 'UpdateDistribution',
    input: { Id, IfMatch: { $find: 'etag' } },
    finds: { etag: config('ETag') },
    edit: { read: config('DistributionConfig'), as: 'DistributionConfig', set },
  });
  const both = { Quantity: 2, Items: ['shop.example', 'www.shop.example'] };
  const logs = { service: 'logs', region: REGION };
  const changes: Change[] = [
    {
      write: {
        service: 'elbv2',
        operation: 'CreateListener',
        region: REGION,
        input: {
          LoadBalancerArn,
          Protocol: 'HTTP',
          Port: 8080,
          DefaultActions: [{ Type: 'forward', TargetGroupArn: { $find: 'group' } }],
        },
        finds: {
          group: {
            service: 'elbv2',
            operation: 'DescribeTargetGroups',
            region: REGION,
            input: { Names: ['api'] },
            query: 'TargetGroups[0].TargetGroupArn',
          },
        },
      },
      state: listeners('Listeners[?Port==`8080`].[Protocol, DefaultActions[0].TargetGroupArn]'),
      after: [['HTTP', { $find: 'group' }]],
      undo: {
        service: 'elbv2',
        operation: 'DeleteListener',
        region: REGION,
        input: { ListenerArn: { $find: 'listener' } },
        finds: { listener: listeners('Listeners[?Port==`8080`] | [0].ListenerArn') },
      },
    },
    {
      write: { ...logs, operation: 'CreateLogGroup', input: { logGroupName: '/shop' } },
      state: {
        ...logs,
        operation: 'DescribeLogGroups',
        input: { logGroupNamePrefix: '/shop' },
        query: "logGroups[?logGroupName=='/shop'].logGroupName",
      },
      after: ['/shop'],
      undo: { ...logs, operation: 'DeleteLogGroup', input: { logGroupName: '/shop' } },
    },
    {
      write: update([{ path: '/Aliases', value: both }]),
      state: config('DistributionConfig.Aliases'),
      after: both,
      undo: update([{ path: '/Aliases', value: { $before: '@' } }]),
    },
  ];
  const states = changes.map(({ state }) => state);
  for (const [index, captured] of (await read(states)).entries()) {
    const change = changes[index];
    if (change) change.before = captured;
  }
  const [listener, group, aliases] = changes as [Change, Change, Change];
  const report = {
    schema: 'constat/audit@1',
    audit: {
      id: '20261128-00000000',
      startedAt: '2026-11-28T08:00:00.000Z',
      finishedAt: '2026-11-28T08:00:01.000Z',
      lang: 'en',
      tool: { name: 'constat', version: '0.1.0' },
      estate: { name: 'shop', path: '.' },
    },
    findings: [],
    plan: {
      steps: [
        step('S-01', [listener], { proofs: ['P-01'] }),
        step('S-02', [group]),
        step('S-03', [aliases], { after: ['S-01'] }),
        step('S-04', [], { state: 'needs-input', needs: [text('the domain')] }),
      ],
    },
    proofs: [
      {
        id: 'P-01',
        title: text('it listens'),
        command: 'aws elbv2 describe-listeners',
        expected: text('one'),
        check: { type: 'aws', read: listeners('Listeners[].Port'), equals: [8080] },
      },
    ],
  } satisfies Partial<Report>;
  reportSchema.pick({ audit: true, plan: true, proofs: true }).parse(report);
  const cwd = mkdtempSync(path.join(tmpdir(), 'constat-apply-'));
  made.push(cwd);
  mkdirSync(path.join(cwd, 'constat-report'));
  writeFileSync(path.join(cwd, 'constat-report/report.json'), JSON.stringify(report));
  return { cwd, states, ids };
}

/** What these reads give, as the audit captures it. */
async function read(states: readonly AwsRead[]): Promise<Json[]> {
  const environment = {
    AWS_ENDPOINT_URL: moto.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const account = await openAccount({}, REGION);
  try {
    return await Promise.all(states.map((state) => account.read(state)));
  } finally {
    account.close();
    vi.unstubAllEnvs();
  }
}

const sdk = () => ({
  endpoint: moto.url,
  region: REGION,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

test('a plan is shown, applied, proven and undone, and every state is what it was', async () => {
  const { cwd, states } = await estate();
  const before = await read(states);

  const shown = await constat(cwd, 'apply');
  expect(shown).toMatchObject({ status: 0, err: '' });
  expect(shown.out).toContain('elbv2 CreateListener: to do');
  expect(shown.out).toContain('+ Items[1]: "www.shop.example"');
  expect(shown.out).toContain('not applied: a value is needed that nothing tells');
  expect(shown.out).toContain('Nothing was changed.');
  expect(await read(states)).toEqual(before);
  expect(readdirSync(cwd)).toEqual(['constat-report']);

  const unproven = await constat(cwd, 'prove');
  expect(unproven).toMatchObject({ status: 1, err: '' });

  const applied = await constat(cwd, 'apply', 'S-03', 'S-02', '--yes');
  expect(applied).toMatchObject({ status: 0, err: '' });
  expect(applied.out).toContain('Added, because other steps need them: S-01');
  const after = await read(states);
  expect(after).toMatchObject([
    [['HTTP', expect.stringContaining('targetgroup/api')]],
    ['/shop'],
    { Quantity: 2 },
  ]);

  const proven = await constat(cwd, 'prove', '--junit', 'out.xml');
  expect(proven).toMatchObject({ status: 0, err: '' });
  expect(readFileSync(path.join(cwd, 'out.xml'), 'utf8')).toContain('failures="0"');
  const again = await constat(cwd, 'apply', '--yes');
  expect(again.out).toContain('All of it is already done.');

  const [run = ''] = readdirSync(path.join(cwd, '.constat/runs'));
  const preview = await constat(cwd, 'rollback', run);
  expect(preview).toMatchObject({ status: 0, err: '' });
  expect(await read(states)).toEqual(after);
  const undone = await constat(cwd, 'rollback', run, '--yes');
  expect(undone).toMatchObject({ status: 0, err: '' });
  expect(undone.out).toContain('Undone: every state is what was captured.');
  expect((await read(states)).map((state, index) => differences(before[index], state))).toEqual([[], [], []]);
  expect((await constat(cwd, 'rollback', run, '--yes')).out).toContain('already undone');
}, 120_000);

test('what somebody changed since is refused, before and after', async () => {
  const { cwd, states, ids } = await estate();
  const Id = ids['distribution shop'] ?? '';
  const cloudfront = new CloudFrontClient(sdk());
  const alias = async (name: string) => {
    const { ETag, DistributionConfig } = await cloudfront.send(new GetDistributionConfigCommand({ Id }));
    const Aliases = { Quantity: 1, Items: [name] };
    await cloudfront.send(
      new UpdateDistributionCommand({
        Id,
        IfMatch: ETag,
        DistributionConfig: { ...DistributionConfig, Aliases } as never,
      }),
    );
  };
  await alias('other.example');
  const refused = await constat(cwd, 'apply', '--yes');
  expect(refused).toMatchObject({ status: 1, err: '' });
  expect(refused.out).toContain('captured by the audit: {"Quantity":1,"Items":["shop.example"]}');
  expect(refused.out).toContain('now: {"Quantity":1,"Items":["other.example"]}');
  expect(refused.out).toContain('Refused, nothing is changed: changed since the audit: S-03');
  expect((await read(states))[1]).toEqual([]);

  await alias('shop.example');
  expect((await constat(cwd, 'apply', '--yes')).status).toBe(0);
  await alias('third.example');
  const [run = ''] = readdirSync(path.join(cwd, '.constat/runs'));
  const kept = await constat(cwd, 'rollback', run, '--yes');
  expect(kept).toMatchObject({ status: 1, err: '' });
  expect(kept.out).toContain('S-03 cloudfront UpdateDistribution: has changed since');
  expect((await read(states))[1]).toEqual(['/shop']);
}, 120_000);

test('what cannot be used is one line', async () => {
  const { cwd } = await estate();
  const file = path.join(cwd, 'constat-report/report.json');
  const other = readFileSync(file, 'utf8').replaceAll('123456789012', '210987654321');
  writeFileSync(path.join(cwd, 'other.json'), other);
  for (const [parameters, message] of [
    [['apply', '--from', 'none.json'], /^constat: none\.json: cannot be read \(ENOENT\)/],
    [['apply', '--from', 'other.json'], /^constat: the plan is for account 210987654321, and these/],
    [['apply', 'S-09'], /^constat: S-09: no step of this plan/],
    [['apply', '--resume'], /^constat: no run was interrupted or stopped/],
    [['rollback', '20261128-090000-0000'], /^constat: 20261128-090000-0000: no run in/],
  ] as const) {
    const { status, out, err } = await constat(cwd, ...parameters);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  }
  const asked = await constat(cwd, 'apply', 'S-04', '--yes');
  expect(asked).toMatchObject({ status: 1, err: '' });
  expect(asked.out).toContain('asked for, and cannot be applied: S-04');
  const policy = await constat(cwd, 'policy', 'plan');
  expect(policy).toMatchObject({ status: 0, err: '' });
  expect(policy.out).toContain('"cloudfront:UpdateDistribution"');
}, 120_000);
