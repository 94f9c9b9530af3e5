import { expect, test } from 'vitest';
import { DOCKER, published, reachOf, read } from './test-firewall.ts';

test('chains are followed, and what concerns no new connection from outside is left out', () => {
  const { firewall: found, refusals } = read({ iptables: DOCKER });
  expect(refusals).toEqual({});
  expect(found).toMatchObject({ tool: 'iptables', isActive: true, unread: [] });
  expect(found?.policy).toEqual({ input: 'drop', inputV6: 'unknown' });
  expect(found?.rules.filter(({ chain }) => chain === 'input')).toEqual([
    {
      family: 'ipv4',
      chain: 'input',
      action: 'drop',
      protocol: 'tcp',
      ports: [{ from: 22, to: 22 }],
      source: '198.51.100.9',
    },
    { family: 'ipv4', chain: 'input', action: 'accept', protocol: 'tcp', ports: [{ from: 22, to: 22 }] },
    {
      family: 'ipv4',
      chain: 'input',
      action: 'drop',
      protocol: 'tcp',
      ports: [{ from: 443, to: 443 }],
      source: '192.0.2.0/24',
    },
    {
      family: 'ipv4',
      chain: 'input',
      action: 'accept',
      protocol: 'tcp',
      ports: [
        { from: 80, to: 80 },
        { from: 443, to: 443 },
        { from: 9000, to: 9010 },
      ],
    },
    {
      family: 'ipv4',
      chain: 'input',
      action: 'accept',
      protocol: 'tcp',
      ports: [{ from: 5432, to: 5432 }],
      source: '10.8.0.0/24',
    },
  ]);
});

test('from where a socket can be reached', () => {
  const state = read({ iptables: DOCKER });
  expect(reachOf(state, 22)).toEqual({ from: 'anywhere', because: 'firewall' });
  expect(reachOf(state, 9005)).toEqual({ from: 'anywhere', because: 'firewall' });
  expect(reachOf(state, 5432)).toEqual({ from: 'some', sources: ['10.8.0.0/24'], because: 'firewall' });
  expect(reachOf(state, 6379)).toEqual({ from: 'host', because: 'firewall' });
  expect(reachOf(state, 6379, '127.0.0.1')).toEqual({ from: 'host', because: 'loopback' });
  expect(reachOf(state, 22, '10.0.0.4')).toEqual({ from: 'some', because: 'private-address' });
  // without an address of IPv6 that others reach, only IPv4 counts
  expect(reachOf(state, 6379, '::')).toEqual({ from: 'host', because: 'firewall' });
  const onV6 = {
    ...state,
    interfaces: [...state.interfaces, { name: 'eth0', address: '2001:db8::1', prefix: 64, isUp: true }],
  };
  expect(reachOf(onV6, 6379, '::')).toMatchObject({ from: 'unknown' });
});

test('a published port passes the input chain, unless DOCKER-USER stops it', () => {
  const state = published(read({ iptables: DOCKER }), 8080, 80);
  expect(state.firewall?.publishedAreFiltered).toBe(false);
  expect(reachOf(state, 8080, '0.0.0.0', { container: 'web' })).toEqual({
    from: 'anywhere',
    because: 'published-past-firewall',
  });
  const closed = DOCKER.replace(
    '-A DOCKER-USER -j RETURN',
    '-A DOCKER-USER -s 10.8.0.0/24 -j RETURN\n-A DOCKER-USER -i eth0 -p tcp -m tcp --dport 80 -j DROP\n-A DOCKER-USER -j RETURN',
  );
  const filtered = published(read({ iptables: closed }), 8080, 80);
  expect(filtered.firewall?.publishedAreFiltered).toBe(true);
  expect(reachOf(filtered, 8080, '0.0.0.0', { container: 'web' })).toEqual({
    from: 'some',
    sources: ['10.8.0.0/24'],
    because: 'firewall',
  });
  const odd = published(
    read({
      iptables: DOCKER.replace(
        '-A DOCKER-USER -j RETURN',
        '-A DOCKER-USER -m geoip ! --source-country FR -j DROP',
      ),
    }),
    8080,
    80,
  );
  expect(reachOf(odd, 8080, '0.0.0.0', { container: 'web' })).toEqual({
    from: 'unknown',
    because: 'not-read',
  });
});

test('a rule that is not understood makes unknown what it may concern, and nothing else', () => {
  const state = read({
    iptables: DOCKER.replace(
      '-A INPUT -i lo',
      '-A INPUT -p tcp -m tcp --dport 22 -m string --string "x" --algo bm -j DROP\n-A INPUT -i lo',
    ),
  });
  expect(state.firewall?.unread).toHaveLength(1);
  expect(reachOf(state, 22)).toEqual({ from: 'unknown', because: 'not-read' });
  expect(reachOf(state, 80)).toEqual({ from: 'anywhere', because: 'firewall' });
});

