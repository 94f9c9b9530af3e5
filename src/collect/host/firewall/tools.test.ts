import { expect, test } from 'vitest';
import { DOCKER, reachOf, read, type Texts } from './test-firewall.ts';

const UFW = `Status: active
Logging: on (low)
Default: deny (incoming), allow (outgoing), deny (routed)
New profiles: skip

To                         Action      From
--                         ------      ----
22/tcp                     LIMIT IN    Anywhere                   # ssh -- ALLOW IN    Anywhere
80,443/tcp (Nginx Full)    ALLOW IN    Anywhere
5432                       ALLOW IN    10.0.0.0/8
6000:6007/udp on eth1      ALLOW IN    Anywhere
9000/tcp                   DENY IN     Anywhere
25                         DENY OUT    Anywhere
22/tcp (v6)                LIMIT IN    Anywhere (v6)
`;

test('ufw: what it lists, with the ports that profiles stand for', () => {
  const text = UFW.replace('80,443/tcp (Nginx Full)    ', '80,443/tcp                 ');
  const state = read({
    ufw: text,
    iptables: DOCKER.replace(':INPUT', ':ufw-before-input - [0:0]\n:INPUT').replace(
      '-A INPUT -i lo -j ACCEPT',
      '-A INPUT -j ufw-before-input',
    ),
    nft: '{"nftables":[]}',
  });
  expect(state.firewall).toMatchObject({
    tool: 'ufw',
    isActive: true,
    policy: { input: 'drop' },
    unread: [],
  });
  expect(reachOf(state, 443)).toEqual({ from: 'anywhere', because: 'firewall' });
  const alone = read({ ufw: text, iptables: '' });
  expect(reachOf(alone, 5432)).toEqual({ from: 'some', sources: ['10.0.0.0/8'], because: 'firewall' });
  expect(reachOf(alone, 9000)).toEqual({ from: 'host', because: 'firewall' });
  expect(reachOf(alone, 25)).toEqual({ from: 'host', because: 'firewall' });
  expect(reachOf(alone, 22)).toEqual({ from: 'anywhere', because: 'firewall' });
});

test('ufw that is not active is no firewall', () => {
  const state = read({
    ufw: 'Status: inactive\n',
    nft: '{"nftables": [{"metainfo": {"version": "1.0.6"}}]}',
  });
  expect(state.firewall).toMatchObject({ tool: 'none', isActive: false, publishedAreFiltered: false });
  expect(reachOf(state, 22)).toEqual({ from: 'anywhere', because: 'no-firewall' });
});

const match = (left: unknown, right: unknown, op = '==') => ({ match: { op, left, right } });
const dport = (right: unknown) => match({ payload: { protocol: 'tcp', field: 'dport' } }, right);
const rule = (chain: string, ...expr: unknown[]) => ({
  rule: { family: 'inet', table: 'filter', chain, handle: 1, expr },
});
const NFT = {
  nftables: [
    { metainfo: { version: '1.0.6', json_schema_version: 1 } },
    { table: { family: 'inet', name: 'filter', handle: 1 } },
    {
      chain: {
        family: 'inet',
        table: 'filter',
        name: 'input',
        type: 'filter',
        hook: 'input',
        prio: 0,
        policy: 'drop',
      },
    },
    { chain: { family: 'inet', table: 'filter', name: 'web' } },
    {
      set: {
        family: 'inet',
        name: 'office',
        table: 'filter',
        type: 'ipv4_addr',
        elem: [{ prefix: { addr: '192.0.2.0', len: 24 } }, { elem: { val: '198.51.100.1', timeout: 600 } }],
      },
    },
    rule('input', {
      vmap: {
        key: { ct: { key: 'state' } },
        data: {
          set: [
            ['established', { accept: null }],
            ['invalid', { drop: null }],
          ],
        },
      },
    }),
    rule('input', match({ meta: { key: 'iifname' } }, 'lo'), { accept: null }),
    rule('input', match({ meta: { key: 'l4proto' } }, { set: ['icmp', 'ipv6-icmp'] }), { accept: null }),
    rule(
      'input',
      dport({ set: [22, { range: [8000, 8010] }] }),
      { counter: { packets: 1, bytes: 2 } },
      { accept: null },
    ),
    rule('input', match({ payload: { protocol: 'ip', field: 'saddr' } }, '@office'), dport(5432), {
      accept: null,
    }),
    rule('input', {
      vmap: {
        key: { payload: { protocol: 'tcp', field: 'dport' } },
        data: {
          set: [
            [443, { jump: { target: 'web' } }],
            [9000, { drop: null }],
          ],
        },
      },
    }),
    rule('web', { accept: null }),
    rule('input', { log: { prefix: 'no ' } }, { counter: null }),
  ],
};

