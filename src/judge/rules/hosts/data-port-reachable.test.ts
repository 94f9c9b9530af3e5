import { expect, test } from 'vitest';
import type { HostListener } from '#model/host.ts';
import { container, listener } from '../../test-host.ts';
import { judged } from '../../test-host-rule.ts';
import { dataPortReachable } from './data-port-reachable.ts';

const reach = (from: NonNullable<HostListener['reach']>['from']): NonNullable<HostListener['reach']> => ({
  from,
  because: from === 'anywhere' ? 'no-firewall' : 'firewall',
});
const postgres = (from: NonNullable<HostListener['reach']>['from']) =>
  listener('0.0.0.0', 5432, {
    process: { name: 'postgres', pid: 9 },
    unit: 'postgresql.service',
    reach: reach(from),
  });

test('a database that any address reaches is told, by its program or by the image of its container', () => {
  expect(judged(dataPortReachable, { listeners: [postgres('anywhere')] })).toEqual([
    'postgresql.service 5432 high',
  ]);
  const dozzle = container('logs', {
    image: 'amir20/dozzle:v8',
    ports: [{ hostAddress: '0.0.0.0', hostPort: 9999, containerPort: 8080, protocol: 'tcp' }],
  });
  expect(
    judged(dataPortReachable, {
      containers: [dozzle],
      listeners: [listener('0.0.0.0', 9999, { container: 'logs', reach: reach('anywhere') })],
    }),
  ).toEqual(['logs 9999 high']);
});

test('what only some networks or the host itself reach, and what is no database, is none', () => {
  expect(judged(dataPortReachable, { listeners: [postgres('some'), postgres('host')] })).toBe('ok');
  expect(
    judged(dataPortReachable, {
      listeners: [listener('0.0.0.0', 8001, { unit: 'api.service', reach: reach('anywhere') })],
    }),
  ).toBe('ok');
  expect(judged(dataPortReachable, {})).toBe('not-applicable');
});

test('what the firewall seems to close is told by the rule of its own', () => {
  expect(
    judged(dataPortReachable, {
      firewall: {
        tool: 'ufw',
        isActive: true,
        policy: { input: 'drop', inputV6: 'drop' },
        rules: [],
        publishedAreFiltered: false,
        unread: [],
      },
      listeners: [
        listener('0.0.0.0', 6379, {
          container: 'cache',
          reach: { from: 'anywhere', because: 'published-past-firewall' },
        }),
      ],
    }),
  ).toBe('ok');
});

test('what was not read is unknown', () => {
  const why = { sort: 'denied', operation: 'ss', why: { fr: 'refusé', en: 'refused' } } as const;
  expect(judged(dataPortReachable, { refusals: { listeners: why } })).toBe('unknown');
  expect(judged(dataPortReachable, { listeners: [postgres('unknown')] })).toBe('unknown');
});
