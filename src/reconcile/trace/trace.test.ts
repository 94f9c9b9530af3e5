import { describe, expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import type { Path } from '#model/path.ts';
import { Graph } from './graph.ts';
import {
  type Account,
  BALANCER,
  CERTIFICATE,
  CLUSTER,
  checksOf,
  DEFINITION,
  DISTRIBUTION,
  faultsOf,
  GROUP,
  IMAGE,
  idsOf,
  isFrench,
  LISTENER,
  LOG_GROUP,
  type Properties,
  RECORD,
  REPOSITORY,
  RULE,
  rolesOf,
  SERVICE,
  ZONE,
} from './test-estate.ts';
import {
  answer,
  behaviour,
  container,
  customOrigin,
  forward,
  group,
  plainShop,
  record,
  rule,
  shop,
  target,
  zone,
} from './test-shop.ts';
import { requestOf, trace } from './trace.ts';

describe('the request for a URL', () => {
  test.each([
    ['https://shop.example', 'https shop.example 443 /'],
    ['http://shop.example', 'http shop.example 80 /'],
    ['HTTPS://SHOP.example:8443/A/b', 'https shop.example 8443 /A/b'],
    ['https://shop.example:443/', 'https shop.example 443 /'],
    ['http://shop.example:443/', 'http shop.example 443 /'],
    ['https://[2001:DB8::1]:8443/x', 'https [2001:db8::1] 8443 /x'],
    ['https://192.0.2.7/', 'https 192.0.2.7 443 /'],
    ['https://bücher.example/ü', 'https xn--bcher-kva.example 443 /%C3%BC'],
    ['https://shop.example/a?token=s3cret#part', 'https shop.example 443 /a'],
    ['https://me:s3cret@shop.example/', 'https shop.example 443 /'],
    ['https://shop.example/a/../b/./c', 'https shop.example 443 /b/c'],
  ])('%s', (url, expected) => {
    const { scheme, host, port, path } = requestOf(url);
    expect(`${scheme} ${host} ${port} ${path}`).toBe(expected);
  });
});

test('nothing of a path holds the query, the fragment or the user of its URL', () => {
  for (const make of [shop, plainShop]) {
    const path = make().trace('https://me:canary1@shop.example:8443/a?token=canary2#canary3');
    expect(JSON.stringify(path)).not.toContain('canary');
    expect(path.url).toBe('https://shop.example:8443/a');
  }
});

test('a long path is kept once for each hop, and cut where it is shown', () => {
  const long = `/${'a'.repeat(20_000)}`;
  const account = plainShop();
  account.set(LISTENER, { defaultActions: [answer('404')] }, 'front:443');
  const path = account.trace(`https://shop.example${long}`);
  expect(path.hops[0]?.request?.path).toBe(long);
  for (const { text } of checksOf(path)) expect(text.en.length).toBeLessThan(500);
});

test.each([
  'https://[2001:db8::1]/',
  'https://192.0.2.7/',
  'https://localhost/',
  'https://com/',
  'https://xn--bcher-kva.example/',
])('%s, of which nothing is known, fails nowhere', (url) => {
  const path = shop().trace(url);
  expect(idsOf(path, 'fail')).toEqual([]);
  expect(path.hops).toHaveLength(1);
  expect(faultsOf(path)).toEqual([]);
});

test('an estate of which nothing was read fails nowhere', () => {
  const { path, resources, sought } = trace('https://shop.example/', new Graph([], [], []));
  expect(idsOf(path, 'fail')).toEqual([]);
  expect(idsOf(path, 'unknown')).toEqual(['dns-record-missing']);
  expect([resources, sought, path.causes]).toEqual([[], [], []]);
});

const LISTS = [
  ZONE,
  RECORD,
  DISTRIBUTION,
  CERTIFICATE,
  BALANCER,
  LISTENER,
  RULE,
  GROUP,
  CLUSTER,
  SERVICE,
  DEFINITION,
  REPOSITORY,
  IMAGE,
  LOG_GROUP,
];

describe('a list that was refused', () => {
  const one = LISTS.map((kind) => [kind]);
  const two = LISTS.flatMap((a, index) => LISTS.slice(index + 1).map((b) => [a, b]));
  test.each([...one, ...two])('%s %s makes nothing fail, and no other thing sound', (...kinds) => {
    for (const make of [shop, plainShop]) {
      const account = make();
      for (const kind of kinds) account.refuse(kind as typeof ZONE);
      const path = account.trace('https://shop.example/');
      expect(idsOf(path, 'fail')).toEqual([]);
      expect(path.causes).toEqual([]);
      expect(faultsOf(path)).toEqual([]);
    }
  });

  test('each that is on the path is asked for by its permission', () => {
    const unasked = LISTS.filter((kind) => {
      const asked = checksOf(shop().refuse(kind).trace('https://shop.example/')).flatMap(
        ({ refusal }) => refusal?.permission ?? [],
      );
      return !asked.includes(`list:${kind}`);
    });
    // clusters are known through their services, what a tag of a repository names is there
    expect(unasked).toEqual([CLUSTER, REPOSITORY, IMAGE]);
  });
});

/** Each with all of what was read of it refused. */
test.each([CERTIFICATE, BALANCER, GROUP, SERVICE, DEFINITION, REPOSITORY, IMAGE, LOG_GROUP])(
  'one %s of which only the name is known makes nothing fail',
  (kind) => {
    for (const thing of shop().things.filter((one) => one.kind === kind)) {
      const account = shop();
      const own = account.things.find((one) => one.kind === kind && one.name === thing.name);
      for (const property of Object.keys(own?.properties ?? {}))
        account.forget(kind, property, `read:${kind}`, thing.name);
      const path = account.trace('https://shop.example/');
      expect(idsOf(path, 'fail')).toEqual([]);
      expect(faultsOf(path)).toEqual([]);
    }
  },
);

describe('any one detail that was not read', () => {
  const details = shop().things.flatMap(({ kind, name, properties }) =>
    Object.keys(properties).map((property) => ({ kind, name, property })),
  );
  // without them the thing is another one, and its list tells them all
  const OWN = ['id', 'hostedZoneId', 'aliases', 'domainName', 'certificate', 'certificates', 'port'];
  test.each(details.filter(({ property }) => !OWN.includes(property)))(
    '$kind $property',
    ({ kind, name, property }) => {
      const account = shop();
      const thing = account.things.find((one) => one.kind === kind && one.name === name);
      if (!thing) throw new Error('nothing');
      delete thing.properties[property];
      thing.refusals.push({
        sort: 'denied',
        operation: 'x:Read',
        permission: 'x:Read',
        why: { fr: 'refusé', en: 'denied' },
      });
      expect(idsOf(account.trace('https://shop.example/'), 'fail')).toEqual([]);
    },
  );
});

const HOSTILE = 'a`b\u202e\u200fc\u0007\n**<b>';

/** Every name and text of what was observed with something hostile at its end. */
function hostile(account: Account): Account {
  const KEEP =
    /^(?:id|origin|origins|state|status|scheme|protocol|type|path|domainName|aliases|aliasTarget|dnsName|hostedZoneId|certificate|certificates|targetGroupArn|targetGroupArns|viewerProtocolPolicy|protocolPolicy|launchType|targetType|healthCheckPort|port|host|driver|notAfter|pushedAt|architectures|cpuArchitecture|rolloutState|statusCode|zone|arn|resourceRecords)$/;
  const spoilt = (value: Json, key: string): Json =>
    Array.isArray(value)
      ? value.map((one) => spoilt(one, key))
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([own, one]) => [own, spoilt(one, own)]))
        : typeof value === 'string' && !KEEP.test(key)
          ? value + HOSTILE
          : value;
  for (const thing of account.things) thing.properties = spoilt(thing.properties, '') as Properties;
  return account;
}

