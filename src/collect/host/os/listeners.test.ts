import { expect, test } from 'vitest';
import { jobsOf } from './cron.ts';
import { listenersOf, ownerOf, socketUnit } from './listeners.ts';
import { unitOf } from './unit-properties.ts';

const brief = (text: string) =>
  listenersOf(text).map(
    ({ protocol, address, port, isAnyAddress, process }) =>
      `${protocol} ${address} ${port}${isAnyAddress ? ' any' : ''}${process ? ` ${process.name}/${process.pid}` : ''}`,
  );

test('ss of today: dual-stack, zones, processes', () => {
  expect(
    brief(`ss
udp   UNCONN 0      0      127.0.0.53%lo:53         0.0.0.0:*    users:(("systemd-resolve",pid=412,fd=13))
tcp   LISTEN 0      4096         0.0.0.0:8001       0.0.0.0:*    users:(("uvicorn",pid=812,fd=6),("uvicorn",pid=813,fd=6))
tcp   LISTEN 0      4096               *:8080             *:*    users:(("traefik",pid=900,fd=8))
tcp   LISTEN 0      128             [::]:22            [::]:*
tcp   ESTAB  0      0          10.0.0.1:22        10.0.0.2:5000
tcp   LISTEN 0      5   [::ffff:10.0.0.1]:81             *:*
`),
  ).toEqual([
    'udp 127.0.0.53 53 systemd-resolve/412',
    'tcp 0.0.0.0 8001 any uvicorn/812',
    'tcp :: 8080 any traefik/900',
    'tcp :: 22 any',
    'tcp 10.0.0.1 81',
  ]);
});

test('ss of old: a head line, `*` for IPv4 alone, processes without names of fields', () => {
  expect(
    brief(`ss
Netid State      Recv-Q Send-Q     Local Address:Port       Peer Address:Port
udp   UNCONN     0      0                      *:68                    *:*      users:(("dhclient",700,6))
tcp   LISTEN     0      128                    *:22                    *:*      users:(("sshd",812,3))
tcp   LISTEN     0      128                   :::22                   :::*      users:(("sshd",812,4))
`),
  ).toEqual(['udp 0.0.0.0 68 any dhclient/700', 'tcp 0.0.0.0 22 any sshd/812', 'tcp :: 22 any sshd/812']);
});

test('netstat of net-tools and of busybox', () => {
  expect(
    brief(`netstat
Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      812/sshd: /usr/sbin
tcp        0      0 127.0.0.1:5432          0.0.0.0:*               LISTEN      -
tcp        0      0 :::80                   :::*                    LISTEN      9/nginx
tcp6       0      0 :::443                  :::*                    LISTEN      9/nginx
udp        0      0 0.0.0.0:68              0.0.0.0:*                           700/dhclient
`),
  ).toEqual([
    'tcp 0.0.0.0 22 any sshd/812',
    'tcp 127.0.0.1 5432',
    'tcp :: 80 any nginx/9',
    'tcp :: 443 any nginx/9',
    'udp 0.0.0.0 68 any dhclient/700',
  ]);
});

test('the kernel’s own tables, where there is no tool', () => {
  expect(
    brief(`proc
# tcp
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
   1: 0100007F:1F90 0100007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 1 1
# tcp6
   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 0
   1: B80D0120000000000000000001000000:01BB 00000000000000000000000000000000:0000 0A 0
   2: 0000000000000000FFFF00000100007F:0051 00000000000000000000000000000000:0000 0A 0
# udp
   0: 00000000:0044 00000000:0000 07 0
`),
  ).toEqual([
    'tcp 127.0.0.1 8080',
    'tcp :: 22 any',
    'tcp 2001:db8::1 443',
    'tcp 127.0.0.1 81',
    'udp 0.0.0.0 68 any',
  ]);
});

test.each([
  ['0::/system.slice/quay-api.service\n', { unit: 'quay-api.service' }],
  ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/quay.service\n', { unit: 'quay.service' }],
  [`0::/system.slice/docker-${'ab'.repeat(32)}.scope\n`, { container: 'abababababab' }],
  [
    `4:memory:/docker/${'cd'.repeat(32)}\n1:name=systemd:/docker/${'cd'.repeat(32)}\n`,
    { container: 'cdcdcdcdcdcd' },
  ],
  [`0::/machine.slice/libpod-${'ef'.repeat(32)}.scope/container\n`, { container: 'efefefefefef' }],
  [
    '12:pids:/system.slice/other.service\n1:name=systemd:/system.slice/ssh.service\n',
    { unit: 'ssh.service' },
  ],
  ['0::/user.slice/user-0.slice/session-3.scope\n', {}],
  ['', {}],
])('the owner of a control group %j', (text, wanted) => {
  expect(ownerOf(text)).toEqual(wanted);
});

test('cron tables of the system and of users; variables and secrets are not kept', () => {
  expect(
    jobsOf(
      'SHELL=/bin/sh\nAPI_TOKEN=canary\n# 1 2 3 4 5 root no\n17 * * * * root cd / && run-parts  /etc/cron.hourly\n@daily deploy /srv/backup --password canary-too\nnot a job\n*/5 * * * 1-5 root\n',
      '/etc/crontab',
    ),
  ).toEqual([
    {
      file: '/etc/crontab',
      schedule: '17 * * * *',
      user: 'root',
      command: 'cd / && run-parts  /etc/cron.hourly',
    },
    { file: '/etc/crontab', schedule: '@daily', user: 'deploy', command: '/srv/backup --password …' },
  ]);
  expect(jobsOf('0 3 * * mon /srv/a b\n', 'crontab of deploy', 'deploy')).toEqual([
    { file: 'crontab of deploy', schedule: '0 3 * * mon', user: 'deploy', command: '/srv/a b' },
  ]);
});

test('what systemd itself listens for belongs to the socket unit', () => {
  const block = new Map([
    ['Id', ['quay-notify.socket']],
    ['ActiveState', ['active']],
    ['Listen', ['127.0.0.1:9105 (Stream)', '[::]:9106 (Datagram)']],
  ]);
  const units = [unitOf(block) ?? []].flat();
  const at = (protocol: 'tcp' | 'udp', address: string, port: number) =>
    socketUnit({ protocol, address, port, isAnyAddress: false }, units);
  expect(at('tcp', '127.0.0.1', 9105)).toBe('quay-notify.socket');
  expect(at('udp', '::', 9106)).toBe('quay-notify.socket');
  expect(at('udp', '127.0.0.1', 9105)).toBeUndefined();
});
