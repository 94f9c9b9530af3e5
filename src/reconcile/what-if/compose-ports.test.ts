import { describe, expect, test } from 'vitest';
import { dockerHost, holds, idsOf, ofQuay, port, web, wellSaid } from '#judge/test-compose-host.ts';
import { composeFile } from '#judge/test-estate.ts';
import { container, listener } from '#judge/test-host.ts';
import type { ComposeFile } from '#model/artifacts.ts';
import type { HostState } from '#model/host.ts';
import { type ComposeGiven, composeWhatIf } from './compose.ts';

const foretell = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  wellSaid(composeWhatIf(file, on, { files: new Set(), environmentFiles: [], proxies: [], ...around }));
const ids = (file: ComposeFile, on: HostState, around: Partial<ComposeGiven> = {}) =>
  idsOf(foretell(file, on, around));

describe('addresses of one port', () => {
  const held = (address: string, parts = {}) => dockerHost({ listeners: [listener(address, 80, parts)] });
  const published = (address?: string, target = '80') =>
    composeFile([web('front', { ports: [port('80', target, address === undefined ? {} : { address })] })]);

  test.each([
    [undefined, '127.0.0.1'],
    [undefined, '::1'],
    ['0.0.0.0', '203.0.113.10'],
    ['127.0.0.1', '0.0.0.0'],
    ['127.0.0.1', '::'],
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.1', '::ffff:127.0.0.1'],
    ['::1', '::'],
    ['::', '::1'],
  ])('published on %s, held on %s: a collision', (mine, theirs) => {
    expect(ids(published(mine), held(theirs))).toContain('port-collision!');
  });

  test.each([
    ['127.0.0.1', '203.0.113.10'],
    ['::1', '0.0.0.0'],
    ['0.0.0.0', '::1'],
    ['::', '127.0.0.1'],
  ])('published on %s, held on %s: none', (mine, theirs) => {
    expect(ids(published(mine), held(theirs))).not.toContain('port-collision!');
  });

  test('a socket that takes IPv6 alone leaves IPv4', () => {
    expect(ids(published('127.0.0.1'), held('::', { isAnyAddress: false }))).not.toContain('port-collision!');
  });

  test('UDP and TCP do not meet', () => {
    expect(ids(published(undefined, '80/udp'), held('0.0.0.0'))).not.toContain('port-collision!');
  });

  test('an address that the host does not have is refused', () => {
    expect(ids(published('198.51.100.7'), dockerHost())).toContain('port-collision!');
    expect(ids(published('203.0.113.10'), dockerHost())).not.toContain('port-collision!');
    const unread = dockerHost({
      refusals: { interfaces: { sort: 'denied', operation: 'ip', why: { fr: 'refusé', en: 'denied' } } },
    });
    expect(ids(published('198.51.100.7'), unread)).not.toContain('port-collision!');
  });
});

test('a range collides with what stands inside it; of a range for one port any free one does', () => {
  const taken = dockerHost({ listeners: [listener('0.0.0.0', 3003)] });
  const fixed = composeFile([web('front', { ports: [port('3000-3005', '3000-3005')] })]);
  const any = composeFile([web('front', { ports: [port('3003-3004')] })]);
  expect(ids(fixed, taken)).toContain('port-collision!');
  expect(ids(any, taken)).not.toContain('port-collision!');
  expect(
    ids(any, dockerHost({ listeners: [listener('0.0.0.0', 3003), listener('0.0.0.0', 3004)] })),
  ).toContain('port-collision!');
});

test('a port without a number of the host is never in the way, and one of a variable is not known', () => {
  const ephemeral = composeFile([web('front', { ports: [{ target: '80', line: 5 }] })]);
  expect(ids(ephemeral, dockerHost({ listeners: [listener('0.0.0.0', 80)] }))).toEqual(['container-started']);
  const open = foretell(composeFile([web('front', { ports: [port('${PORT}')] })]), dockerHost());
  expect(open.effects.map(({ id }) => id)).toEqual(['container-started']);
  expect(open.unknown.map(({ text }) => text.en)).toContain(
    'a port that service `front` publishes is not known: `${PORT}:80`',
  );
});

