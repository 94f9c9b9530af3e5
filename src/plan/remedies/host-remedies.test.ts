import { expect, test } from 'vitest';
import { noArtifacts } from '#model/artifacts.ts';
import type { Json } from '#model/fact.ts';
import type { Finding } from '#model/finding.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import { hostQuestion } from '#model/host-question.ts';
import { Problem } from '../problem.ts';
import type { Remedy } from '../remedy.ts';
import { codeDefaultSecretInUse } from './code-default-secret-in-use.ts';
import { commandExecutionOnHost } from './command-execution-on-host.ts';
import { containerEnvironmentDiffers } from './container-environment-differs.ts';
import { containerWithoutRestartPolicy } from './container-without-restart-policy.ts';
import { firewallAbsent } from './firewall-absent.ts';
import { hostPorts } from './host-ports.ts';
import { routerWithoutServer } from './router-without-server.ts';
import { sshRootLogin } from './ssh-root-login.ts';

const front = {
  engine: 'docker',
  name: 'shop-front',
  state: 'running',
  restartPolicy: 'no',
  compose: { project: 'shop', service: 'front', files: ['/srv/shop/compose.yaml'], folder: '/srv/shop' },
} as HostContainer;
const host = (parts: Partial<HostState> = {}) =>
  ({
    name: 'quay-1',
    address: 'ssh://root@quay-1',
    user: { name: 'root', isRoot: true },
    system: { title: 'Debian', id: 'debian' },
    containers: [front],
    units: [{ name: 'api.service', active: 'active' }],
    ...parts,
  }) as HostState;

/** The one step of a remedy; its questions are those that a proof may ask. */
function planned(remedy: Remedy, id: string, values: Record<string, Json>, state = host()) {
  const finding = {
    rule: id,
    gap: 'GAP-01',
    resources: [],
    evidence: [],
    values: { host: 'quay-1', ...values },
  };
  const steps = remedy.plan(
    new Problem({
      id,
      finding: finding as unknown as Finding,
      gaps: ['GAP-01'],
      resources: new Map(),
      artifacts: noArtifacts(),
      hosts: [state],
    }),
  );
  for (const { check } of steps.flatMap(({ proofs }) => proofs))
    if (check.type === 'host') expect(hostQuestion.safeParse(check.question).error).toBeUndefined();
  expect(steps).toHaveLength(1);
  return steps[0];
}

test('a published port is bound to the host in its file: the command makes the service again, the proof asks the engine', () => {
  const step = planned(hostPorts, 'port-open-past-firewall', {
    port: 8002,
    protocol: 'tcp',
    holder: 'shop-front',
    container: 'shop-front',
    inner: 80,
  });
  expect(step).toMatchObject({
    suggestion:
      "ssh ssh://root@quay-1 'docker compose --project-name shop --project-directory /srv/shop --file /srv/shop/compose.yaml up --detach --no-deps front'",
    proofs: [
      {
        check: {
          question: { ask: 'published', name: 'shop-front', port: 80, protocol: 'tcp' },
          equals: ['127.0.0.1:8002', ''],
        },
      },
    ],
  });
  expect(step?.needs?.[0]?.en).toContain('`127.0.0.1:8002:80`');
});

test('a port of a program is proven by what listens', () => {
  const step = planned(hostPorts, 'backend-bypasses-proxy', {
    port: 8001,
    protocol: 'tcp',
    holder: 'api.service',
    unit: 'api.service',
  });
  expect(step?.suggestion).toBeUndefined();
  expect(step?.needs?.[0]?.en).toContain('systemctl cat api.service');
  expect(step?.proofs[0]?.check).toMatchObject({ question: { ask: 'listening', port: 8001 } });
});

