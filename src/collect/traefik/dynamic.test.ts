import { expect, test } from 'vitest';
import { readDynamic, serverOf } from './dynamic.ts';
import { optionOf } from './option.ts';

const at = { source: 'repo', file: 'd.yml', line: 1 } as const;
const read = (value: unknown) => readDynamic(optionOf(value, () => at).option, 'file');
const priority = (rule: string, given?: number) =>
  read({ http: { routers: { a: { rule, ...(given !== undefined && { priority: given }) } } } }).routers[0]
    ?.priority;

test('the length of a rule is its priority, unless one is set; of an open rule nobody knows it', () => {
  expect(priority('Host(`a.example`)')).toBe(17);
  expect(priority('Host(`a.example`)', 0)).toBe(17);
  expect(priority('Host(`a.example`)', -5)).toBe(-5);
  expect(priority('Host(`${NAME}`)')).toBeUndefined();
});

test('names of options are the same in any case, names of things are not', () => {
  const { routers, services } = read({
    http: {
      Routers: {
        API: { Rule: 'Path(`/a`)', EntryPoints: 'web, websecure', Service: 'b' },
        api: { rule: 'Path(`/b`)' },
      },
      services: { b: { loadbalancer: { Servers: [{ URL: 'h2c://[::1]:50051' }] } } },
    },
  });
  expect(routers.map(({ name, entryPoints }) => [name, entryPoints])).toEqual([
    ['API', ['web', 'websecure']],
    ['api', []],
  ]);
  expect(services[0]?.servers).toEqual([
    { scheme: 'h2c', host: '::1', port: 50_051, text: 'h2c://[::1]:50051' },
  ]);
});

test('services that hand on name what they hand on to; what is mirrored is answered to nobody', () => {
  const { services } = read({
    http: {
      services: {
        w: { weighted: { services: [{ name: 'a', weight: 1 }, { name: 'b@docker' }] } },
        m: { mirroring: { service: 'a', mirrors: [{ name: 'copy' }] } },
        f: { failover: { service: 'a', fallback: 'b' } },
      },
    },
  });
  expect(services.map(({ members }) => members)).toEqual([
    [
      { service: 'a', isBackup: false },
      { service: 'b@docker', isBackup: false },
    ],
    [{ service: 'a', isBackup: false }],
    [
      { service: 'a', isBackup: false },
      { service: 'b', isBackup: true },
    ],
  ]);
});

test.each([
  ['http://api:8000/base', { host: 'api', port: 8000, path: '/base' }],
  ['https://nas.lan', { host: 'nas.lan', port: 443 }],
  ['http://${HOST}:8123', { host: '' }],
  ['http://u:canary-7f3a@api:80', { host: 'api', port: 80, text: 'http://api:80' }],
])('%s', (url, server) => {
  expect(serverOf(url)).toMatchObject(server);
});

test('a rule that is not understood is a blind spot', () => {
  const { blindSpots } = read({ http: { routers: { a: { rule: 'Hots(`a`)' }, b: { rule: '!Host(`b`)' } } } });
  expect(blindSpots.map(({ what }) => what)).toEqual(['rule of a']);
});