/** As ufw-docker has it, beside what ufw itself puts into the chains. */
const UFW_DOCKER = DOCKER.replace(
  ':f2b-sshd',
  ':ufw-user-forward - [0:0]\n:ufw-before-forward - [0:0]\n:ufw-docker-logging-deny - [0:0]\n:f2b-sshd',
).replace(
  '-A DOCKER-USER -j RETURN',
  `-A DOCKER-USER -j ufw-user-forward
-A DOCKER-USER -s 10.0.0.0/8 -j RETURN
-A DOCKER-USER -p udp -m udp --sport 53 --dport 1024:65535 -j RETURN
${['192.168.0.0/16', '10.0.0.0/8', '172.16.0.0/12']
  .map(
    (network) =>
      `-A DOCKER-USER -d ${network} -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j ufw-docker-logging-deny`,
  )
  .join('\n')}
-A DOCKER-USER -j RETURN
-A ufw-docker-logging-deny -m limit --limit 3/min --limit-burst 10 -j LOG --log-prefix "[UFW DOCKER BLOCK] "
-A ufw-docker-logging-deny -j DROP`,
);

test('rules for all private networks stop what is published, those for one of them alone are not told', () => {
  const state = published(read({ iptables: UFW_DOCKER }), 8080, 80);
  expect(state.firewall?.publishedAreFiltered).toBe(true);
  expect(reachOf(state, 8080, '0.0.0.0', { container: 'web' })).toEqual({
    from: 'some',
    sources: ['10.0.0.0/8'],
    because: 'firewall',
  });
  const open = UFW_DOCKER.replace(
    '-A DOCKER-USER -j ufw-user-forward',
    '-A DOCKER-USER -j ufw-user-forward\n-A ufw-user-forward -p tcp -m tcp --dport 80 -j ACCEPT',
  );
  expect(
    reachOf(published(read({ iptables: open }), 8080, 80), 8080, '0.0.0.0', { container: 'web' }),
  ).toMatchObject({
    from: 'anywhere',
  });
  const one = UFW_DOCKER.replace(/-A DOCKER-USER -d (?:10|172)\..*\n/g, '');
  expect(read({ iptables: one }).firewall?.publishedAreFiltered).toBe('unknown');
});

test('without the chains of an engine it is not known what stops what is published', () => {
  const bare = DOCKER.replace(/^.*DOCKER.*\n/gm, '');
  const state = published(read({ iptables: bare }), 8080, 80);
  expect(reachOf(state, 8080, '0.0.0.0', { container: 'web' })).toEqual({
    from: 'unknown',
    because: 'not-read',
  });
});

test('a port that the engine holds for a service of Swarm is not stopped by the input chain', () => {
  const state = read({ iptables: DOCKER });
  const process = { name: 'dockerd', pid: 9 };
  expect(reachOf(state, 7000, '::', { process })).toEqual({
    from: 'anywhere',
    because: 'published-past-firewall',
  });
  expect(reachOf(state, 2375, '0.0.0.0', { process })).toEqual({ from: 'host', because: 'firewall' });
});

test('reverse path filtering and odd flags stop nobody who wants to be answered', () => {
  const more = DOCKER.replace(
    '*filter',
    `*raw
:PREROUTING ACCEPT [0:0]
:rpfilter - [0:0]
-A PREROUTING -j rpfilter
-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP
-A rpfilter -m rpfilter --validmark -j RETURN
-A rpfilter -j DROP
COMMIT
*mangle
:PREROUTING ACCEPT [0:0]
-A PREROUTING -m rpfilter --invert -j DROP
-A PREROUTING -p tcp -m tcp --tcp-flags FIN,SYN FIN,SYN -j DROP
COMMIT
*filter`,
  );
  const state = read({ iptables: more });
  expect(state.firewall?.unread).toEqual([]);
  expect(reachOf(state, 22)).toEqual({ from: 'anywhere', because: 'firewall' });
  // what is stopped before everything else is
  const stopped = more.replace(
    '-A PREROUTING -m rpfilter --invert',
    '-A PREROUTING -p tcp -m tcp --dport 22',
  );
  expect(reachOf(read({ iptables: stopped }), 22)).toEqual({ from: 'host', because: 'firewall' });
  expect(reachOf(read({ iptables: stopped }), 443)).toMatchObject({ from: 'anywhere' });
});
