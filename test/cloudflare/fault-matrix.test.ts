import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCOUNTS } from '#collect/cloudflare/open-account.ts';
import type { Resource } from '#model/resource.ts';
import { hex } from './api/estate.ts';
import type { Fault } from './api/faults.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { EVERYTHING } from './everything.ts';
import {
  Auditing,
  declaredEstate,
  type Judged,
  NOW,
  type Outcome,
  READS,
  type Read,
  requestTo,
} from './matrix/estate.ts';
import { CASES, type Case } from './matrix/faults.ts';

/** Audits that are under way at once, each with an account of its own. */
const AT_ONCE = 6;

let auditing: Auditing;
let sound: Outcome;
let apis: CloudflareApi[];

beforeAll(async () => {
  apis = await Promise.all(
    Array.from({ length: AT_ONCE }, () => startCloudflareApi(EVERYTHING, { clock: () => NOW })),
  );
  auditing = new Auditing(await declaredEstate());
  sound = await auditing.of(requestTo(apis[0] as CloudflareApi));
});
afterAll(async () => {
  await Promise.all(apis.map((api) => api.stop()));
});

/** Answers of today hold the policies of an application; where they do not, each is asked for its own. */
const withoutPolicies: Fault = {
  kind: 'patch',
  patch: (envelope: { result: Record<string, unknown>[] }) => ({
    ...envelope,
    result: envelope.result.map(({ policies: _, ...rest }) => rest),
  }),
};
const APPLICATIONS = '/accounts/{account_id}/access/apps';
const VERIFY_OF_ACCOUNT = '/accounts/{account_id}/tokens/verify';

/** What has to be so for a read to be made at all. */
const ARRANGED: Readonly<Record<string, (api: CloudflareApi) => void>> = {
  [`${APPLICATIONS}/{app_id}/policies`]: (api) => api.when(APPLICATIONS, withoutPolicies),
  // the token is the account's own
  [VERIFY_OF_ACCOUNT]: (api) => {
    const result = { id: hex('token', 'Everything', 'ci'), status: 'active' };
    api.when('/user/tokens', { kind: 'deny' });
    api.when('/user/tokens/verify', { kind: 'status', status: 401, code: 1000 });
    api.when(VERIFY_OF_ACCOUNT, {
      kind: 'answer',
      body: { success: true, errors: [], messages: [], result },
    });
  },
};

const isSure = ({ status }: Resource) => status !== 'unverified';
const plain = (value: unknown) => JSON.stringify(value);
const sorted = (values: readonly unknown[]) => values.map(plain).sort();

/** What an audit that lacked a read says that it may not say. */
function wrongIn(after: Judged, sound: Judged, { path, permission, kinds }: Read, { told }: Case): string[] {
  const operation = `GET ${path}`;
  const wrong: string[] = [];
  for (const [key, resource] of after.resources) {
    const was = sound.resources.get(key);
    const name = `${resource.kind} ${resource.name}`;
    if (!kinds.has(resource.kind)) {
      if (plain(was) !== plain(resource)) wrong.push(`${name} is another than in the sound audit`);
    } else if (isSure(resource)) {
      if (was?.status !== resource.status)
        wrong.push(`${name} is ${resource.status}, and was ${was?.status ?? 'not there'}`);
    } else if (!was || isSure(was)) {
      const reason = resource.reason?.en ?? '';
      if (!reason.includes(operation)) wrong.push(`${name} does not say why: ${reason}`);
      if (told === 'denied' && permission && !reason.includes(permission))
        wrong.push(`${name} does not name the permission: ${reason}`);
    }
  }
  const gone = [...sound.resources].filter(([key]) => !after.resources.has(key));
  for (const [, { kind, name, status }] of gone) {
    // what only the account told is not known without it; what is declared is there under the name of its declaration
    if (!kinds.has(kind)) wrong.push(`${kind} ${name} (${status}) is not there any more`);
  }
  const findings = [...after.findings.keys()].filter((one) => !sound.findings.has(one));
  wrong.push(
    ...findings.map(
      (one) => `a finding that the sound audit has not: ${plain(after.findings.get(one)?.title.en)}`,
    ),
  );
  return wrong;
}

