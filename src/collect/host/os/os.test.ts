import { describe, expect, test } from 'vitest';
import { disksOf } from './disks.ts';
import { interfacesOf } from './interfaces.ts';
import { memoryOf } from './memory.ts';
import { sshdSettings } from './sshd.ts';
import { osRelease } from './system.ts';
import { timeOf } from './time.ts';
import { updatesOf } from './updates.ts';
import { usersOf } from './users.ts';

test('os-release with quotes and without', () => {
  expect(osRelease('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n')).toEqual({
    title: 'Debian GNU/Linux 12 (bookworm)',
    id: 'debian',
    version: '12',
  });
  expect(osRelease("ID='alpine'\nVERSION_ID=3.20.1\n")).toEqual({
    title: 'alpine',
    id: 'alpine',
    version: '3.20.1',
  });
  expect(osRelease('nothing of the kind')).toBeUndefined();
});

describe('addresses of interfaces', () => {
  const wanted = [
    { name: 'lo', address: '127.0.0.1', prefix: 8, isUp: true },
    { name: 'eth0', address: '203.0.113.10', prefix: 24, isUp: true },
    { name: 'eth0', address: '2001:db8::10', prefix: 64, isUp: true },
    { name: 'br-5f2', address: '192.168.200.1', prefix: 24, isUp: false },
  ];

  test('of iproute2 as JSON', () => {
    const of = (ifname: string, flags: string[], ...addr_info: [string, number][]) => ({
      ifname,
      flags,
      addr_info: addr_info.map(([local, prefixlen]) => ({ local, prefixlen })),
    });
    const text = JSON.stringify([
      of('lo', ['LOOPBACK', 'UP'], ['127.0.0.1', 8]),
      of('eth0', ['BROADCAST', 'UP', 'LOWER_UP'], ['203.0.113.10', 24], ['2001:db8::10', 64]),
      of('br-5f2', ['NO-CARRIER', 'BROADCAST'], ['192.168.200.1', 24]),
      {},
      null,
    ]);
    expect(interfacesOf(text)).toEqual(wanted);
  });

  test('of iproute2 and busybox as text', () => {
    expect(
      interfacesOf(`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP qlen 1000
    inet 203.0.113.10/24 brd 203.0.113.255 scope global eth0
    inet6 2001:db8::10/64 scope global
3: br-5f2: <NO-CARRIER,BROADCAST,MULTICAST> mtu 1500
    inet 192.168.200.1/24 brd 192.168.200.255 scope global br-5f2
`),
    ).toEqual(wanted);
  });

  test('of ifconfig', () => {
    expect(
      interfacesOf(`eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet 203.0.113.10  netmask 255.255.255.0  broadcast 203.0.113.255
        inet6 2001:db8::10  prefixlen 64  scopeid 0x0<global>
`),
    ).toEqual([wanted[1], wanted[2]]);
  });
});

test('disks: types, mounts with spaces, what is no disk, shares of inodes', () => {
  const space = `Filesystem     Type     1024-blocks     Used Available Capacity Mounted on
/dev/vda1      ext4        20511312 18460180   1000000      95% /
tmpfs          tmpfs        4000000        0   4000000       0% /run
/dev/loop0     squashfs       65000    65000         0     100% /snap/core/1
overlay        overlay     20511312 18460180   1000000      95% /var/lib/docker/overlay2/1/merged
/dev/vdb       xfs         1000       10       990       1% /srv/my files
`;
  const inodes = `Filesystem     Inodes  IUsed   IFree IUse% Mounted on
/dev/vda1      1000 900 100 90% /
/dev/vdb       0 0 0 - /srv/my files
`;
  expect(disksOf(space, inodes)).toEqual([
    {
      mount: '/',
      device: '/dev/vda1',
      type: 'ext4',
      bytes: 20511312 * 1024,
      usedBytes: 18460180 * 1024,
      inodesUsed: 0.9,
    },
    { mount: '/srv/my files', device: '/dev/vdb', type: 'xfs', bytes: 1024000, usedBytes: 10240 },
  ]);
  expect(
    disksOf(
      'Filesystem           1024-blocks    Used Available Capacity Mounted on\n/dev/sda1 100 50 50 50% /\ntmpfs 10 0 10 0% /run\n',
    ),
  ).toEqual([{ mount: '/', device: '/dev/sda1', type: 'unknown', bytes: 102400, usedBytes: 51200 }]);
});

