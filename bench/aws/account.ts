import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { median, runOnce } from '../measure.ts';
import type { Line } from '../run.ts';
import { type Asking, asking, REGIONS } from './asking.ts';
import { type AwsPeer, awsPeers } from './peers.ts';
import { type Recorded, recorded } from './recorded.ts';
import { notReported } from './reported.ts';
import type { Served } from './serve.ts';
import { Server } from './server.ts';

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

/** The audit against the least calls on bare HTTP, without limits. Gives what it asked, too. */
async function againstFloor(
  title: string,
  { file, kinds, lacking }: Recorded,
  ask: Asking,
  rounds: number,
): Promise<{ lines: Line[]; asked: Served }> {
  const server = await Server.start(file, { latency: LATENCY });
  const times = { floor: [] as number[], audit: [] as number[] };
  for (let round = 0; round < rounds; round++)
    for (const name of ['floor', 'audit'] as const)
      times[name].push((await runOnce(ask[name](server.url))).seconds);
  const [floor, audit] = [median(times.floor), median(times.audit)];
  await server.servedWhole('the audit');
  const { observation: floorSeen } = await runOnce(ask.floor(server.url), true);
  const least = await server.servedWhole('the least set');
  const { observation: auditSeen } = await runOnce(ask.audit(server.url), true);
  const asked = await server.servedWhole('the audit');
  server.stop();
  // the audit reads services that the synthetic account has nothing of, a call each; the least set leaves them out
  const same = new Set(Object.keys(least.operations));
  const [few, many] = [total(least, same), total(asked, same)];
  const lines: Line[] = [
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
      from: `${many} and ${few}; ${asked.calls} with services that hold nothing, ${lacking.length} of which moto refuses`,
    },
    { what: `${title}, calls made twice`, measured: asked.duplicates, most: 0, unit: 'calls', from: '' },
    notReported(title, kinds, ask.out),
    {
      what: `${title}, processor time by the floor`,
      measured: auditSeen.cpu / floorSeen.cpu,
      most: 4,
      unit: 'times',
      from: `${seconds(auditSeen.cpu)} and ${seconds(floorSeen.cpu)}`,
    },
    {
      what: `${title}, peak memory by the floor`,
      measured: auditSeen.peak / floorSeen.peak,
      most: 3,
      unit: 'times',
      from: `${Math.round(auditSeen.peak)} MiB and ${Math.round(floorSeen.peak)} MiB`,
    },
  ];
  return { lines, asked };
}

/** The audit where services throttle, against the least time in which they let its calls through. */
async function withLimits(title: string, file: string, ask: Asking, asked: Served): Promise<Line[]> {
  const server = await Server.start(file, { latency: LATENCY, limits: LIMITS });
  const slow = await runOnce(ask.audit(server.url));
  const held = await server.servedWhole('the audit');
  server.stop();
  const floor = bucketsFloor(asked);
  return [
    {
      what: `${title}, with limits, by the buckets`,
      measured: held.span / floor,
      most: 1.2,
      unit: 'times',
      from: `${seconds(held.span)} from the first call to the last answer, and ${seconds(floor)}; ${seconds(slow.seconds)} in all`,
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
  ];
}

/** The audit against another tool, one after the other, in every region of the account. */
async function againstPeer(title: string, file: string, ask: Asking, peer: AwsPeer): Promise<Line> {
  const server = await Server.start(file, { latency: LATENCY });
  const audit = await runOnce(ask.audit(server.url, REGIONS));
  await server.servedWhole('the audit');
  const other = await runOnce(peer.at(server.url));
  const { calls, duplicates, missing } = await server.served();
  server.stop();
  return {
    what: `${title}, by ${peer.name}`,
    measured: audit.seconds / other.seconds,
    most: peer.most,
    unit: 'times',
    from: [
      `${seconds(audit.seconds)} and ${other.cut ? 'more than ' : ''}${seconds(other.seconds)}`,
      `${peer.version} makes ${calls} calls, ${duplicates} of them again`,
      // an error that is answered at once can only make it faster
      ...(missing.length > 0 ? [`${missing.length} operations not recorded`] : []),
    ].join('; '),
  };
}

/** The audit of a recorded account against the least calls on bare HTTP, and against its peers where they are wanted. */
export async function account(
  root: string,
  scratch: string,
  resources: number,
  rounds: number,
  withPeers: boolean,
): Promise<Line[]> {
  const repository = path.join(scratch, 'empty');
  mkdirSync(repository);
  const ask = asking(root, repository, path.join(scratch, 'report'));
  const peers = withPeers ? awsPeers(path.join(root, '.cache/bench/peers'), scratch) : [];
  const known = await recorded(root, resources, ask, peers);
  const title = `account of ${resources} resources`;
  const { lines, asked } = await againstFloor(title, known, ask, rounds);
  lines.push(...(await withLimits(title, known.file, ask, asked)));
  for (const peer of peers) lines.push(await againstPeer(title, known.file, ask, peer));
  return lines;
}
