import { describe, expect, test } from 'vitest';
import { kindOf } from '#model/kinds/kinds.ts';
import { collectFiles } from './collect-files.ts';
import { compose } from './compose.ts';

const read = (text: string, more: Record<string, string> = {}, path = 'shop/compose.yaml') =>
  collectFiles(compose, { [path]: text, ...more });
const properties = (text: string, more?: Record<string, string>) =>
  read(text, more).facts.find(({ kind }) => kind === 'Compose::Service')?.properties;

describe('networks and volumes', () => {
  const text = [
    'services:',
    '  web:',
    '    image: web:1',
    '    networks:',
    '      edge: {aliases: [front, "${ALIAS:-www}"]}',
    '      inside:',
    '    volumes: ["data:/data", "./conf:/conf"]',
    '  job: {image: "job:1"}',
    '  vpn: {image: "vpn:1", network_mode: host, container_name: "vpn-${NAME:-a}"}',
    'networks:',
    '  edge: {external: true, name: unified-net}',
    '  inside:',
    '    driver: bridge',
    '    internal: true',
    '    ipam: {config: [{subnet: 192.168.200.0/24}]}',
    '  unused: {}',
    'volumes:',
    '  data:',
    '  unused:',
  ].join('\n');

  test('bear the names that the engine gives them', () => {
    const [file] = read(text).artifacts.composeFiles;
    expect(file?.networks).toEqual([
      { key: 'edge', name: 'unified-net', line: 11, isExternal: true, subnets: [], isInternal: false },
      {
        key: 'inside',
        name: 'shop_inside',
        line: 12,
        isExternal: false,
        driver: 'bridge',
        subnets: ['192.168.200.0/24'],
        isInternal: true,
      },
      { key: 'unused', name: 'shop_unused', line: 16, isExternal: false, subnets: [], isInternal: false },
      { key: 'default', name: 'shop_default', line: 1, isExternal: false, subnets: [], isInternal: false },
    ]);
    expect(file?.volumes).toEqual([
      { key: 'data', name: 'shop_data', line: 18, isExternal: false },
      { key: 'unused', name: 'shop_unused', line: 19, isExternal: false },
    ]);
    expect(file?.services).toMatchObject([
      { name: 'web', networks: ['edge', 'inside'], aliases: ['front', 'www'] },
      { name: 'job', networks: ['default'] },
      { name: 'vpn', networks: [], networkMode: 'host', containerName: 'vpn-a' },
    ]);
  });

  test('are facts where a service uses them, and lead there', () => {
    const { facts } = read(text);
    const made = facts.filter(({ kind }) => kind === 'Docker::Network' || kind === 'Docker::Volume');
    expect(made.map(({ name, verb, nameStatus }) => [name, verb, nameStatus])).toEqual([
      ['unified-net', 'requires', 'literal'],
      ['shop_inside', 'creates', 'resolved'],
      ['shop_data', 'creates', 'resolved'],
    ]);
    expect(facts[0]?.relations?.map(({ type, to }) => `${type} ${to.name}`)).toEqual([
      'uses-image web:1',
      'uses-network unified-net',
      'uses-network shop_inside',
      'mounts shop_data',
    ]);
    expect(facts[0]?.properties?.networks).toEqual(['unified-net', 'shop_inside']);
  });

  test('a default network that is declared keeps its name', () => {
    const [file] = read(
      'services:\n  a: {image: "a:1"}\nnetworks:\n  default: {name: proxy, external: true}\n',
    ).artifacts.composeFiles;
    expect(file?.networks.map(({ key, name, isExternal }) => [key, name, isExternal])).toEqual([
      ['default', 'proxy', true],
    ]);
  });
});

describe('what an engine shows of a service', () => {
  test('is named and written as both sides can state it', () => {
    expect(
      properties(
        [
          'services:',
          '  web:',
          '    image: nginx:alpine',
          '    container_name: front',
          '    ports: ["8002:80", "127.0.0.1:9000-9001:9000-9001/udp", {target: 53, published: 5353, protocol: udp}]',
          '    restart: on-failure:3',
          '    privileged: false',
          '    user: "0"',
          '    command: nginx -g "daemon off;" --token kP2vX9qLw7ZtB4nM',
          '    secrets: [db]',
          '    configs: [{source: site, target: /etc/nginx/site}]',
          'secrets: {db: {file: ./db.txt}}',
          'configs: {site: {file: ./site.conf}}',
        ].join('\n'),
      ),
    ).toEqual({
      project: 'shop',
      image: 'nginx:alpine',
      containerName: 'front',
      ports: [
        '0.0.0.0:8002:80/tcp',
        '127.0.0.1:9000:9000/udp',
        '127.0.0.1:9001:9001/udp',
        '0.0.0.0:5353:53/udp',
      ],
      networks: ['shop_default'],
      restart: 'on-failure:3',
      privileged: false,
      user: '0',
      command: 'nginx -g daemon off; --token …',
      files: ['./site.conf', './db.txt'],
    });
  });

  test('what the machine may choose makes no property that is compared', () => {
    const text =
      'services:\n  a:\n    image: "a:${TAG:-1}"\n    restart: always\n    ports: ["${PORT:-80}:80"]\n    user: "${WHO}"\n';
    expect(properties(text)).toMatchObject({
      restart: 'always',
      defaults: { image: 'a:1', ports: ['0.0.0.0:80:80/tcp'] },
    });
    expect(properties(text)).not.toHaveProperty('image');
    expect(properties(text, { 'shop/.env': 'TAG=7\nPORT=81\n' })).toMatchObject({
      image: 'a:7',
      ports: ['0.0.0.0:81:80/tcp'],
    });
    expect(properties('services:\n  a: {image: "a:1", ports: ["80"]}\n')).not.toHaveProperty('ports');
  });

  const same = (property: string, one: unknown, other: unknown) => {
    const normal = kindOf('Compose::Service').compared?.[property];
    return JSON.stringify(normal?.(one as string)) === JSON.stringify(normal?.(other as string));
  };
  test.each([
    ['image', 'nginx', 'docker.io/library/nginx:latest', true],
    ['image', 'localhost:5000/a', 'localhost:5000/a:latest', true],
    ['image', 'nginx:1.29', 'nginx:1.28', false],
    ['ports', ['0.0.0.0:80:80/tcp'], [':::80:80/tcp', '0.0.0.0:80:80/tcp'], true],
    ['ports', ['0.0.0.0:80:80/tcp'], ['[::]:80:80/tcp'], true],
    ['ports', ['127.0.0.1:80:80/tcp'], ['0.0.0.0:80:80/tcp'], false],
    ['restart', 'on-failure:3', 'on-failure', true],
    ['restart', 'always', 'unless-stopped', false],
    ['networks', ['b', 'a'], ['a', 'b'], true],
    ['user', '0', 'root', true],
    ['user', '1000', 'root', false],
    ['command', 'nginx -g "daemon off;"', 'nginx -g daemon off;', true],
  ])('%s: %j and %j', (property, one, other, expected) => {
    expect(same(property, one, other)).toBe(expected);
  });
});