/** What an audit does not say of a read that it lacked. */
function unsaidIn(
  { coverage, code, lookups, facts }: Outcome,
  { path, permission }: Read,
  { told }: Case,
): string[] {
  const operation = `GET ${path}`;
  const unsaid: string[] = [];
  const counted = coverage.flatMap(({ operations }) => operations).filter(({ name }) => name === operation);
  const [entry] = counted;
  if (!entry || counted.length !== 1) return [`the coverage names it ${counted.length} times`];
  const { calls, denied, failed, throttled } = entry;
  // nothing is known of an account that no list tells
  if (told === 'unavailable' && path !== ACCOUNTS) {
    const why = [
      ...lookups.flatMap(({ refusal }) => refusal ?? []),
      ...facts.flatMap(({ refusals = [] }) => refusals),
    ];
    if (denied + failed > 0) unsaid.push('what is not offered is counted as a failure');
    if (!why.some((one) => one.operation === operation && one.sort === 'unavailable'))
      unsaid.push('nothing says that it is not offered');
    return unsaid;
  }
  if (code !== 3) unsaid.push(`the exit code is ${code}`);
  if (told === 'denied' ? denied === 0 || failed > 0 : failed === 0 || denied > 0)
    unsaid.push(`counted wrong: ${plain(entry)}`);
  if (told === 'throttled' && throttled === 0) unsaid.push('no 429 is counted');
  if (denied + failed > calls) unsaid.push(`more answers than calls: ${plain(entry)}`);
  if (permission !== '' && told === 'denied' && entry.permission !== permission)
    unsaid.push(`needs ${permission}, and says ${entry.permission}`);
  const places = coverage.filter(({ operations }) => operations.includes(entry));
  if (places.some(({ state }) => state === 'complete')) unsaid.push('the place is called complete');
  return unsaid;
}

/** What is different between two audits whose reads gave the same in the end: all that follows is made of it. */
function differences(after: Outcome, before: Outcome): string[] {
  const pairs: [what: string, after: string[], before: string[]][] = [
    ['facts', sorted(after.facts), sorted(before.facts)],
    ['lookups', sorted(after.lookups), sorted(before.lookups)],
  ];
  return pairs.flatMap(([what, now, then]) => {
    const added = now.filter((one) => !then.includes(one));
    const lost = then.filter((one) => !now.includes(one));
    return added.length + lost.length > 0
      ? [`${what} differ: ${[...added, ...lost].join().slice(0, 200)}`]
      : [];
  });
}

const met = new Set<string>();

const judgedOnce = new Map<Outcome, Promise<Judged>>();
/** What a sound audit makes. */
function judgedOf(outcome: Outcome): Promise<Judged> {
  const judged = judgedOnce.get(outcome) ?? outcome.judged();
  judgedOnce.set(outcome, judged);
  return judged;
}

/** What is read where nothing goes wrong, by what had to be arranged. */
const sounds = new Map<string, Promise<Outcome>>();
function soundOf(api: CloudflareApi, read: Read): Promise<Outcome> | Outcome {
  const arrange = ARRANGED[read.path];
  if (!arrange) return sound;
  const own = async () => {
    api.clear();
    arrange(api);
    return auditing.of(requestTo(api), read.products, sound);
  };
  const known = sounds.get(read.path) ?? own();
  sounds.set(read.path, known);
  return known;
}

async function judged(api: CloudflareApi, read: Read, one: Case): Promise<string[]> {
  const before = await soundOf(api, read);
  api.clear();
  ARRANGED[read.path]?.(api);
  api.when(read.path, one.fault(), one.conditions);
  const after = await auditing.of(requestTo(api, one.timeout), read.products, before);
  const { total, errors } = api.statistics;
  const faulty = errors.map((error) => `the server failed: ${error}`);
  if (total.faults + total.denied + total.throttled === 0) return [...faulty, 'it was never asked'];
  met.add(read.path);
  const isTold = after.coverage.some(({ state }) => state !== 'complete');
  const wrong =
    one.told === undefined || (one.mayPass && !isTold)
      ? differences(after, before)
      : [...wrongIn(await after.judged(), await judgedOf(before), read, one), ...unsaidIn(after, read, one)];
  return [...faulty, ...wrong];
}

test('the sound audit says everything: each kind is seen, and something of most is missing', async () => {
  const { code, coverage, lookups } = sound;
  const { resources } = await judgedOf(sound);
  expect(code).toBe(0);
  expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete']);
  expect(lookups.filter(({ refusal }) => refusal)).toEqual([]);
  const statuses = Map.groupBy(resources.values(), ({ kind }) => kind);
  const seen = [...statuses].filter(([, list]) => list.some(({ observed }) => observed.length > 0));
  const missing = [...statuses].filter(([, list]) => list.some(({ status }) => status === 'missing'));
  expect(seen.length).toBe(new Set(READS.flatMap(({ kinds }) => [...kinds])).size);
  expect(missing.length).toBeGreaterThan(16);
});

test('no status depends on a read that was broken, and every one that changes says why', {
  timeout: 240_000,
}, async () => {
  const wrong: string[] = [];
  const waiting = READS.flatMap((read) => CASES.map((one) => [read, one] as const)).filter(
    // an answer that was given in place of the API's is not changed any further
    ([{ path }, one]) =>
      path !== VERIFY_OF_ACCOUNT || !['garble', 'cut-page', 'patch'].includes(one.fault().kind),
  );
  await Promise.all(
    apis.map(async (api) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [read, one] = next;
        for (const what of await judged(api, read, one)) wrong.push(`GET ${read.path}, ${one.name}: ${what}`);
      }
    }),
  );
  expect([...new Set(wrong)].slice(0, 60)).toEqual([]);
  expect(READS.filter(({ path }) => !met.has(path))).toEqual([]);
});
