import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, test } from 'vitest';
import { type HostReading, readHost } from '#collect/host/read-host.ts';
import { hostSections } from '#collect/host/sections.ts';
import type { HostPart } from '#model/host.ts';
import { type MachineUser, machineForTests } from './machine.ts';

/** Programs of the host that are of another time, missing, refused, hanging, or that answer what nobody asked. */
type Stubs = Record<string, string>;

/** What sections fill; parts that nothing reads yet are in no expectation. */
const partsRead = new Set(hostSections.flatMap(({ parts }) => parts));
const parts = (...named: HostPart[]) => named.filter((part) => partsRead.has(part));

describe('a host that does not answer as it should', () => {
  const machine = machineForTests('bare');

  /** The first folder in which programs are looked for, over ssh and with sudo. */
  const FOLDER = '/usr/local/sbin';

  const put = (stubs: Stubs) =>
    machine.run(
      Object.entries(stubs)
        .map(
          ([name, script]) =>
            `cat >${FOLDER}/${name} <<'END-OF-STUB'\n#!/bin/sh\n${script}\nEND-OF-STUB\nchmod 755 ${FOLDER}/${name}\n`,
        )
        .join(''),
    );
  const all = (script: string) =>
    Object.fromEntries(['ss', 'ip', 'systemctl', 'docker', 'nginx', 'nft'].map((name) => [name, script]));

  afterEach(async () => {
    await machine.run(
      `rm -f ${FOLDER}/*; for one in /usr/hidden/*; do [ ! -e "$one" ] || mv "$one" /usr/bin/; done`,
    );
  });

  async function read(user: MachineUser = 'root', seconds = 60): Promise<HostReading & { took: number }> {
    const started = performance.now();
    const request = {
      address: machine.addressOf(user),
      sshConfig: machine.sshConfig,
      name: 'phare-1',
      seconds,
    };
    const reading = await readHost(request, hostSections, () => new Date());
    return { ...reading, took: (performance.now() - started) / 1000 };
  }

  /** Nothing is said to be absent that was not read. */
  const areRefused = ({ state, coverage }: HostReading, ...refused: HostPart[]) => {
    expect(Object.keys(state.refusals)).toEqual(expect.arrayContaining(refused));
    for (const part of refused) {
      expect(state.refusals[part]?.why.fr).not.toBe('');
      expect(state.refusals[part]?.why.en).not.toBe('');
    }
    expect(coverage).toHaveLength(1);
  };

  test('programs of ten years ago', async () => {
    await put({
      // iproute2 3.10, of CentOS 7
      ss: `case "$*" in *-H*) echo "ss: invalid option -- 'H'" >&2; exit 255;; esac
cat <<'END'
Netid State      Recv-Q Send-Q     Local Address:Port       Peer Address:Port
udp   UNCONN     0      0                      *:68                    *:*      users:(("dhclient",632,6))
tcp   LISTEN     0      128                    *:22                    *:*      users:(("sshd",950,3))
tcp   LISTEN     0      100            127.0.0.1:25                    *:*      users:(("master",1100,13))
tcp   LISTEN     0      128                   :::22                   :::*      users:(("sshd",950,4))
END`,
      ip: `case "$*" in *-j*) echo 'Option "-json" is unknown, try "ip -help".' >&2; exit 255;; esac
cat <<'END'
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet6 ::1/128 scope host
       valid_lft forever preferred_lft forever
2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP qlen 1000
    link/ether fa:16:3e:aa:bb:cc brd ff:ff:ff:ff:ff:ff
    inet6 2001:db8:4:7::12/64 scope global dynamic
       valid_lft 2591999sec preferred_lft 604799sec
END`,
      // systemd 219
      timedatectl: `case $1 in show) echo "Unknown operation show." >&2; exit 1;; esac
cat <<'END'
      Local time: Sat 2026-11-28 16:00:00 UTC
  Universal time: Sat 2026-11-28 16:00:00 UTC
        RTC time: Sat 2026-11-28 16:00:00
       Time zone: Etc/UTC (UTC, +0000)
     NTP enabled: yes
NTP synchronized: yes
 RTC in local TZ: no
      DST active: n/a
END`,
      systemctl: `/usr/bin/systemctl "$@" | grep -v -e '^NRestarts=' -e '^DropInPaths='`,
    });
    const { state } = await read();
    expect(state.refusals.listeners).toBeUndefined();
    expect(
      state.listeners.map(({ protocol, port, isAnyAddress, process }) => [
        protocol,
        port,
        isAnyAddress,
        process,
      ]),
    ).toEqual([
      ['udp', 68, true, { name: 'dhclient', pid: 632 }],
      ['tcp', 22, true, { name: 'sshd', pid: 950 }],
      ['tcp', 25, false, { name: 'master', pid: 1100 }],
      ['tcp', 22, true, { name: 'sshd', pid: 950 }],
    ]);
    expect(state.interfaces).toEqual([
      { name: 'lo', address: '::1', prefix: 128, isUp: true },
      { name: 'ens3', address: '2001:db8:4:7::12', prefix: 64, isUp: true },
    ]);
    expect(state.time).toEqual({ isSynchronised: true, zone: 'Etc/UTC' });
    expect(state.units.find(({ name }) => name === 'phare-api.service')).toMatchObject({
      active: 'active',
      user: 'phare',
    });
  });

  test('programs that are not there: the kernel is asked where it knows, the rest is unknown', async () => {
    await machine.run(
      'mkdir -p /usr/hidden; for one in ss ip docker systemctl timedatectl; do mv /usr/bin/$one /usr/hidden/; done',
    );
    const reading = await read();
    expect(reading.state.listeners.find(({ port }) => port === 22)).toMatchObject({ isAnyAddress: true });
    areRefused(reading, ...parts('interfaces', 'units', 'time'));
    expect(reading.state.refusals.units?.sort).toBe('unavailable');
  });

  test('programs that are refused', async () => {
    await put(all('echo "$0: Permission denied" >&2; exit 1'));
    const reading = await read();
    areRefused(reading, ...parts('interfaces', 'units', 'listeners', 'containers', 'networks', 'images'));
    for (const part of parts('interfaces', 'units', 'listeners', 'containers'))
      expect(reading.state.refusals[part]?.sort).toBe('denied');
  });

  test('a program that hangs, and does not hear that it is to end', async () => {
    await put({ ss: "trap '' TERM INT HUP\nwhile :; do sleep 987; done" });
    const reading = await read('root', 90);
    expect(reading.took).toBeLessThan(40);
    areRefused(reading, ...parts('listeners'));
    expect(reading.state.refusals.listeners?.sort).toBe('failed');
    // what was asked after it was answered
    expect(reading.state.units.find(({ name }) => name === 'ssh.service')).toMatchObject({
      active: 'active',
    });
    expect(await machine.run("pgrep -cf '^sleep 987' || :")).toBe('0\n');
  }, 120_000);

  test('half an answer, and a program that is killed while it speaks', async () => {
    await put({
      systemctl: '/usr/bin/systemctl "$@" | head -c 9000; exit 1',
      ss: '/usr/bin/ss "$@" | head -n 2; kill -KILL $$',
      ip: '/usr/sbin/ip "$@" | head -c 200; /usr/bin/ip "$@" | head -c 200',
    });
    const reading = await read();
    areRefused(reading, ...parts('units', 'listeners', 'interfaces'));
    for (const { name, load, active } of reading.state.units) expect([name, load, active]).not.toContain('');
  });

  test('noise', async () => {
    await put(all('head -c 300000 /dev/urandom'));
    const reading = await read();
    areRefused(reading, ...parts('units', 'listeners', 'interfaces', 'containers'));
    expect(reading.state.listeners).toEqual([]);
    expect(reading.state.interfaces).toEqual([]);
    expect(reading.state.units).toEqual([]);
  });

  test('nothing at all, with success', async () => {
    await put(all('exit 0'));
    // No machine is without an interface, a unit, or the socket over which it is asked.
    areRefused(await read(), ...parts('units', 'interfaces', 'listeners'));
  });

  test('more than anybody would read', async () => {
    await put({
      ss: `yes 'tcp LISTEN 0 128 10.0.0.1:80 0.0.0.0:* users:(("a",pid=1,fd=1))' | head -c 40000000`,
    });
    const reading = await read();
    areRefused(reading, ...parts('listeners'));
    expect(reading.state.units.find(({ name }) => name === 'ssh.service')).toMatchObject({
      active: 'active',
    });
  });

  test('an end of the connection in the middle', async () => {
    await put({ ss: 'kill -KILL $(ps -o ppid= -p $(pgrep -o -f "sshd: root")) $(pgrep -f "sshd: root")' });
    const reading = await read();
    expect(reading.broken).toBeDefined();
    areRefused(reading, ...parts('listeners', 'cron', 'disks', 'users', 'sshd'));
    await machine.reset('bare');
  });
});