describe('hostile names', () => {
  const breakages: Record<string, (account: Account) => unknown> = {
    'nothing else': () => {},
    'names of origins': (one) =>
      one.set(DISTRIBUTION, { origins: [customOrigin(`x${HOSTILE}.example`, { path: `/${HOSTILE}` })] }),
    'names of a distribution': (one) => one.set(DISTRIBUTION, { aliases: [HOSTILE] }),
    'targets of a record': (one) => record(one.remove(RECORD, 'shop.example'), 'shop.example', HOSTILE),
    'names of certificates': (one) => {
      for (const thing of one.things.filter(({ kind }) => kind === CERTIFICATE))
        Object.assign(thing.properties, {
          domainName: HOSTILE,
          subjectAlternativeNames: [HOSTILE],
          status: HOSTILE,
        });
    },
    'groups that are gone': (one) => one.set(LISTENER, { defaultActions: [forward(HOSTILE)] }, 'front:443'),
    'conditions of rules': (one) => rule(one, 'front:443', 1, [`${HOSTILE}=${HOSTILE}`], [forward('x')]),
    'states and reasons of targets': (one) =>
      one.set(GROUP, {
        targets: [
          target(HOSTILE, 3000, HOSTILE, { reason: HOSTILE, zone: HOSTILE }),
          target('a', 1, 'unhealthy', { reason: HOSTILE }),
        ],
      }),
    'states of a load balancer': (one) => one.set(BALANCER, { state: HOSTILE }),
    'states of a service': (one) =>
      one.set(SERVICE, {
        status: HOSTILE,
        rolloutState: 'FAILED',
        rolloutStateReason: HOSTILE,
        runningCount: 0,
        stoppedTasks: [{ stoppedReason: `OutOfMemory ${HOSTILE}` }],
      }),
    containers: (one) =>
      one.set(DEFINITION, {
        containers: [
          container({
            name: HOSTILE,
            image: HOSTILE,
            listens: { [HOSTILE]: '127.0.0.1' },
            logging: { driver: 'awslogs', group: HOSTILE, region: HOSTILE },
          }),
        ],
      }),
    images: (one) => one.set(IMAGE, { architectures: [HOSTILE] }),
    redirects: (one) =>
      one.set(
        LISTENER,
        {
          defaultActions: [
            { type: 'redirect', protocol: HOSTILE, host: HOSTILE, port: HOSTILE, path: HOSTILE },
          ],
        },
        'front:443',
      ),
  };
  const ON_DISTRIBUTION = new Set(['names of origins', 'names of a distribution']);
  test.each(Object.keys(breakages))('%s', (name) => {
    for (const url of ['https://shop.example/', 'http://shop.example/a%60b%E2%80%AE'])
      for (const make of [shop, plainShop]) {
        const account = make();
        if (make === shop || !ON_DISTRIBUTION.has(name)) breakages[name]?.(account);
        expect(faultsOf(account.trace(url))).toEqual([]);
        expect(faultsOf(hostile(account).trace(url))).toEqual([]);
      }
  });
});

