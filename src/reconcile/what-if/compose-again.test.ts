import { expect, test } from 'vitest';
import { idsOf, startedFrom, web, wellSaid } from '#judge/test-compose-host.ts';
import { composeFile } from '#judge/test-estate.ts';
import { listener } from '#judge/test-host.ts';
import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import { composeWhatIf } from './compose.ts';

/** Numbers that are the same in each run. */
function chooser(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const one = <T>(list: readonly T[]): T => list[next(list.length)] as T;
  return { next, one, often: () => next(3) > 0 };
}

/** A file of one to six services with ports, data, variables and networks, of which each port is published once. */
function anyFile(seed: number): ComposeFile {
  const { next, one, often } = chooser(seed);
  const count = 1 + next(6);
  const services = Array.from({ length: count }, (_, index): ComposeService => {
    const published = 8000 + index * 10;
    const isHost = next(8) === 0;
    return web(`s${index}`, {
      line: index * 20 + 2,
      ports: isHost
        ? []
        : [
            ...(often() ? [{ published: String(published), target: '80', line: 5 }] : []),
            ...(often()
              ? [{ published: `${published + 1}-${published + 3}`, target: '90-92', line: 6 }]
              : []),
            ...(often()
              ? [
                  {
                    published: String(published + 4),
                    target: '53/udp',
                    address: one(['127.0.0.1', '203.0.113.10']),
                    line: 7,
                  },
                ]
              : []),
          ],
      volumes: [
        ...(often() ? [{ source: one(['data', 'cache']), target: '/data', line: 8 }] : []),
        ...(often()
          ? [
              {
                source: one(['./conf', '/etc/app', '/var/run/docker.sock']),
                target: '/conf',
                line: 9,
                ...(often() && { isReadOnly: true }),
              },
            ]
          : []),
        ...(often() ? [{ source: '', target: '/anonymous', line: 10 }] : []),
      ],
      environment: often() ? [{ name: 'MODE', line: 11, digest: one(['a', 'b']) }] : [],
      dependsOn: index > 0 && often() ? [`s${next(index)}`] : [],
      ...(isHost
        ? { networkMode: 'host' }
        : { networks: one([[], ['default'], ['edge'], ['edge', 'inner']]) }),
      ...(often() && { restart: one(['always', 'unless-stopped', 'on-failure:3']) }),
      ...(next(4) === 0 && { containerName: `named-${index}` }),
      ...(next(4) === 0 && { user: { name: '1000', line: 12 } }),
      ...(next(6) === 0 && { privileged: 13 }),
    });
  });
  return composeFile(services, {
    networks: [{ key: 'edge', name: 'edge', line: 90, isExternal: true, subnets: [], isInternal: false }],
    volumes: [{ key: 'data', name: 'kept', line: 95, isExternal: false }],
  });
}

const around = { files: new Set<string>(), environmentFiles: [], proxies: [] };
const seeds = Array.from({ length: 300 }, (_, index) => index + 1);

test('a file that was started and not changed since changes nothing, whatever is in it', () => {
  for (const seed of seeds) {
    const file = anyFile(seed);
    const told = wellSaid(composeWhatIf(file, startedFrom(file), around));
    expect({ seed, effects: told.effects, unknown: told.unknown }).toEqual({
      seed,
      effects: [],
      unknown: [],
    });
  }
});

test('on a host where nothing of it runs each service is started, and on one where all its ports are taken none that has any', () => {
  for (const seed of seeds) {
    const file = anyFile(seed);
    const ran = startedFrom(file);
    const empty = { ...ran, containers: [], listeners: [] };
    const started = idsOf(wellSaid(composeWhatIf(file, empty, around))).filter(
      (id) => id === 'container-started',
    );
    expect({ seed, started: started.length }).toEqual({ seed, started: file.services.length });
    const held = ran.listeners.map((one) =>
      listener(one.address, one.port, { protocol: one.protocol, unit: 'other.service' }),
    );
    const told = wellSaid(composeWhatIf(file, { ...empty, listeners: held }, around));
    const blocked = told.effects
      .filter(({ id }) => id === 'port-collision')
      .map(({ values }) => values?.service);
    const names = told.effects
      .filter(({ id }) => id === 'container-started')
      .map(({ affects }) => affects[0]?.name);
    for (const { name, ports } of file.services)
      if (ports.length > 0)
        expect({ seed, name, isStarted: names.includes(name) }).toEqual({ seed, name, isStarted: false });
    expect({ seed, isBlocked: blocked.length > 0 }).toEqual({
      seed,
      isBlocked: file.services.some(({ ports }) => ports.length > 0),
    });
  }
});
