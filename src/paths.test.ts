import { describe, expect, test } from 'vitest';
import type { CollectedEstate, Wanted } from '#collect/collect.ts';
import { noArtifacts } from '#model/artifacts.ts';
import type { Fact } from '#model/fact.ts';
import type { ProbeAnswers } from '#model/probe.ts';
import { reconcile } from '#reconcile/reconcile.ts';
import {
  type Account,
  BALANCER,
  checkOf,
  DISTRIBUTION,
  IMAGE,
  SERVICE,
} from '#reconcile/trace/test-estate.ts';
import { BALANCER_DNS, plainShop, shop } from '#reconcile/trace/test-shop.ts';
import { withPaths } from './paths.ts';

const ANSWERS: ProbeAnswers = {
  url: 'https://shop.example/',
  host: 'shop.example',
  at: '2026-11-28T10:00:00.000Z',
  names: [
    { name: 'shop.example', result: 'no-name', a: [], aaaa: [], aliases: [], unread: [], notPublic: [] },
  ],
  tls: [],
  journey: { hops: [], end: 'silent' },
  origins: [],
  operations: [],
  milliseconds: 1,
};

/** An account that was read; what is asked further is answered in turns, and kept. */
function collected(account: Account, ...turns: Fact[][]) {
  const asked: Wanted[] = [];
  const probed: { url: string; balancers: unknown }[] = [];
  const estate = {
    facts: account.facts(),
    artifacts: noArtifacts(),
    observations: [account.observation()],
    more: async (wanted: Wanted) => {
      asked.push(wanted);
      return turns.shift();
    },
    probe: async (url: string, { balancers }: { balancers?: unknown }) => {
      probed.push({ url, balancers });
      return ANSWERS;
    },
  } as unknown as CollectedEstate;
  const reconciledFrom = (facts: readonly Fact[]) =>
    reconcile('shop', facts, estate.artifacts, [], undefined, estate.observations);
  const follow = (options: { urls: string[]; isOnlyPaths?: boolean; probe?: boolean }) =>
    withPaths(estate, { isOnlyPaths: false, probe: false, ...options }, reconciledFrom);
  return { follow, asked, probed };
}
const URLS = ['https://shop.example/'];

test('what stands on a path is asked for, and what that tells is followed again', async () => {
  const account = shop();
  const later = account.facts().filter(({ kind }) => kind === SERVICE);
  account.remove(SERVICE);
  const { follow, asked } = collected(account, later);
  const { paths } = await follow({ urls: URLS });
  expect(asked).toHaveLength(2);
  expect(asked[0]?.resources.map(({ kind }) => kind)).toContain(BALANCER);
  expect(asked[0]?.resources.map(({ kind }) => kind)).not.toContain(SERVICE);
  expect(asked[1]?.resources.map(({ kind }) => kind)).toContain(SERVICE);
  expect(paths[0]?.hops.map(({ role }) => role)).toContain('service');
});

test('an estate that always has more to tell is asked a few times only', async () => {
  const endless = Array.from({ length: 100 }, () => []);
  const { follow, asked } = collected(shop(), ...endless);
  const { paths } = await follow({ urls: URLS });
  expect(asked.length).toBeLessThan(10);
  expect(paths).toHaveLength(1);
});

test('an image that a definition names alone, and regions that names lead to, are asked for', async () => {
  const account = shop().remove(IMAGE);
  account.set(DISTRIBUTION, { origins: [{ id: 'front', domainName: 'far-1.eu-north-1.elb.amazonaws.com' }] });
  const { follow, asked } = collected(account);
  await follow({ urls: ['https://shop.example/', `https://${BALANCER_DNS}/`] });
  expect(asked[0]?.regions).toEqual(['eu-north-1']);
  expect(asked[0]?.resources.filter(({ kind }) => kind === IMAGE)).toHaveLength(1);
});

test('without a URL nothing is followed and nothing asked', async () => {
  const { follow, asked } = collected(shop());
  expect((await follow({ urls: [] })).paths).toEqual([]);
  expect(asked).toEqual([]);
});

describe('where no repository is read', () => {
  test('what stands on no path is left out, with its relations', async () => {
    const account = plainShop();
    account.see('AWS::SQS::Queue', 'orders', {});
    const whole = await collected(account).follow({ urls: URLS });
    const { resources, relations, systems } = await collected(account).follow({
      urls: URLS,
      isOnlyPaths: true,
    });
    expect(whole.resources.map(({ name }) => name)).toContain('orders');
    expect(resources.map(({ name }) => name)).not.toContain('orders');
    const ids = new Set(resources.map(({ id }) => id));
    for (const { from, to } of relations) expect(ids.has(from) && ids.has(to)).toBe(true);
    expect(systems).toEqual([]);
  });
});

describe('real requests', () => {
  test('are sent only where they were asked for, and told beside the first hop', async () => {
    const without = collected(plainShop());
    await without.follow({ urls: URLS });
    expect(without.probed).toEqual([]);
    const { follow, probed } = collected(plainShop());
    const [path] = (await follow({ urls: URLS, probe: true })).paths;
    expect(probed).toEqual([
      {
        url: 'https://shop.example/',
        balancers: [{ host: BALANCER_DNS, port: 443, scheme: 'https', hostHeader: 'shop.example' }],
      },
    ]);
    expect(path && checkOf(path, 'probe-dns-unresolved')?.result).toBe('fail');
    expect(path?.side.at(-1)).toMatchObject({ role: 'probe', of: path?.hops[0]?.resource });
  });

  test('carry no query, which may hold a token', async () => {
    const { follow, probed } = collected(plainShop());
    const { paths } = await follow({ urls: ['https://shop.example/a?token=canary'], probe: true });
    expect(JSON.stringify([probed, paths])).not.toContain('canary');
  });
});
