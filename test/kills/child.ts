/**
 * One life of a run: `child.ts FOLDER sdk|plain`. Begins the run of the folder, or resumes it, and says `begun` and
 * `ended`. What it asks is at AWS_ENDPOINT_URL: by the SDK, as `constat apply` does, or by the plainest requests, which
 * start sooner and are killed more often in the same time.
 */
import { search } from '@jmespath-community/jmespath';
import type { Account } from '#act/account.ts';
import { openHome } from '#act/journal/folder.ts';
import { takeLock } from '#act/journal/lock.ts';
import { runSteps } from '#act/run.ts';
import { createRun, interrupted, openRun } from '#act/runs.ts';
import type { Json } from '#model/fact.ts';
import { STEPS } from './plan.ts';
import { SLOWEST } from './server.ts';

const identity = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/test' };
const url = process.env.AWS_ENDPOINT_URL ?? '';

async function asked(service: string, operation: string, input: Record<string, unknown>): Promise<object> {
  if (service === 'ecs') {
    const headers = { 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}` };
    return (
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
    ).json() as Promise<object>;
  }
  const body = new URLSearchParams({ Action: operation, Port: String(input.Port) });
  const xml = await (await fetch(url, { method: 'POST', body })).text();
  return { Listeners: [...xml.matchAll(/<Port>(\d+)</g)].map(([, port]) => ({ Port: Number(port) })) };
}

const plain: Account = {
  identity,
  async read({ service, operation, input, query }) {
    return search((await asked(service, operation, input)) as never, query) as Json;
  },
  document: (read) => plain.read(read),
  async send({ service, operation, input }) {
    await asked(service, operation, input);
    return { answer: 'accepted', status: 200 };
  },
  known: async () => {},
  lastWriter: async () => undefined,
};

const [root = '', sort] = process.argv.slice(2);
const time = {
  now: () => new Date(),
  sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
};
const account =
  sort === 'sdk' ? await (await import('#act/aws-account.ts')).openAccount({}, 'eu-west-3') : plain;
const lock = takeLock(await openHome(root), time.now);
const open = interrupted(root).at(-1);
process.stdout.write('begun\n');
const plan = {
  audit: { id: 'x', startedAt: '2026-11-28T08:00:00.000Z', estate: { name: 'shop', path: '.' } },
  steps: STEPS,
  proofs: [],
  findings: [],
};
const run =
  open === undefined
    ? await createRun(root, plan, { ...identity, autoRollback: false }, time)
    : await openRun(root, open, time);
const { result } = await runSteps(
  {
    account,
    journal: run.journal,
    time,
    // the server has long done what it was asked
    waits: { state: 10_000, underWay: 3 * SLOWEST, first: 5 },
    run: run.id,
    since: plan.audit.startedAt,
    check: () => lock.check(),
  },
  run.plan.steps,
  { proofs: [], provers: { time }, autoRollback: false, tell() {} },
);
lock.release();
process.stdout.write(`ended ${result}\n`);
process.exit(0);
