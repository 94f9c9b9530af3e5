import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact, Json } from '#model/fact.ts';
import { faultyPlaces } from '#reconcile/trace/causes.ts';
import { type Moto, motoPython, startMoto, testsNeedMoto } from '../aws/moto.ts';
import { type AwsProxy, startProxy } from '../aws/proxy.ts';
import { seed } from '../aws/seed.ts';
import { ACCOUNT, base, Maker, REGION } from './account.ts';
import { asIfThere } from './as-if-there.ts';
import { FAULTS, type Fault } from './faults.ts';
import { make } from './made.ts';
import { pathOf, type Seen, seen } from './observed.ts';
import { HOST_URLS, SOUND } from './sound.ts';

testsNeedMoto();

let moto: Moto | undefined;
let proxy: AwsProxy | undefined;
let account: Seen = { facts: [], observations: [] };
/** What AWS calls the things whose names are URLs themselves. */
const ids = new Map<string, string>();

const urlOf = (url: string) =>
  url.replace(/^(https?:\/\/)<(.+?)>/, (_, scheme, what) => `${scheme}${ids.get(what)}`);

beforeAll(async () => {
  if ('missing' in motoPython()) return;
  moto = await startMoto({ account: ACCOUNT });
  proxy = await startProxy({ upstream: moto.url, account: ACCOUNT });
  const maker = new Maker(moto.url, REGION, ACCOUNT);
  for (const [key, id] of Object.entries(await seed(moto.url, REGION, base, ACCOUNT))) {
    const [what = '', ...name] = key.split(' ');
    maker.keep(what, name.join(' '), id);
  }
  await make(maker);
  for (const what of HOST_URLS) {
    const [kind = '', name = ''] = what.split(' ');
    ids.set(what, maker.id(kind, name));
  }
  asIfThere(proxy, maker);
  account = await seen(proxy.url, REGION, [
    ...SOUND.map(([url]) => urlOf(url)),
    ...FAULTS.map(({ url }) => url),
  ]);
  maker.close();
}, 60_000);

afterAll(async () => {
  await proxy?.stop();
  await moto?.stop();
});

const checksOf = ({ hops, side }: ReturnType<typeof pathOf>) =>
  [...hops, ...side].flatMap(({ checks }) => checks);

describe('what is sound is said to be, as far as it was read', () => {
  test.each(SOUND)('%s', (url, roles, unknown = '') => {
    const path = pathOf(account, urlOf(url));
    const of = (result: string) => checksOf(path).filter((check) => check.result === result);
    expect({
      fails: of('fail').map(({ id, text }) => `${id}: ${text.en}`),
      path: path.hops.map(({ role }) => role).join(' '),
      unknown: [...new Set(of('unknown').map(({ id }) => id))].join(' '),
    }).toEqual({ fails: [], path: roles, unknown });
  });
});

/** The facts with what a fault changes, each property where it is stated; nothing is changed in place. */
function broken(facts: readonly Fact[], { at: [kind, isMeant], ...fault }: Fault): Fact[] {
  const meant = facts.filter((fact) => fact.kind.endsWith(`::${kind}`) && isMeant(fact));
  expect(meant.length).toBeGreaterThan(0);
  // details of one thing are facts of their own
  const own = facts.filter(
    (one) => meant.includes(one) || meant.some(({ arn }) => arn !== undefined && arn === one.arn),
  );
  if ('gone' in fault) return facts.filter((one) => !own.includes(one));
  const states = (key: string) => own.find(({ properties }) => properties?.[key] !== undefined) ?? own[0];
  const whole = Object.assign({}, ...[...own].reverse().map(({ properties }) => properties)) as Record<
    string,
    Json
  >;
  const changes = Object.entries(fault.set(whole));
  return facts.map((fact) => {
    const changed = changes.filter(([key]) => states(key) === fact);
    return changed.length === 0
      ? fact
      : { ...fact, properties: { ...fact.properties, ...Object.fromEntries(changed) } };
  });
}

describe('what is broken is blamed where it stands', () => {
  test.each(FAULTS)('$url: $what', (fault) => {
    const path = pathOf({ ...account, facts: broken(account.facts, fault) }, fault.url);
    const roles = new Map([...path.side, ...path.hops].map(({ resource, role }) => [resource ?? '', role]));
    expect(
      faultyPlaces(path.hops, path.side).map(({ check, place }) => `${check} at ${roles.get(place)}`),
    ).toEqual(fault.blamed);
    const unknown = checksOf(path).filter(({ result }) => result === 'unknown');
    for (const id of fault.unknown ?? []) expect(unknown.map((check) => check.id)).toContain(id);
  });
});
