import { describe, expect, test } from 'vitest';
import type { EnvironmentFile } from '#model/artifacts.ts';
import type { GivenValue, HostPart, HostState } from '#model/host.ts';
import type { Rule } from '#model/rule.ts';
import { estate } from '../../test-estate.ts';
import { container, hostState, hostUnit, unitFile } from '../../test-host.ts';
import { certificateOnDiskExpiring } from './certificate-on-disk-expiring.ts';
import { containerFailing } from './container-failing.ts';
import { defaultSecretInUse } from './default-secret-in-use.ts';
import { hostUnitFailed } from './host-unit-failed.ts';
import { hostUnitNeedsReload } from './host-unit-needs-reload.ts';
import { hostUnitNotRunning } from './host-unit-not-running.ts';
import { hostUpkeep } from './host-upkeep.ts';
import { sshPasswordLogin } from './ssh-password-login.ts';

const secret = (name: string, digest: string, worth: GivenValue['class'] = 'strong'): GivenValue => ({
  name,
  secret: true,
  class: worth,
  digest,
});
const example: EnvironmentFile = {
  file: 'backend/.env.example',
  example: true,
  tracked: true,
  variables: [{ name: 'APP_SECRET', line: 3, secret: true, class: 'placeholder', digest: 'same' }],
};
const api = unitFile({
  name: 'api.service',
  wantedBy: ['multi-user.target'],
  execStart: [{ text: '/opt/api', file: 'deploy/api.service', line: 5 }],
});
const artifacts = { unitFiles: [api], environmentFiles: [example] };
const certificate = (days: number, usedBy = ['nginx']) => ({
  path: '/etc/ssl/shop.pem',
  usedBy,
  names: ['shop.example.org'],
  issuer: 'x',
  from: '2026-01-01T00:00:00Z',
  until: '2026-03-06T00:00:00Z',
  days,
  isSelfSigned: false,
});
const disk = (usedBytes: number, parts: object = {}) => ({
  mount: '/',
  device: '/dev/vda1',
  type: 'ext4',
  bytes: 100,
  usedBytes,
  ...parts,
});
const person = { name: 'deploy', uid: 1000, shell: '/bin/bash', groups: [], hasPassword: true };

const refusal = {
  sort: 'denied' as const,
  operation: 'x',
  permission: 'root',
  why: { fr: 'refusé', en: 'refused' },
};
const judged = (rule: Rule<'host'>, host: Partial<HostState>) => {
  const verdict = rule.evaluate(hostState(host), estate({ hosts: [hostState(host)], artifacts }));
  return verdict.is === 'gap'
    ? verdict.gaps.map(({ key, severity }) => `${key ?? ''} ${severity ?? rule.severity}`.trim())
    : verdict.is;
};

