import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { container, hostState } from '#judge/test-host.ts';
import type { Coverage } from '#model/coverage.ts';
import type { HostState } from '#model/host.ts';
import { whatIfCommand } from './whatif-command.ts';

const CANARY = 'kP2vX9qLw7ZtB4nM';
let folder = '';
let printed = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'constat-whatif-'));
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  mkdirSync(path.join(folder, 'deploy'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
const OBSOLETE = 'deploy/docker-compose.yml.OBSOLETE';
const RETIRED = `services:\n  backend:\n    image: nginx:1.29-alpine\n    ports:\n      - "8002:8001"\n    environment:\n      DB_PASSWORD: ${CANARY}\n`;

const quay = (parts: Partial<HostState> = {}): HostState =>
  hostState({
    engines: [{ product: 'docker', version: '27.5.1', isRootless: false }],
    networks: [
      {
        engine: 'docker',
        name: 'deploy_default',
        driver: 'bridge',
        subnets: [],
        gateways: [],
        isInternal: false,
        containers: [],
        project: 'deploy',
      },
    ],
    images: [{ engine: 'docker', id: 'sha256:a', tags: ['nginx:1.29-alpine'], digests: [] }],
    firewall: {
      tool: 'nftables',
      isActive: true,
      policy: { input: 'drop', inputV6: 'drop' },
      rules: [],
      publishedAreFiltered: true,
      unread: [],
    },
    containers: [
      container('front', {
        ports: [{ hostAddress: '0.0.0.0', hostPort: 8002, containerPort: 80, protocol: 'tcp' }],
      }),
    ],
    ...parts,
  });

async function run(hosts: HostState[], args: string[], coverage: Coverage[] = []): Promise<number> {
  let code = -1;
  const program = new Command('constat').exitOverride();
  const withHosts = (command: Command) => command.option('--host <address>', 'a host');
  whatIfCommand(withHosts, async () => ({ hosts, coverage }))(program, (result) => {
    code = result;
  });
  await program.parseAsync(['node', 'constat', 'whatif', ...args]);
  return code;
}

test('a retired file whose port is taken: told in both languages, with the command and nothing started', async () => {
  write(OBSOLETE, RETIRED);
  const file = path.join(folder, OBSOLETE);
  expect(await run([quay()], ['compose', file, '--lang', 'fr'])).toBe(0);
  expect(printed).toContain(
    'Lancer deploy/docker-compose.yml.OBSOLETE sur quay-1 (retiré)\u00a0: 1 effet, 1 échec',
  );
  expect(printed).toContain(
    ' 1. ✗ échoue, moyenne\u00a0: Le service backend publierait 8002, que tient le conteneur front sur 0.0.0.0:8002',
  );
  expect(printed).toContain(`${OBSOLETE}:5 · docker inspect`);
  expect(printed).toContain(`docker compose --file ${OBSOLETE} up --detach`);
  expect(printed).toContain('Rien n’a été lancé.');
  expect(printed).not.toContain(CANARY);
});

test('exit codes: what fails, what is only started, what could not be told', async () => {
  write(OBSOLETE, RETIRED);
  const file = path.join(folder, OBSOLETE);
  expect(await run([quay()], ['compose', file, '--fail-on', 'critical'])).toBe(1);
  const free = quay({ containers: [] });
  expect(await run([free], ['compose', file, '--fail-on', 'medium'])).toBe(0);
  expect(await run([free], ['compose', file, '--fail-on', 'low'])).toBe(1);
  const denied = quay({
    containers: [],
    refusals: { containers: { sort: 'denied', operation: 'docker', why: { fr: 'refusé', en: 'denied' } } },
  });
  expect(await run([denied], ['compose', file])).toBe(3);
  expect(await run([denied], ['compose', file, '--allow-partial'])).toBe(0);
  const failed: Coverage = { source: 'host', scope: 'ssh://gone', state: 'failed', operations: [] };
  expect(await run([], ['compose', file], [failed])).toBe(3);
});

test('as JSON and as Markdown', async () => {
  write(OBSOLETE, RETIRED);
  const file = path.join(folder, OBSOLETE);
  await run([quay()], ['compose', file, '--format', 'json']);
  const { whatIf } = JSON.parse(printed);
  expect(whatIf).toMatchObject([
    { of: 'compose', host: 'quay-1', isRetired: true, effects: [{ id: 'port-collision', fails: true }] },
  ]);
  expect(whatIf[0].effects[0]).not.toHaveProperty('values');
  printed = '';
  await run([quay()], ['compose', file, '--format', 'md', '--lang', 'en']);
  expect(printed).toContain('# What would happen if…');
  expect(printed).toContain('1. ✗ **fails**, medium: Service `backend` would publish `8002`');
  expect(printed).not.toContain(CANARY);
});

test('on the machine itself a missing file of variables is missing', async () => {
  write('deploy/compose.yml', 'services:\n  web:\n    image: nginx:1.29-alpine\n    env_file: web.env\n');
  const file = path.join(folder, 'deploy/compose.yml');
  expect(await run([quay({ address: 'local' })], ['compose', file, '--fail-on', 'high'])).toBe(1);
  expect(printed).toContain('web.env');
  expect(await run([quay()], ['compose', file, '--fail-on', 'high'])).toBe(3);
});

test.each([
  ['compose', 'gone.yml', 'no such file'],
  ['compose', 'notes.md', 'not read as a compose file'],
  ['traefik', 'notes.md', 'not read as a dynamic file of Traefik'],
  ['systemd', 'notes.md', 'not read as a unit'],
])('whatif %s %s is refused', async (of, name, said) => {
  write('notes.md', '# Notes\n');
  await expect(run([quay()], [of, path.join(folder, name)])).rejects.toThrow(said);
});

test('without a host nothing can be told', async () => {
  write(OBSOLETE, RETIRED);
  await expect(run([], ['compose', path.join(folder, OBSOLETE)])).rejects.toThrow('give --host');
});
