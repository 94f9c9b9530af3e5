import { afterEach, expect, onTestFinished, test } from 'vitest';
import { Budget, type ProbeLimits, Silent } from './budget.ts';
import { Names } from './names.ts';
import { TestNameServer, type Zone } from './test-name-server.ts';

const servers: TestNameServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function names(zone: Zone, { timeout = 600, ...limits }: ProbeLimits = {}) {
  const server = await TestNameServer.start(zone);
  servers.push(server);
  const budget = new Budget({ ...limits, timeout });
  const reach = { given: new Set<string>(), privateToo: false };
  const made = new Names(budget, reach, limits.resolver ?? [server.address], timeout);
  onTestFinished(() => made.close());
  return { names: made, server, budget };
}

const silenceOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'an answer',
    (error: unknown) => (error instanceof Silent ? `${error.silence} ${error.code}` : error),
  );

test('a name is told with its aliases in turn, its zone, and who may issue certificates', async () => {
  const { names: dns } = await names({
    'www.shop.test': { CNAME: ['shop.cdn.test'] },
    'shop.cdn.test': { CNAME: ['edge.cdn.test'], NS: ['ns.cdn.test'] },
    'edge.cdn.test': { A: ['198.41.0.4', '199.9.14.201'], AAAA: ['2001:500:200:0:0:0:0:b'] },
    'shop.test': {
      NS: ['ns2.dns.test', 'ns1.dns.test'],
      CAA: ['0 issue amazon.com', '128 iodef mailto:x@shop.test'],
    },
  });
  expect(await dns.lookDeeper('www.shop.test')).toEqual({
    name: 'www.shop.test',
    result: 'addresses',
    a: ['198.41.0.4', '199.9.14.201'],
    aaaa: ['2001:500:200::b'],
    aliases: ['shop.cdn.test', 'edge.cdn.test'],
    zone: 'shop.test',
    nameServers: ['ns1.dns.test', 'ns2.dns.test'],
    issuers: { name: 'shop.test', records: ['0 issue amazon.com', '128 iodef mailto:x@shop.test'] },
    unread: [],
    notPublic: [],
  });
});

test('no name and no address are answers', async () => {
  const { names: dns } = await names({
    'mail.shop.test': { NS: ['x.test'] },
    'dangling.test': { CNAME: ['gone.test'] },
  });
  expect(await dns.look('nothing.test')).toMatchObject({ result: 'no-name', unread: [] });
  expect(await dns.look('mail.shop.test')).toMatchObject({ result: 'no-address', unread: [] });
  expect(await dns.look('dangling.test')).toMatchObject({ result: 'no-name', aliases: ['gone.test'] });
  expect(await silenceOf(dns.addresses('nothing.test'))).toBe('unresolved NXDOMAIN');
  expect(await silenceOf(dns.addresses('mail.shop.test'))).toBe('unresolved NODATA');
});

test('aliases that lead in a circle end', async () => {
  const { names: dns } = await names({ 'a.test': { CNAME: ['b.test'] }, 'b.test': { CNAME: ['a.test'] } });
  expect(await dns.look('a.test')).toMatchObject({ aliases: ['b.test'], aliasesLoop: true });
});

test.each<[string, 'SERVFAIL' | 'REFUSED' | 'silent', string]>([
  ['fails', 'SERVFAIL', 'ESERVFAIL'],
  ['refuses', 'REFUSED', 'EREFUSED'],
  ['says nothing', 'silent', 'ETIMEOUT'],
])('a name server that %s tells nothing of the name', async (_, how, why) => {
  const { names: dns } = await names({ 'shop.test': how });
  const { result, unread } = await dns.look('shop.test');
  expect(result).toBe('unknown');
  expect(unread).toContainEqual({ record: 'A', why });
  expect(await silenceOf(dns.addresses('shop.test'))).toBe(`resolver ${why}`);
});

test('no name server at all tells nothing of the name', async () => {
  const { server } = await names({});
  const { address } = server;
  await server.stop();
  servers.length = 0;
  const { names: dns } = await names({}, { resolver: [address] });
  expect((await dns.look('shop.test')).result).toBe('unknown');
});

test('an answer that is cut is asked for again by TCP', async () => {
  const { names: dns, server } = await names({
    'shop.test': { A: Array.from({ length: 60 }, (_, at) => `198.41.1.${at}`) },
  });
  server.truncates = true;
  expect((await dns.look('shop.test')).a).toHaveLength(40);
  expect(server.asked).toContain('A shop.test/tcp');
});

test('addresses of private networks are told and not followed; a public one beside them is', async () => {
  const { names: dns } = await names({
    'inside.test': { A: ['10.0.0.1', '169.254.169.254'] },
    'both.test': { A: ['10.0.0.1', '198.41.0.4'] },
  });
  expect((await dns.look('inside.test')).notPublic.sort()).toEqual(['10.0.0.1', '169.254.169.254']);
  expect(await silenceOf(dns.addresses('inside.test'))).toMatch(/^not-public /);
  expect(await dns.addresses('both.test')).toEqual(['198.41.0.4']);
});

test('each name is asked for once, and no more than the budget holds', async () => {
  const { names: dns, server, budget } = await names({ 'shop.test': { A: ['198.41.0.4'] } }, { requests: 3 });
  await Promise.all([dns.look('shop.test'), dns.look('shop.test')]);
  expect(server.asked.sort()).toEqual(['A shop.test', 'AAAA shop.test', 'CNAME shop.test']);
  expect(budget.spent).toBeUndefined();
  expect((await dns.look('other.test')).result).toBe('unknown');
  expect(await silenceOf(dns.addresses('other.test'))).toBe('limit limit');
  expect(budget.spent).toBe('requests');
  expect(server.asked).toHaveLength(3);
});