/** By rule: what is wrong on a host, what is told of it, and what is sound. `part`: what the rule cannot do without. */
const CASES: [Rule<'host'>, HostPart, [string, Partial<HostState>, string[]][], Partial<HostState>[]][] = [
  [
    hostUnitFailed,
    'units',
    [
      [
        'failed',
        { units: [hostUnit('api.service', { active: 'failed', sub: 'failed', result: 'exit-code' })] },
        ['api.service medium'],
      ],
      [
        'restarted over and over',
        { units: [hostUnit('api.service', { active: 'activating', sub: 'auto-restart', restarts: 9 })] },
        ['api.service high'],
      ],
    ],
    [
      { units: [hostUnit('api.service')] },
      // one restart after an update is nothing
      { units: [hostUnit('api.service', { active: 'activating', sub: 'auto-restart', restarts: 1 })] },
    ],
  ],
  [
    hostUnitNotRunning,
    'units',
    [
      [
        'stopped',
        { units: [hostUnit('api.service', { active: 'inactive', sub: 'dead' })] },
        ['api.service high'],
      ],
      ['not enabled', { units: [hostUnit('api.service', { enabled: 'disabled' })] }, ['api.service medium']],
    ],
    [
      { units: [hostUnit('api.service')] },
      {
        units: [
          hostUnit('api.service', { active: 'inactive', enabled: 'disabled' }),
          hostUnit('api.socket', { triggers: ['api.service'] }),
        ],
      },
    ],
  ],
  [
    hostUnitNeedsReload,
    'units',
    [['changed', { units: [hostUnit('api.service', { needsReload: true })] }, ['api.service low']]],
    [
      { units: [hostUnit('api.service')] },
      { units: [hostUnit('cron.service', { needsReload: true, isVendor: true })] },
    ],
  ],
  [
    containerFailing,
    'containers',
    [
      [
        'crash loop',
        { containers: [container('web', { state: 'restarting', restartCount: 12, exitCode: 3 })] },
        ['web high'],
      ],
      [
        'restarted just now, again',
        { containers: [container('web', { restartCount: 40, startedAt: '2026-03-01T07:59:00Z' })] },
        ['web high'],
      ],
      ['unhealthy', { containers: [container('web', { health: 'unhealthy' })] }, ['web high']],
      [
        'stopped',
        { containers: [container('web', { state: 'exited', exitCode: 137, wasKilledForMemory: true })] },
        ['web medium'],
      ],
    ],
    [
      {
        containers: [
          container('web', { health: 'healthy', restartCount: 40, startedAt: '2026-02-01T00:00:00Z' }),
        ],
      },
      { containers: [container('migrate', { state: 'exited', exitCode: 0, restartPolicy: 'no' })] },
      // somebody stopped it
      { containers: [container('web', { state: 'exited', exitCode: 0 })] },
    ],
  ],
  [
    defaultSecretInUse,
    'environment-files',
    [
      [
        'in the file of a unit',
        {
          units: [
            hostUnit('api.service', {
              environmentFiles: [
                {
                  path: '/opt/api/.env',
                  isOptional: false,
                  state: 'read',
                  variables: [secret('APP_SECRET', 'same')],
                },
              ],
            }),
          ],
        },
        ['api.service critical'],
      ],
      [
        'in a container',
        { containers: [container('web', { environment: [secret('APP_SECRET', 'same')] })] },
        ['web critical'],
      ],
      [
        'a default of the field',
        { containers: [container('db', { environment: [secret('POSTGRES_PASSWORD', 'x', 'default')] })] },
        ['db critical'],
      ],
    ],
    [
      { containers: [container('web', { environment: [secret('APP_SECRET', 'another')] })] },
      // the file overrides what the unit says first
      {
        units: [
          hostUnit('api.service', {
            environment: [secret('APP_SECRET', 'same')],
            environmentFiles: [
              {
                path: '/opt/api/.env',
                isOptional: false,
                state: 'read',
                variables: [secret('APP_SECRET', 'own')],
              },
            ],
          }),
        ],
      },
    ],
  ],
  [
    certificateOnDiskExpiring,
    'certificates',
    [
      ['in five days', { certificates: [certificate(5)] }, ['/etc/ssl/shop.pem high']],
      ['in two weeks', { certificates: [certificate(14)] }, ['/etc/ssl/shop.pem medium']],
      ['expired', { certificates: [certificate(-1)] }, ['/etc/ssl/shop.pem critical']],
    ],
    [{ certificates: [certificate(60)] }],
  ],
  [
    sshPasswordLogin,
    'sshd',
    [
      [
        'a user has one',
        { sshd: { passwordauthentication: 'yes', permitrootlogin: 'no' }, users: [person] },
        ['medium'],
      ],
      [
        'root too',
        {
          sshd: { passwordauthentication: 'yes', permitrootlogin: 'yes' },
          users: [{ ...person, name: 'root', uid: 0 }],
        },
        ['high'],
      ],
    ],
    [
      { sshd: { passwordauthentication: 'no' }, users: [person] },
      { sshd: { passwordauthentication: 'yes' }, users: [{ ...person, hasPassword: false }] },
    ],
  ],
  [
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
    ],
    [
      {
        disks: [disk(50), disk(100, { type: 'squashfs', mount: '/snap/core/1' })],
        time: { isSynchronised: true },
      },
      // lists that are months old know nothing
      { disks: [disk(1)], updates: { manager: 'apt', all: 9, security: 2, asOf: '2025-10-01T00:00:00Z' } },
    ],
  ],
];

describe.each(CASES)('$id', (rule, part, wrong, sound) => {
  test.each(wrong)('%s', (_, host, told) => {
    expect(judged(rule, host)).toEqual(told);
  });
  test.each(sound.map((host, index) => [index + 1, host] as const))('sound host %i', (_, host) => {
    expect(['ok', 'not-applicable']).toContain(judged(rule, host));
  });
  test('what was refused is unknown', () => {
    expect(judged(rule, { refusals: { [part]: refusal } })).toBe('unknown');
  });
  test('a plain host has no gap', () => {
    expect(['ok', 'not-applicable']).toContain(judged(rule, {}));
  });
});

test('no digest comes into a gap', () => {
  const host = hostState({ containers: [container('web', { environment: [secret('APP_SECRET', 'same')] })] });
  const verdict = defaultSecretInUse.evaluate(host, estate({ artifacts }));
  expect(verdict.is).toBe('gap');
  expect(JSON.stringify(verdict)).not.toMatch(/same"/);
});
