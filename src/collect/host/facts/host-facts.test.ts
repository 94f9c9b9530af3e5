import { expect, test } from 'vitest';
import { DeclaredNames } from '../../declared-names.ts';
import { hostState } from '../test-state.ts';
import { hostFacts, observationOf } from './host-facts.ts';

const unit = (name: string, parts: object = {}) => ({
  name,
  type: 'service',
  load: 'loaded',
  active: 'active',
  sub: 'running',
  dropIns: [],
  needsReload: false,
  isVendor: false,
  execStart: [],
  environment: [],
  environmentFiles: [],
  triggers: [],
  listen: [],
  requires: [],
  wantedBy: [],
  conflicts: [],
  hardening: {},
  ...parts,
});
const none = new DeclaredNames([]);
const told = (state: ReturnType<typeof hostState>, declared = none) =>
  hostFacts(state, declared).flatMap(({ kind, name, builtIn }) => (builtIn ? [] : [`${kind} ${name}`]));

test('units of administrators are told; those of a distribution where they failed or files name them', () => {
  const state = hostState();
  state.units = [
    unit('api.service'),
    unit('cron.service', { isVendor: true }),
    unit('nginx.service', { isVendor: true }),
    unit('mdadm.service', { isVendor: true, active: 'failed' }),
    unit('wanted.service', { load: 'not-found' }),
    unit('off.service', { load: 'masked' }),
  ];
  const named = new DeclaredNames([
    {
      kind: 'Systemd::Unit',
      name: 'nginx.service',
      source: 'repo',
      sort: 'declared',
      nameStatus: 'literal',
      environments: [],
      evidence: { source: 'repo', file: 'deploy.sh', line: 1 },
    },
  ]);
  expect(told(state)).toEqual(['Systemd::Unit api.service']);
  expect(told(state, named)).toEqual(['Systemd::Unit api.service', 'Systemd::Unit nginx.service']);
});

test('cron jobs of packages are told apart from those of people', () => {
  const state = hostState();
  state.cron = [
    {
      file: '/etc/crontab',
      schedule: '17 * * * *',
      user: 'root',
      command: 'cd / && run-parts --report /etc/cron.hourly',
    },
    {
      file: '/etc/cron.d/e2scrub_all',
      schedule: '30 3 * * 0',
      user: 'root',
      command: 'test -e /run/systemd/system || /sbin/e2scrub_all -A -r',
    },
    { file: '/etc/cron.d/shop', schedule: '15 2 * * *', user: 'shop', command: '/opt/shop/report' },
  ];
  expect(told(state)).toEqual(['Cron::Job /etc/cron.d/shop /opt/shop/report']);
});

test('a compose service and its container are one thing', () => {
  const state = hostState();
  state.containers = [
    {
      engine: 'docker',
      id: '0123456789ab',
      name: 'shop-front-1',
      image: 'nginx:1.29',
      state: 'running',
      restartCount: 0,
      restartPolicy: 'always',
      compose: { project: 'shop', service: 'front', files: [] },
      ports: [
        { hostAddress: '0.0.0.0', hostPort: 8002, containerPort: 80, protocol: 'tcp' },
        { hostAddress: '::', hostPort: 8002, containerPort: 80, protocol: 'tcp' },
        { hostAddress: '127.0.0.1', hostPort: 53, containerPort: 53, protocol: 'udp' },
      ],
      networkMode: 'shop_default',
      networks: [{ name: 'shop_default', aliases: [] }],
      mounts: [],
      environment: [{ name: 'TOKEN', secret: true, class: 'strong', digest: 'canary-digest' }],
      isPrivileged: false,
      addedCapabilities: [],
      labels: {},
    },
  ];
  expect(told(state)).toEqual(['Compose::Service front']);
  const facts = hostFacts(state, none);
  expect(facts.find(({ kind }) => kind === 'Compose::Service')).toMatchObject({
    scope: 'shop',
    account: 'quay-1',
    properties: {
      ports: ['127.0.0.1:53:53/udp', '8002:80'],
      containerName: 'shop-front-1',
      restart: 'always',
    },
    relations: [{ type: 'contains', to: { kind: 'Docker::Container', name: 'shop-front-1' } }],
  });
  expect(JSON.stringify(facts)).not.toContain('canary');
});

test('what was refused is a lookup that says nothing of what is absent', () => {
  const state = hostState();
  const refusal = { sort: 'denied' as const, operation: 'docker inspect', why: { fr: 'x', en: 'x' } };
  state.refusals.containers = refusal;
  const { lookups, source, account } = observationOf(state);
  expect([source, account]).toEqual(['host', 'quay-1']);
  const of = (kind: string) => lookups.find((one) => one.kind === kind)?.refusal;
  expect(of('Compose::Service')).toBe(refusal);
  expect(of('Systemd::Unit')).toBeUndefined();
});