test('the same facts in another order give the same path, byte for byte', () => {
  for (const make of [shop, plainShop]) {
    const account = make();
    group(account, 'spare', [target('a', 1, 'unhealthy', { reason: 'x' })]);
    account.set(
      LISTENER,
      {
        defaultActions: [forward(account.one(GROUP, 'web').arn ?? '', account.one(GROUP, 'spare').arn ?? '')],
      },
      'front:443',
    );
    zone(account, 'example', 'Z2');
    const once = (isReversed: boolean) =>
      JSON.stringify(trace('https://shop.example/', account.graph({ isReversed })));
    expect(once(true)).toBe(once(false));
    expect(once(false)).toBe(once(false));
  }
});

test('a path of more hops than are told ends', () => {
  const account = plainShop();
  const arns = Array.from({ length: 100 }, (_, index) => {
    group(account, `g${index}`, []);
    return account.one(GROUP, `g${index}`).arn ?? '';
  });
  account.set(LISTENER, { defaultActions: [forward(...arns)] }, 'front:443');
  const path = account.trace('https://shop.example/');
  expect(path.hops).toHaveLength(60);
  expect(rolesOf(path).slice(0, 3)).toEqual(['dns', 'load-balancer', 'target-group']);
});

test('a chain of names longer than a path ends', () => {
  const account = zone(plainShop(), 'chain.example', 'Z9');
  for (let index = 0; index < 200; index += 1)
    record(
      account,
      `n${index}.chain.example`,
      [`n${index + 1}.chain.example`],
      { hostedZoneId: 'Z9' },
      'CNAME',
    );
  expect(account.trace('https://n0.chain.example/').hops.length).toBeLessThanOrEqual(60);
});

test('a path tells what stands on it, and of what more would have to be read', () => {
  const account = shop().remove(IMAGE);
  const { path, resources, sought, regions } = trace('https://shop.example/', account.graph());
  const kinds = new Set(resources.map(({ kind }) => kind));
  for (const kind of [RECORD, DISTRIBUTION, BALANCER, GROUP, SERVICE, DEFINITION, CERTIFICATE, LOG_GROUP])
    expect(kinds).toContain(kind);
  expect(sought).toEqual([{ kind: IMAGE, name: expect.stringContaining('/web:1.0'), region: 'eu-west-3' }]);
  expect(regions).toEqual([]);
  for (const { of } of path.side) expect(path.hops.map(({ resource }) => resource)).toContain(of);
  for (const { from } of path.hops.slice(1))
    expect(path.hops.map(({ resource }) => resource)).toContain(from);
});

test('regions that names lead to and that were not read are told', () => {
  const account = shop();
  account.set(DISTRIBUTION, { origins: [customOrigin('far-1.eu-north-1.elb.amazonaws.com')] });
  expect(trace('https://shop.example/', account.graph()).regions).toEqual(['eu-north-1']);
});

test('what is on a way that is perhaps not taken fails nowhere', () => {
  const account = plainShop();
  group(account, 'beta', []);
  rule(account, 'front:443', 1, ['http-header=X-Beta'], [forward(account.one(GROUP, 'beta').arn ?? '')]);
  const path = account.trace('https://shop.example/');
  expect(idsOf(path, 'fail')).toEqual([]);
  expect(idsOf(path, 'unknown')).toEqual(['listener-rule-shadowed', 'target-group-empty']);
});

test('two languages say different things where they have words', () => {
  const account = shop();
  account.set(DISTRIBUTION, { behaviours: [behaviour('*', 'front')] });
  // names and numbers alone are the same in both
  const same = checksOf(account.trace('https://shop.example/')).filter(({ text }) => text.fr === text.en);
  expect(same.map(({ id }) => id)).toEqual(['image-architecture-mismatch']);
});

test.each([
  ['délai\u00a0: 60\u00a0s', true],
  ['délai : 60 s', false],
  ['délai: 60 s', false],
  ['l’image `a:b` présente', true],
  ["l'image", false],
  ['gardé sans limite', true],
  ['pas là\u00a0; c’est', true],
  ['pas là; c’est', false],
])('French typography of %j: %s', (text, is) => expect(isFrench(text)).toBe(is));

const empty: Path = { url: '', hops: [], side: [], causes: [] };
test('checks of nothing are none', () => expect(checksOf(empty)).toEqual([]));