test('nftables: sets, ranges, verdict maps and jumps', () => {
  const state = read({ nft: JSON.stringify(NFT) });
  expect(state.firewall).toMatchObject({
    tool: 'nftables',
    isActive: true,
    policy: { input: 'drop', inputV6: 'drop' },
    unread: [],
  });
  expect(reachOf(state, 22)).toMatchObject({ from: 'anywhere' });
  expect(reachOf(state, 8004)).toMatchObject({ from: 'anywhere' });
  expect(reachOf(state, 443)).toMatchObject({ from: 'anywhere' });
  expect(reachOf(state, 9000)).toEqual({ from: 'host', because: 'firewall' });
  expect(reachOf(state, 5432)).toEqual({
    from: 'some',
    sources: ['192.0.2.0/24', '198.51.100.1'],
    because: 'firewall',
  });
});

test('two chains that both stop by default are not put into one', () => {
  const both = {
    nftables: [
      ...NFT.nftables,
      { table: { family: 'ip', name: 'other' } },
      {
        chain: {
          family: 'ip',
          table: 'other',
          name: 'in',
          type: 'filter',
          hook: 'input',
          prio: 5,
          policy: 'drop',
        },
      },
    ],
  };
  expect(reachOf(read({ nft: JSON.stringify(both) }), 22)).toEqual({ from: 'unknown', because: 'not-read' });
});

const FIREWALLD = `default public
docker (active)
  target: ACCEPT
  interfaces: docker0
  sources: 
  services: 
  ports: 
  rich rules: 

office (active)
  target: default
  interfaces: 
  sources: 10.9.0.0/16
  services: postgresql
  ports: 
  rich rules: 

public (default, active)
  target: default
  icmp-block-inversion: no
  interfaces: eth0
  sources: 
  services: cockpit dhcpv6-client ssh
  ports: 8443/tcp 5000-5010/udp
  protocols: 
  forward: yes
  masquerade: no
  forward-ports: 
  source-ports: 
  icmp-blocks: 
  rich rules: 
	rule family="ipv4" source address="192.0.2.7" port port="9100" protocol="tcp" accept

work
  target: default
  interfaces: 
  sources: 
  services: http
  ports: 
  rich rules: 
`;

test('firewalld: active zones, those of sources first', () => {
  const state = read({ firewalld: FIREWALLD, nft: '{"nftables":[]}' });
  expect(state.firewall).toMatchObject({ tool: 'firewalld', policy: { input: 'drop' }, unread: [] });
  expect(reachOf(state, 22)).toMatchObject({ from: 'anywhere' });
  expect(reachOf(state, 8443)).toMatchObject({ from: 'anywhere' });
  expect(reachOf(state, 80)).toMatchObject({ from: 'host' });
  expect(reachOf(state, 5432)).toMatchObject({ from: 'some', sources: ['10.9.0.0/16'] });
  expect(reachOf(state, 9100)).toMatchObject({ from: 'some', sources: ['192.0.2.7'] });
});

test.each<[string, Texts]>([
  ['JSON that breaks off', { nft: JSON.stringify(NFT).slice(0, -40) }],
  ['a table that is not committed', { iptables: DOCKER.replace(/COMMIT\n$/, '') }],
  ['a refusal', { nft: { end: 'denied', code: 1 }, iptables: '' }],
  ['another text', { nft: '{"__proto__": {"nftables": []}}' }],
  ['no tool', {}],
])('%s: the firewall is unknown, never absent', (_, texts) => {
  const state = read(texts);
  expect(state.firewall).toBeUndefined();
  expect(state.refusals.firewall).toBeDefined();
  expect(reachOf(state, 22)).toEqual({ from: 'unknown', because: 'not-read' });
});

test('nftables: reverse path filtering and odd flags stop nobody who wants to be answered', () => {
  const fib = { fib: { result: 'oif', flags: ['saddr', 'mark', 'iif'] } };
  const flags = { '&': [{ payload: { protocol: 'tcp', field: 'flags' } }, ['fin', 'syn']] };
  const more = {
    nftables: [
      ...NFT.nftables,
      {
        chain: {
          family: 'inet',
          table: 'filter',
          name: 'rpfilter',
          type: 'filter',
          hook: 'prerouting',
          prio: -290,
          policy: 'accept',
        },
      },
      rule('rpfilter', match(fib, false), { drop: null }),
      rule('rpfilter', match(flags, ['fin', 'syn']), { drop: null }),
    ],
  };
  const state = read({ nft: JSON.stringify(more) });
  expect(state.firewall?.unread).toEqual([]);
  expect(reachOf(state, 22)).toMatchObject({ from: 'anywhere' });
  expect(reachOf(state, 9000)).toMatchObject({ from: 'host' });
});
