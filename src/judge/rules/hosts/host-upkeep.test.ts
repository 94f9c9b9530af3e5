import { expect, test } from 'vitest';
import { hostRule, judged } from '../../test-host-rule.ts';
import { hostUpkeep } from './host-upkeep.ts';

const disk = (usedBytes: number, parts: object = {}) => ({
  mount: '/',
  device: '/dev/vda1',
  type: 'ext4',
  bytes: 100,
  usedBytes,
  ...parts,
});

hostRule(
  hostUpkeep,
  'disks',
  [
    ['full', { disks: [disk(98)] }, ['disk / high']],
    ['inodes', { disks: [disk(10, { inodesUsed: 0.95 })] }, ['disk / medium']],
    ['clock', { time: { isSynchronised: false } }, ['clock low']],
    [
      'updates',
      { updates: { manager: 'apt', all: 9, security: 2, asOf: '2026-02-27T00:00:00Z' } },
      ['updates medium'],
    ],
    [
      'a reboot that an update waits for',
      { updates: { manager: 'apt', all: 0, security: 0, asOf: '2026-02-27T00:00:00Z', needsReboot: true } },
      ['reboot low'],
    ],
  ],
  [
    {
      disks: [disk(50), disk(100, { type: 'squashfs', mount: '/snap/core/1' })],
      time: { isSynchronised: true },
    },
    {
      disks: [disk(1)],
      updates: { manager: 'apt', all: 1, security: 0, asOf: '2026-02-27T00:00:00Z', needsReboot: false },
    },
  ],
);

test('lists that are months old, or of no date, know nothing of today', () => {
  const of = (asOf?: string) =>
    judged(hostUpkeep, {
      disks: [disk(1)],
      updates: { manager: 'apt', all: 9, security: 2, ...(asOf !== undefined && { asOf }) },
    });
  expect(of('2025-10-01T00:00:00Z')).toBe('unknown');
  expect(of()).toBe('unknown');
});
