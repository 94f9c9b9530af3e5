import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandFrom, hostAnswer, hostCommand } from './host-command.ts';
import { type HostQuestion, hostQuestion } from './host-question.ts';

const server = createServer((request, response) => {
  response.statusCode = request.headers.host === 'shop.example.org' ? 204 : 200;
  response.end();
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** Runs the command of a question here, in a shell of its own that does not hold up the server. */
async function asked(question: HostQuestion): Promise<string | undefined> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    execFile(
      'sh',
      ['-c', hostCommand(question)],
      { env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 0;
        resolve(hostAnswer(question, { code, stdout, stderr }));
      },
    );
  });
}
const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
};

test.skipIf(!has('curl'))(
  'a request on the host gives its status code, and 000 where nothing answers',
  async () => {
    expect(await asked({ ask: 'http', url: `http://127.0.0.1:${port}/` })).toBe('200');
    expect(await asked({ ask: 'http', url: `http://127.0.0.1:${port}/`, host: 'shop.example.org' })).toBe(
      '204',
    );
    expect(await asked({ ask: 'http', url: 'http://127.0.0.1:9/' })).toBe('000');
  },
);

test.skipIf(!has('ss'))(
  'what listens at a port is told by its addresses, and by nothing where nothing does',
  async () => {
    expect(await asked({ ask: 'listening', port, protocol: 'tcp' })).toBe(`127.0.0.1:${port}`);
    expect(await asked({ ask: 'listening', port: 9, protocol: 'tcp' })).toBe('');
  },
);

test('a file is told by its permissions and its owner, or as absent', async () => {
  expect(await asked({ ask: 'file', path: '/etc/passwd' })).toMatch(/^644 root$/);
  expect(await asked({ ask: 'file', path: '/etc/no-such-file' })).toBe('absent');
});

test.each<[string, HostQuestion, Parameters<typeof hostAnswer>[1], string | undefined]>([
  [
    'an engine that refuses',
    { ask: 'network', engine: 'docker', name: 'edge' },
    { code: 1, stdout: '', stderr: 'permission denied' },
    undefined,
  ],
  [
    'a network that is not there',
    { ask: 'network', engine: 'docker', name: 'edge' },
    { code: 0, stdout: '', stderr: '' },
    '',
  ],
  [
    'a container that is not there',
    { ask: 'container', engine: 'docker', name: 'a', property: '.State.Status' },
    { code: 1, stdout: '', stderr: 'Error: No such object: a' },
    'absent',
  ],
  [
    'a file nobody may look at',
    { ask: 'file', path: '/root/x' },
    { code: 1, stdout: '', stderr: "stat: cannot statx '/root/x': Permission denied" },
    undefined,
  ],
  [
    'a configuration that is refused',
    { ask: 'configuration', of: 'nginx' },
    { code: 1, stdout: '', stderr: 'nginx: [emerg] unexpected end\n' },
    'nginx: [emerg] unexpected end',
  ],
  [
    'a program that is not there',
    { ask: 'configuration', of: 'nginx' },
    { code: 127, stdout: '', stderr: 'sh: nginx: not found' },
    undefined,
  ],
  [
    'a router',
    { ask: 'traefik-router', api: 'http://127.0.0.1:8080', router: 'shop@docker' },
    { code: 0, stdout: '{"name":"shop@docker","status":"enabled"}', stderr: '' },
    'enabled',
  ],
  [
    'a page that is no API',
    { ask: 'traefik-router', api: 'http://127.0.0.1:8080', router: 'shop@docker' },
    { code: 0, stdout: '<html>', stderr: '' },
    undefined,
  ],
  [
    'a port that is published on the host alone',
    { ask: 'published', engine: 'docker', name: 'front', port: 80, protocol: 'tcp' },
    { code: 0, stdout: '127.0.0.1:8002\n', stderr: '' },
    '127.0.0.1:8002',
  ],
  [
    'a port that is published on every address',
    { ask: 'published', engine: 'docker', name: 'front', port: 80, protocol: 'tcp' },
    { code: 0, stdout: '[::]:8002\n0.0.0.0:8002\n', stderr: '' },
    '0.0.0.0:8002 [::]:8002',
  ],
  [
    'a port that is not published',
    { ask: 'published', engine: 'docker', name: 'front', port: 80, protocol: 'tcp' },
    { code: 1, stdout: '', stderr: "no public port '80/tcp' published for front" },
    '',
  ],
  [
    'the ports of a container that is not there',
    { ask: 'published', engine: 'docker', name: 'front', port: 80, protocol: 'tcp' },
    { code: 1, stdout: '', stderr: 'Error response from daemon: No such container: front' },
    undefined,
  ],
  [
    'ss of an older version',
    { ask: 'listening', port: 80, protocol: 'tcp' },
    { code: 0, stdout: '*:80\n[::]:80\n', stderr: '' },
    '0.0.0.0:80 [::]:80',
  ],
])('%s', (_, question, end, answer) => {
  expect(hostAnswer(question, end)).toBe(answer);
});

test.each<unknown>([
  { ask: 'unit', unit: '--property=x', property: 'ActiveState' },
  { ask: 'unit', unit: 'a;reboot', property: 'ActiveState' },
  { ask: 'unit', unit: 'a.service', property: 'ExecStart' },
  { ask: 'container', engine: 'docker', name: 'a', property: '.Config.Env' },
  { ask: 'http', url: 'http://169.254.169.254/latest/meta-data/' },
  { ask: 'http', url: 'http://example.org/' },
  { ask: 'http', url: "http://127.0.0.1/';reboot" },
  { ask: 'file', path: '/etc/$(reboot)' },
  { ask: 'published', engine: 'docker', name: '--help', port: 80, protocol: 'tcp' },
  { ask: 'sshd', keyword: 'port"; reboot' },
  { ask: 'shell', command: 'reboot' },
])('what is no question of the list is refused: %j', (question) => {
  expect(hostQuestion.safeParse(question).success).toBe(false);
});

test('from elsewhere a question goes over ssh, quoted', () => {
  expect(
    commandFrom('ssh://deploy@quay-1', { ask: 'unit', unit: 'api.service', property: 'ActiveState' }),
  ).toBe("ssh ssh://deploy@quay-1 'systemctl show --property=ActiveState --value api.service'");
});