describe('variables', () => {
  const variables = (lines: string[], more?: Record<string, string>) =>
    read(
      ['services:', '  a:', '    image: a:1', '    environment:', ...lines.map((one) => `      ${one}`)].join(
        '\n',
      ),
      more,
    ).artifacts.composeFiles[0]?.services[0]?.environment;

  test('have a digest where their value is known, and are shown where they are plain', () => {
    const found = variables(
      [
        'MODE: direct',
        'PORT: "${PORT:-8001}"',
        'HOST: "${HOST}"',
        'JWT_SECRET: kP2vX9qLw7ZtB4nM',
        'FROM_SHELL:',
      ],
      {},
    );
    expect(found).toEqual([
      { name: 'MODE', line: 5, secret: false, class: 'plain', digest: expect.any(String), shown: 'direct' },
      {
        name: 'PORT',
        line: 6,
        secret: false,
        class: 'plain',
        digest: expect.any(String),
        shown: '8001',
        isDefault: true,
      },
      { name: 'HOST', line: 7, secret: false, class: 'reference' },
      { name: 'JWT_SECRET', line: 8, secret: true, class: expect.any(String), digest: expect.any(String) },
      { name: 'FROM_SHELL', line: 9 },
    ]);
    expect(JSON.stringify(found)).not.toContain('kP2vX9qLw7ZtB4nM');
  });

  test('name the SQLite database that they lead to', () => {
    const { facts } = read(
      'services:\n  a:\n    image: a:1\n    environment:\n      - DATABASE_URL=sqlite+aiosqlite:///./data/shop.db\n      - OTHER=sqlite:///:memory:\n      - LAST=sqlite:///${X}\n',
    );
    expect(facts.filter(({ kind }) => kind === 'SQLite::File')).toMatchObject([
      { name: './data/shop.db', evidence: { line: 5, excerpt: 'DATABASE_URL=…' } },
    ]);
  });
});

describe('a file and its override', () => {
  const files = {
    'shop/compose.override.yaml': [
      'services:',
      '  web:',
      '    ports: !override ["8080:80"]',
      '    environment: {MODE: debug}',
      '    command: !reset null',
      '    volumes: ["./dev:/data"]',
      '  mail: {image: "mail:1"}',
      'networks: {inside: {internal: true}}',
    ].join('\n'),
  };
  const base = [
    'services:',
    '  web:',
    '    image: web:1',
    '    command: run',
    '    ports: ["80:80"]',
    '    environment: {MODE: direct, A: b}',
    '    volumes: ["data:/data", "logs:/logs"]',
    '    networks: [inside]',
    'networks: {inside: {}}',
    'volumes: {data: {}, logs: {}}',
  ].join('\n');

  test('are told each for itself, and together as Compose merges them', () => {
    const { artifacts } = read(base, files);
    const [over, own] = artifacts.composeFiles;
    expect(own).not.toHaveProperty('merged');
    expect(over).toMatchObject({ file: 'shop/compose.override.yaml', overrides: 'shop/compose.yaml' });
    expect(over?.services.map(({ name }) => name)).toEqual(['web', 'mail']);
    expect(over?.merged?.services).toMatchObject([
      {
        name: 'web',
        image: { reference: 'web:1', line: 2 },
        ports: [{ published: '8080', target: '80', line: 3 }],
        volumes: [
          { source: './dev', target: '/data', line: 6 },
          { source: 'logs', target: '/logs' },
        ],
        networks: ['inside'],
        environment: [{ name: 'MODE', shown: 'debug', line: 4 }, { name: 'A' }],
      },
      { name: 'mail' },
    ]);
    expect(over?.merged?.networks).toMatchObject([
      { key: 'inside', name: 'shop_inside', isInternal: true },
      { key: 'default' },
    ]);
    expect(over?.merged?.volumes.map(({ name }) => name)).toEqual(['shop_data', 'shop_logs']);
  });

  test('state each what would run', () => {
    const web = read(base, files).facts.filter(
      ({ kind, name }) => kind === 'Compose::Service' && name === 'web',
    );
    expect(web.map(({ properties: said }) => said)).toMatchObject([
      { image: 'web:1', ports: ['0.0.0.0:8080:80/tcp'] },
      { image: 'web:1', ports: ['0.0.0.0:80:80/tcp'], command: 'run' },
    ]);
    expect(web[0]?.properties).not.toHaveProperty('command');
  });
});