test('a restart policy is changed while the container runs, and set back', () => {
  expect(
    planned(containerWithoutRestartPolicy, 'container-without-restart-policy', { container: 'shop-front' }),
  ).toMatchObject({
    hand: {
      command: "ssh ssh://root@quay-1 'docker update --restart unless-stopped shop-front'",
      undo: "ssh ssh://root@quay-1 'docker update --restart no shop-front'",
      before: { 'docker inspect shop-front': 'RestartPolicy no' },
    },
    proofs: [{ check: { equals: ['unless-stopped', 'always'] } }],
  });
});

test('a route to a stopped container starts it; one to a port asks what was to listen', () => {
  const stopped = host({ containers: [{ ...front, state: 'exited' }] });
  expect(
    planned(
      routerWithoutServer,
      'router-without-server',
      { router: 'shop@file', container: 'shop-front' },
      stopped,
    ),
  ).toMatchObject({
    hand: {
      command: "ssh ssh://root@quay-1 'docker start shop-front'",
      undo: "ssh ssh://root@quay-1 'docker stop shop-front'",
    },
  });
  const step = planned(routerWithoutServer, 'router-without-server', { router: 'api@', port: 8001 });
  expect(step?.hand).toBeUndefined();
  expect(step?.title.en).toBe('Make answer what `api` leads to');
  expect(step?.needs?.[0]?.en).toContain('`8001`');
});

test('variables, modes, firewalls and root are left to people, with the command that they would type', () => {
  expect(
    planned(containerEnvironmentDiffers, 'container-environment-differs', {
      container: 'shop-front',
      names: ['MODE'],
    })?.suggestion,
  ).toContain('up --detach --no-deps front');
  const mode = planned(commandExecutionOnHost, 'command-execution-on-host', {
    unit: 'api.service',
    name: 'EXECUTION_MODE',
    value: 'direct',
    apart: 'sandbox',
  });
  expect(mode?.suggestion).toContain('Environment=%s');
  expect(mode?.suggestion).toContain('EXECUTION_MODE=sandbox');
  expect(mode?.needs).toHaveLength(1);
  const closed = planned(firewallAbsent, 'firewall-absent', { ssh: [2222], open: ['8001/tcp'] });
  expect(closed?.suggestion).toContain('ufw allow 2222/tcp');
  const fedora = host({ system: { title: 'Fedora', id: 'fedora' } });
  expect(
    planned(firewallAbsent, 'firewall-absent', { ssh: [22], open: ['8001/tcp'] }, fedora)?.suggestion,
  ).toBeUndefined();
  const root = planned(sshRootLogin, 'ssh-root-login', { others: ['ana'], permitRootLogin: 'yes' });
  expect(root?.needs?.[0]?.en).toContain('`ana`, who has a key');
  expect(root?.hand?.command).toContain('sshd -t && { systemctl reload');
});

test('a secret is made on the host, added to the file that the unit reads, and taken back', () => {
  const step = planned(codeDefaultSecretInUse, 'code-default-secret-in-use', {
    subject: 'api.service',
    names: ['QUAY_ADMIN_PASSWORD'],
    path: '/etc/quay/.env',
  });
  expect(step?.hand?.command).toContain('openssl rand -hex 32');
  expect(step?.hand?.undo).toContain('mv /etc/quay/.env.before /etc/quay/.env');
  const elsewhere = planned(codeDefaultSecretInUse, 'code-default-secret-in-use', {
    subject: 'web',
    names: ['A'],
  });
  expect(elsewhere?.hand).toBeUndefined();
});

test('names that a shell or a question would take for something else get no command', () => {
  const hostile = host({ containers: [{ ...front, name: '$(reboot)' }] });
  const values = { container: '$(reboot)' };
  const problem = {
    rule: 'container-without-restart-policy',
    resources: [],
    evidence: [],
    values: { host: 'quay-1', ...values },
  };
  expect(
    containerWithoutRestartPolicy.plan(
      new Problem({
        id: problem.rule,
        finding: problem as unknown as Finding,
        gaps: [],
        resources: new Map(),
        hosts: [hostile],
      }),
    ),
  ).toEqual([]);
});
