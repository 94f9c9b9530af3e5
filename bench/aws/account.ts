import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { motoPython, startMoto } from '../../test/aws/moto.ts';
import { type Measured, median, runOnce } from '../measure.ts';
import type { Line } from '../run.ts';
import type { Served } from './serve.ts';
import { Server } from './server.ts';

const REGION = 'us-east-1';
const LATENCY = { mean: 40, jitter: 10 };
/** Requests a second and at once, as AWS documents them for the reads of these services. */
const LIMITS = {
  ec2: { rate: 20, burst: 100 },
  elasticloadbalancing: { rate: 10, burst: 40 },
  ecs: { rate: 20, burst: 50 },
  lambda: { rate: 15, burst: 15 },
  route53: { rate: 5, burst: 5 },
  logs: { rate: 10, burst: 10 },
  cloudwatch: { rate: 9, burst: 9 },
  acm: { rate: 10, burst: 10 },
  sns: { rate: 30, burst: 30 },
  iam: { rate: 15, burst: 30 },
  secretsmanager: { rate: 40, burst: 40 },
  '*': { rate: 50, burst: 100 },
};

/** What asks, with the environment that leads it to a server. */
function asking(root: string, repository: string, out: string) {
  const environment = (url: string) => ({
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_REGION: REGION,
  });
  return {
    floor: (url: string): Measured => ({
      command: [process.execPath, path.join(import.meta.dirname, 'floor.ts'), REGION],
      environment: environment(url),
    }),
    audit: (url: string): Measured => ({
      command: [
        path.join(root, 'constat'),
        'audit',
        repository,
        '--aws',
        '--region',
        REGION,
        '--no-lock',
        '--quiet',
        '--out',
        out,
      ],
      environment: environment(url),
      // services that the recording lacks are not established
      accepts: [0, 3],
    }),
  };
}

/** The answers of an account of so many resources, made once with moto and kept. */
async function recorded(root: string, resources: number, ask: ReturnType<typeof asking>): Promise<string> {
  const file = path.join(root, `.cache/bench/aws-${resources}.jsonl`);
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  const found = motoPython();
  if ('missing' in found) throw new Error(found.missing);
  const moto = await startMoto();
  try {
    const script = path.join(import.meta.dirname, 'account.py');
    const filled = spawnSync(found.python, [script, '--endpoint', moto.url, '-n', String(resources)], {
      encoding: 'utf8',
    });
    if (filled.status !== 0) throw new Error(filled.stderr);
    const server = await Server.start(file, { upstream: moto.url });
    await runOnce(ask.floor(server.url));
    await runOnce(ask.audit(server.url));
    await server.served('write');
    server.stop();
  } finally {
    await moto.stop();
  }
  return file;
}

const total = (served: Served, operations: ReadonlySet<string>): number =>
  Object.entries(served.operations)
    .filter(([name]) => operations.has(name))
    .reduce((sum, [, calls]) => sum + calls, 0);

/** The least time in which buckets let these calls through, in seconds. */
function bucketsFloor(served: Served): number {
  const services = Map.groupBy(Object.entries(served.operations), ([name]) =>
    name.slice(0, name.indexOf(':')),
  );
  const limits: Record<string, { rate: number; burst: number }> = LIMITS;
  return Math.max(
    ...[...services].map(([service, operations]) => {
      const { rate, burst } = limits[service] ?? LIMITS['*'];
      const calls = operations.reduce((sum, [, count]) => sum + count, 0);
      return (calls - burst) / rate;
    }),
  );
}

const seconds = (value: number) => `${value.toFixed(2)} s`;

/** The audit of a recorded account against the least calls on bare HTTP. */
export async function account(
  root: string,
  scratch: string,
  resources: number,
  rounds: number,
): Promise<Line[]> {
  const repository = path.join(scratch, 'empty');
  mkdirSync(repository);
  const ask = asking(root, repository, path.join(scratch, 'report'));
  const file = await recorded(root, resources, ask);
  const title = `account of ${resources} resources`;
  const lines: Line[] = [];

  const server = await Server.start(file, { latency: LATENCY });
  const times = { floor: [] as number[], audit: [] as number[] };
  for (let round = 0; round < rounds; round++)
    for (const name of ['floor', 'audit'] as const)
      times[name].push((await runOnce(ask[name](server.url))).seconds);
  const [floor, audit] = [median(times.floor), median(times.audit)];
  await server.served();
  const floorSeen = (await runOnce(ask.floor(server.url), true)).observation;
  const least = await server.served();
  const auditSeen = (await runOnce(ask.audit(server.url), true)).observation;
  const asked = await server.served();
  server.stop();
  // the audit reads services that the synthetic account has nothing of, a call each; the least set leaves them out
  const same = new Set(Object.keys(least.operations));
  const [few, many] = [total(least, same), total(asked, same)];
  lines.push(
    {
      what: `${title}, by the floor`,
      measured: audit / floor,
      most: 3,
      unit: 'times',
      from: `${seconds(audit)} and ${seconds(floor)}`,
    },
    {
      what: `${title}, calls by the least set`,
      measured: many / few,
      most: 1.05,
      unit: 'times',
      from: `${many} and ${few}; ${asked.calls} with services that hold nothing`,
    },
    { what: `${title}, calls made twice`, measured: asked.duplicates, most: 0, unit: 'calls', from: '' },
    {
      what: `${title}, processor time by the floor`,
      measured: (auditSeen?.cpu ?? Number.NaN) / (floorSeen?.cpu ?? Number.NaN),
      most: 4,
      unit: 'times',
      from: `${seconds(auditSeen?.cpu ?? Number.NaN)} and ${seconds(floorSeen?.cpu ?? Number.NaN)}`,
    },
    {
      what: `${title}, peak memory by the floor`,
      measured: (auditSeen?.peak ?? Number.NaN) / (floorSeen?.peak ?? Number.NaN),
      most: 3,
      unit: 'times',
      from: `${Math.round(auditSeen?.peak ?? 0)} MiB and ${Math.round(floorSeen?.peak ?? 0)} MiB`,
    },
  );

  const limited = await Server.start(file, { latency: LATENCY, limits: LIMITS });
  const slow = await runOnce(ask.audit(limited.url));
  const held = await limited.served();
  limited.stop();
  const floorOfBuckets = bucketsFloor(asked);
  lines.push(
    {
      what: `${title}, with limits, by the buckets`,
      measured: held.span / floorOfBuckets,
      most: 1.2,
      unit: 'times',
      from: `${seconds(held.span)} from the first call to the last answer, and ${seconds(floorOfBuckets)}; ${seconds(slow.seconds)} in all`,
    },
    {
      what: `${title}, throttled of all calls`,
      measured: held.throttled / held.calls,
      most: 0.05,
      unit: 'times',
      from: `${held.throttled} of ${held.calls}`,
    },
    {
      what: `${title}, calls lost to limits`,
      measured: asked.calls - (held.calls - held.throttled),
      most: 0,
      unit: 'calls',
      from: '',
    },
  );
  return lines;
}