test('two services of one file on one port: the second does not start', () => {
  const file = composeFile([web('a', { ports: [port('8080')] }), web('b', { ports: [port('8080')] })]);
  expect(ids(file, dockerHost())).toEqual(['container-started', 'port-collision!']);
  const apart = composeFile([
    web('a', { ports: [port('8080', '80', { address: '127.0.0.1' })] }),
    web('b', { ports: [port('8080', '80', { address: '203.0.113.10' })] }),
  ]);
  expect(ids(apart, dockerHost())).toEqual(['container-started', 'container-started']);
});

test('ports of services that are recreated are given back first; those of an orphan are not', () => {
  const file = composeFile([web('a', { ports: [port('8080')] }), web('b', { ports: [port('9090')] })]);
  const swapped = dockerHost({
    containers: [ofQuay('a', { ports: [holds(9090)] }), ofQuay('b', { ports: [holds(8080)] })],
  });
  expect(ids(file, swapped)).toEqual(['container-recreated', 'container-recreated']);
  const orphan = dockerHost({ containers: [ofQuay('old', { ports: [holds(8080)] })] });
  expect(ids(file, orphan)).toEqual(['container-orphaned', 'container-started', 'port-collision!']);
});

test('its own container is gone when the port of the new one is refused: nothing serves then', () => {
  const file = composeFile([web('a', { ports: [port('8080')] })]);
  const on = dockerHost({
    containers: [ofQuay('a', { ports: [holds(9090)] })],
    listeners: [listener('0.0.0.0', 8080, { unit: 'api.service' })],
  });
  const collision = foretell(file, on).effects.find(({ id }) => id === 'port-collision');
  expect(collision?.severity).toBe('high');
  expect(collision?.text.en).toContain('Container `quay-a-1`, which ran, is replaced by then');
});

test('where what listens was not read, a free port is not given and the rest is said to be unknown', () => {
  const refusal = { sort: 'denied', operation: 'ss', why: { fr: 'refusé', en: 'denied' } } as const;
  const on = dockerHost({
    refusals: { listeners: refusal },
    containers: [container('other', { ports: [holds(8080)] })],
  });
  const told = foretell(composeFile([web('a', { ports: [port('8080')] })]), on);
  expect(told.effects[0]).toMatchObject({ id: 'port-collision', values: { port: 8080 } });
  expect(told.effects[0]?.values).not.toHaveProperty('free');
  expect(told.unknown[0]?.text.en).toContain('other ports may be taken');
});

test('a port is opened to everybody where nothing filters what Docker publishes', () => {
  const file = composeFile([web('front', { ports: [port('8080')] })]);
  const wall = (parts: object) =>
    ({ firewall: { ...dockerHost().firewall, ...parts } }) as Partial<HostState>;
  expect(ids(file, dockerHost())).toEqual(['container-started']);
  expect(ids(file, dockerHost(wall({ tool: 'ufw', publishedAreFiltered: false })))).toEqual([
    'container-started',
    'port-opened',
  ]);
  expect(ids(file, dockerHost(wall({ isActive: false })))).toEqual(['container-started', 'port-opened']);
  const own = composeFile([web('front', { ports: [port('8080', '80', { address: '127.0.0.1' })] })]);
  expect(ids(own, dockerHost(wall({ isActive: false })))).toEqual(['container-started']);
  const unknown = foretell(file, dockerHost(wall({ publishedAreFiltered: 'unknown' })));
  expect(unknown.effects.map(({ id }) => id)).toEqual(['container-started']);
  expect(unknown.unknown[0]?.text.en).toContain('could be reached from outside');
});
