import { afterAll, beforeAll, expect, test } from 'vitest';
import { motoPython, testsNeedMoto } from '../../aws/moto.ts';
import { URLS, type Way } from './account.ts';
import { denied } from './breakages/denied.ts';
import { breakages } from './breakages.ts';
import { Harbour } from './harbour.ts';
import { checksOf, told } from './told.ts';

testsNeedMoto();
let harbour: Harbour;
beforeAll(async () => {
  if ('python' in motoPython()) harbour = await Harbour.start();
}, 60_000);
afterAll(() => harbour?.stop());

const ROLES: Record<Way, string[]> = {
  web: ['dns', 'cdn', 'load-balancer', 'target-group', 'service', 'container'],
  orders: ['dns', 'load-balancer', 'target-group', 'service', 'container'],
  status: ['dns', 'load-balancer', 'target-group', 'service', 'container'],
};
const ways = Object.keys(URLS) as Way[];

test('the sound estate is followed to the container by each way, and everything that was looked at holds', {
  timeout: 60_000,
}, async () => {
  const { paths, audit } = await harbour.follow(Object.values(URLS));
  for (const [index, path] of paths.entries()) {
    expect(path.hops.map(({ role }) => role)).toEqual(ROLES[ways[index] as Way]);
    expect(path.causes).toEqual([]);
    const others = checksOf(path).filter(({ result }) => result !== 'pass');
    expect(others.map(({ id, text }) => `${id}: ${text.en}`)).toEqual([]);
    expect(new Set(path.side.map(({ role }) => role))).toEqual(
      new Set(['certificate', 'network', 'image', 'log-group', ...(index === 0 ? ['web-acl'] : [])]),
    );
  }
  expect(
    audit.findings.filter(({ rule }) => checksOf(paths[0] as never).some(({ id }) => id === rule)),
  ).toEqual([]);
});

test('a fault leaves nothing behind: the estate is sound again after it', { timeout: 60_000 }, async () => {
  const fault = breakages.find(({ id }) => id === 'listener-443-missing');
  expect(fault).toBeDefined();
  if (fault) expect((await told(harbour, fault)).missed).toEqual([]);
  const { paths } = await harbour.follow([URLS.web], () => {});
  expect(checksOf(paths[0] as never).filter(({ result }) => result === 'fail')).toEqual([]);
});

test('a read that is denied makes unknown what it would tell, with the permission, and nothing fails', {
  timeout: 120_000,
}, async () => {
  await harbour.follow(Object.values(URLS));
  const asked = harbour.asked;
  for (const operation of asked) {
    const { paths } = await harbour.follow(Object.values(URLS), ({ answers }) => answers.deny(operation));
    const failing = paths.flatMap(checksOf).filter(({ result }) => result === 'fail');
    expect([operation, failing.map(({ id, text }) => `${id}: ${text.en}`)]).toEqual([operation, []]);
    for (const one of denied.filter((each) => each.operation === operation)) {
      const unknown = checksOf(paths[ways.indexOf(one.way)] as never).filter(
        ({ result, refusal }) => result === 'unknown' && refusal?.permission === operation,
      );
      const ids = new Set(unknown.map(({ id }) => id));
      expect([operation, one.unknown.filter((id) => !ids.has(id))]).toEqual([operation, []]);
    }
  }
  // the list speaks of nothing that nobody asks for
  expect(denied.map(({ operation }) => operation).filter((operation) => !asked.includes(operation))).toEqual(
    [],
  );
});