test('memory, also of kernels that do not tell what is available', () => {
  expect(
    memoryOf('MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\n'),
  ).toEqual({
    bytes: 1024000,
    availableBytes: 409600,
    swapBytes: 51200,
    swapUsedBytes: 30720,
  });
  expect(
    memoryOf('MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 10 kB\nCached: 90 kB\n')?.availableBytes,
  ).toBe(200 * 1024);
  expect(memoryOf('')).toBeUndefined();
});

test.each([
  [
    'timedatectl show',
    'Timezone=Europe/Paris\nNTPSynchronized=yes\n',
    { isSynchronised: true, zone: 'Europe/Paris' },
  ],
  [
    'timedatectl of systemd 232',
    '      Local time: Sat 2026-11-28 15:00:00 UTC\n       Time zone: Etc/UTC (UTC, +0000)\n     NTP synchronized: no\n',
    { isSynchronised: false, zone: 'Etc/UTC' },
  ],
  [
    'chronyc',
    'Reference ID    : C0A80001 (192.168.0.1)\nLeap status     : Normal\n',
    { isSynchronised: true },
  ],
  ['chronyc without a source', 'Leap status     : Not synchronised\n', { isSynchronised: false }],
  [
    'ntpq',
    '=== ntpq\n     remote           refid      st t when\n====\n*192.0.2.1  .GPS. 1 u 1\n',
    { isSynchronised: true },
  ],
  ['nothing', '', undefined],
])('whether the clock is synchronised, of %s', (_, text, wanted) => {
  expect(timeOf(text)).toEqual(wanted);
});

test('packages that wait', () => {
  const apt = `apt
=stamp 1764000000
=reboot yes
NOTE: This is only a simulation!
Inst libssl3 [3.0.11-1] (3.0.15-1~deb12u1 Debian-Security:12/stable-security [amd64])
Inst curl [7.88.1-10] (7.88.1-11 Debian:12.8/stable [amd64])
Inst linux-image-new (6.1.0-30 Debian:12.8/stable [amd64])
Conf libssl3 (3.0.15-1~deb12u1 Debian-Security:12/stable-security [amd64])
`;
  expect(updatesOf(apt)).toEqual({
    manager: 'apt',
    all: 2,
    security: 1,
    asOf: '2025-11-24T16:00:00Z',
    needsReboot: true,
  });
  expect(
    updatesOf(
      'dnf\n=stamp 1764000000\n\nopenssl-libs.x86_64   1:3.0.7-28.el9   baseos\nObsoleting Packages\ngrub2.x86_64 1 b\n',
    ),
  ).toEqual({ manager: 'dnf', all: 1, asOf: '2025-11-24T16:00:00Z' });
  expect(updatesOf('apk\nInstalled:  Available:\nbusybox-1.36.1-r5 < 1.36.1-r7\n')).toEqual({
    manager: 'apk',
    all: 1,
  });
  expect(updatesOf('pacman\n')).toBeUndefined();
});

test('users that may log in, with their groups', () => {
  expect(
    usersOf(
      'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\nsync:x:4:65534::/bin:/bin/sync\ndeploy:x:1000:1000::/home/deploy:\nbroken\n',
      'root:x:0:\nsudo:x:27:deploy\ndocker:x:998:deploy,other\ndeploy:x:1000:\n',
    ),
  ).toEqual([
    { name: 'root', uid: 0, shell: '/bin/bash', groups: ['root'] },
    { name: 'deploy', uid: 1000, shell: '/bin/sh', groups: ['deploy', 'sudo', 'docker'] },
  ]);
});

test('settings of sshd: the first value counts, lists are whole, what is under Match is not for everybody', () => {
  const settings = sshdSettings(`port 22
port 2222
permitrootlogin no
permitrootlogin yes
casignaturealgorithms ssh-ed25519,sk-ssh-ed25519@openssh.com
ForceCommand /bin/backup --password canary-secret
SetEnv TOKEN=canary-secret
Match User deploy
PasswordAuthentication yes
`);
  expect(settings).toMatchObject({
    port: '22 2222',
    permitrootlogin: 'no',
    casignaturealgorithms: 'ssh-ed25519,sk-ssh-ed25519@openssh.com',
  });
  expect(settings.passwordauthentication).toBeUndefined();
  expect(JSON.stringify(settings)).not.toContain('canary');
});
