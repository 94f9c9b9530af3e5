import { describe, expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { compose } from './compose.ts';

const read = (text: string, path = 'app/compose.yml', more: Record<string, string> = {}) =>
  collectFiles(compose, { [path]: text, ...more });
const named = (text: string, path?: string, more?: Record<string, string>) =>
  read(text, path, more).facts.map(({ kind, name, nameStatus }) => [kind, name, nameStatus]);
const service = (lines: string[], more?: Record<string, string>) =>
  read(['services:', '  web:', ...lines.map((line) => `    ${line}`)].join('\n'), undefined, more).artifacts
    .composeFiles[0]?.services[0];

describe('a compose file', () => {
  test('gives its services with what they would start, each with its line', () => {
    const { facts, artifacts } = read(
      [
        'name: shop',
        'services:',
        '  api:',
        '    build:',
        '      context: ./api',
        '      dockerfile: Dockerfile.prod',
        '    image: registry.example.net/shop/api:1.4',
        '    user: "1000"',
        '    restart: unless-stopped',
        '    depends_on: [db]',
        '    env_file: .env',
        '  db:',
        '    image: postgres:16',
        '    privileged: true',
        '    healthcheck: {disable: true}',
        '    environment:',
        '      POSTGRES_PASSWORD: postgres',
        '    volumes:',
        '      - data:/var/lib/postgresql/data',
        '      - /var/run/docker.sock:/var/run/docker.sock:ro',
        'volumes:',
        '  data: {external: true}',
        'networks:',
        '  edge: {external: true, name: proxy}',
        '  inside: {}',
      ].join('\n'),
    );
    expect(artifacts.composeFiles).toMatchObject([
      {
        file: 'app/compose.yml',
        retired: false,
        project: 'shop',
        services: [
          {
            name: 'api',
            line: 3,
            image: { reference: 'registry.example.net/shop/api:1.4', line: 7 },
            build: { context: './api', dockerfile: 'Dockerfile.prod', line: 4 },
            ports: [],
            user: { name: '1000', line: 8 },
            volumes: [],
            networks: ['default'],
            environment: [],
            environmentFiles: [{ path: '.env', line: 11 }],
            dependsOn: ['db'],
            profiles: [],
            restart: 'unless-stopped',
          },
          {
            name: 'db',
            line: 12,
            image: { reference: 'postgres:16', line: 13 },
            ports: [],
            healthcheck: { disabled: true, line: 15 },
            privileged: 14,
            volumes: [
              { source: 'data', target: '/var/lib/postgresql/data', line: 19 },
              { source: '/var/run/docker.sock', target: '/var/run/docker.sock', line: 20 },
            ],
            networks: ['default'],
            environment: [{ name: 'POSTGRES_PASSWORD', line: 17, secret: true, class: 'default' }],
            environmentFiles: [],
            dependsOn: [],
            profiles: [],
          },
        ],
      },
    ]);
    expect(
      facts.map(({ kind, name, scope, verb, evidence }) => [
        kind,
        name,
        scope,
        verb,
        'line' in evidence && evidence.line,
      ]),
    ).toEqual([
      ['Compose::Service', 'api', 'shop', 'creates', 3],
      ['Docker::Image', 'registry.example.net/shop/api:1.4', undefined, 'creates', 7],
      ['Compose::Service', 'db', 'shop', 'creates', 12],
      ['Docker::Image', 'postgres:16', undefined, 'uses', 13],
      ['Docker::Network', 'proxy', undefined, 'requires', 24],
      ['Docker::Volume', 'data', undefined, 'requires', 22],
    ]);
    expect(facts[0]?.relations).toEqual([
      { type: 'uses-image', to: { kind: 'Docker::Image', name: 'registry.example.net/shop/api:1.4' } },
      { type: 'depends-on', to: { kind: 'Compose::Service', name: 'db', scope: 'shop' } },
    ]);
    expect(facts[2]?.relations).toContainEqual({
      type: 'mounts',
      to: { kind: 'Docker::Volume', name: 'data' },
    });
    expect(facts[1]?.properties).toMatchObject({ built: true, tag: '1.4' });
  });

  test.each([
    ['8080:80', { published: '8080', target: '80' }],
    ['127.0.0.1:8001:8001', { address: '127.0.0.1', published: '8001', target: '8001' }],
    ['[::1]:6060:6060/udp', { address: '::1', published: '6060', target: '6060/udp' }],
    ['3000-3005:3000-3005', { published: '3000-3005', target: '3000-3005' }],
    ['80', { target: '80' }],
    ['${PORT:-8080}:80/tcp', { published: '8080', target: '80' }],
    ['${PORT}:80', { published: '${PORT}', target: '80' }],
    ['22:22', { published: '22', target: '22' }],
  ])('port %s', (written, port) => {
    expect(service(['image: a:1', 'ports:', `  - "${written}"`])?.ports).toEqual([{ ...port, line: 5 }]);
  });

  test('a port in the long syntax, and one without quotes', () => {
    expect(
      service([
        'image: a:1',
        'ports:',
        '  - 22:22',
        '  - target: 53',
        '    published: "5353"',
        '    host_ip: 10.0.0.1',
        '    protocol: udp',
      ])?.ports,
    ).toEqual([
      { published: '22', target: '22', line: 5 },
      { published: '5353', target: '53/udp', address: '10.0.0.1', line: 6 },
    ]);
  });

  test('variables come from defaults and from the committed .env beside it, secrets never', () => {
    const text = [
      'services:',
      '  a: {image: "app:${TAG}"}',
      '  b: {image: "${REPO:-team/b}:1"}',
      '  c: {image: "${UNKNOWN}/c:1"}',
      '  d: {image: "${IMAGE}"}',
      '  e: {image: "app:${API_TOKEN}"}',
    ].join('\n');
    expect(
      named(text, 'app/compose.yml', { 'app/.env': 'TAG=2.1\nAPI_TOKEN=hunter2hunter2\n' }).filter(
        ([kind]) => kind === 'Docker::Image',
      ),
    ).toEqual([
      ['Docker::Image', 'app:2.1', 'resolved'],
      ['Docker::Image', 'team/b:1', 'resolved'],
      ['Docker::Image', '${UNKNOWN}/c:1', 'template'],
      ['Docker::Image', 'app:${API_TOKEN}', 'template'],
    ]);
  });

  test('anchors and merges, two levels deep', () => {
    const { facts } = read(
      [
        'x-common: &common',
        '  restart: always',
        'x-app: &app',
        '  <<: *common',
        '  image: ${REGISTRY:-ghcr.io/shop}/app:1',
        'services:',
        '  web:',
        '    <<: *app',
        '    ports: ["80:80"]',
        '  worker:',
        '    <<: [*app]',
        '    image: worker:2',
      ].join('\n'),
    );
    expect(
      facts.map(({ kind, name, evidence }) => [kind, name, 'line' in evidence && evidence.line]),
    ).toEqual([
      ['Compose::Service', 'web', 7],
      ['Docker::Image', 'ghcr.io/shop/app:1', 5],
      ['Compose::Service', 'worker', 10],
      ['Docker::Image', 'worker:2', 12],
    ]);
  });

  test('a service has what it extends, in its file and in another', () => {
    const { artifacts, facts } = read(
      [
        'services:',
        '  base: {image: "app:1", restart: always, ports: ["80:80"]}',
        '  web:',
        '    extends: base',
        '    ports: ["443:443"]',
        '  job:',
        '    extends: {file: ../common.yaml, service: job}',
      ].join('\n'),
      'app/compose.yml',
      { 'common.yaml': 'services:\n  job:\n    image: job:3\n    user: app\n' },
    );
    const [, web, job] = artifacts.composeFiles[0]?.services ?? [];
    expect(web).toMatchObject({
      image: { reference: 'app:1', line: 2 },
      restart: 'always',
      ports: [{ target: '443' }, { target: '80' }],
    });
    expect(job).toMatchObject({ image: { reference: 'job:3', line: 7 }, user: { name: 'app', line: 7 } });
    expect(facts.find(({ name }) => name === 'job:3')?.evidence).toMatchObject({
      file: 'common.yaml',
      line: 3,
    });
  });

  test('services that extend each other in a circle end', () => {
    expect(named('services:\n  a: {extends: b}\n  b: {extends: a, image: "x:1"}\n')).toHaveLength(3);
  });

  test('an included file belongs to the project that includes it', () => {
    expect(
      read('include:\n  - parts/db.yaml\n  - path: ../../outside.yaml\n', 'app/compose.yml', {
        'app/parts/db.yaml': 'services:\n  db:\n    image: postgres:16\n',
      }).facts,
    ).toMatchObject([
      {
        kind: 'Compose::Service',
        name: 'db',
        scope: 'app',
        evidence: { file: 'app/parts/db.yaml', line: 2 },
      },
      { kind: 'Docker::Image', name: 'postgres:16' },
    ]);
  });

  test('base and override declare one service, for the environment of the override’s name', () => {
    const { facts, artifacts } = read('services:\n  web:\n    image: web:1\n', 'compose.yml', {
      'compose.prod.yml': 'services:\n  web:\n    restart: always\n',
    });
    const services = facts.filter(({ kind }) => kind === 'Compose::Service');
    expect(services.map(({ name, scope, environments }) => [name, scope, environments])).toEqual([
      ['web', 'memory', ['prod']],
      ['web', 'memory', []],
    ]);
    expect(artifacts.composeFiles.map(({ file, overrides }) => [file, overrides])).toEqual([
      ['compose.prod.yml', 'compose.yml'],
      ['compose.yml', undefined],
    ]);
  });

  test('a profile named after an environment is that environment', () => {
    expect(read('services:\n  a:\n    image: a:1\n    profiles: [staging]\n').facts[0]?.environments).toEqual(
      ['staging'],
    );
  });

  test.each([
    'docker-compose.yml.OBSOLETE',
    'docker-compose.yml.bak',
    'old/docker-compose.yml',
    'compose.old.yml',
    'backups/compose.yml',
    'backup/2024/docker-compose.yaml',
    'compose.yaml~',
    'docker-compose.yml.old.20240102',
  ])('%s is retired and declares nothing', (path) => {
    const { facts, artifacts } = read('services:\n  web:\n    image: web:1\n    ports: ["80:80"]\n', path);
    expect(artifacts.composeFiles).toMatchObject([
      { retired: true, services: [{ ports: [{ published: '80' }] }] },
    ]);
    expect(facts.map(({ sort }) => sort)).toEqual(['retired', 'retired']);
  });

  test.each([
    ['docker-compose.yml', true],
    ['deploy/docker-compose.staging.yaml', true],
    ['api.compose.yml', true],
    ['docker-stack.yml', true],
    ['production.yml', true],
    ['compose.yaml', true],
    ['decompose.yml', false],
    ['.github/workflows/production.yml', false],
    ['docs/compose.md', false],
  ])('%s is read: %s', (path, expected) => {
    expect(read('services:\n  web:\n    image: web:1\n', path).facts.length > 0).toBe(expected);
  });

  test('YAML of another kind under a name of an environment is left alone', () => {
    expect(read('image: x\nreplicas: 2\n', 'production.yml')).toMatchObject({ facts: [], unread: [] });
  });

  test('the first format, with services at the top', () => {
    expect(named('web:\n  image: web:1\ndb:\n  build: .\n')).toEqual([
      ['Compose::Service', 'web', 'literal'],
      ['Docker::Image', 'web:1', 'literal'],
      ['Compose::Service', 'db', 'literal'],
    ]);
  });

  test('logs to CloudWatch and variables name what AWS holds', () => {
    expect(
      read(
        [
          'services:',
          '  web:',
          '    image: 111122223333.dkr.ecr.eu-west-3.amazonaws.com/shop/web:1',
          '    logging:',
          '      driver: awslogs',
          '      options: {awslogs-group: /shop/web, awslogs-region: eu-west-3}',
          '    environment:',
          '      - S3_BUCKET=shop-assets',
          '      - DATABASE_URL=postgres://u:hunter2hunter2@shop.abcdefghij12.eu-west-3.rds.amazonaws.com/x',
        ].join('\n'),
      ).facts.map(({ kind, name, region }) => [kind, name, region]),
    ).toEqual([
      ['Compose::Service', 'web', undefined],
      ['Docker::Image', '111122223333.dkr.ecr.eu-west-3.amazonaws.com/shop/web:1', 'eu-west-3'],
      ['AWS::ECR::Repository', 'shop/web', 'eu-west-3'],
      ['AWS::Logs::LogGroup', '/shop/web', 'eu-west-3'],
      ['AWS::S3::Bucket', 'shop-assets', undefined],
      ['AWS::RDS::DBInstance', 'shop', 'eu-west-3'],
    ]);
  });

  test('no secret value of an environment goes anywhere', () => {
    const collected = read(
      [
        'services:',
        '  web:',
        '    image: a:1',
        '    environment:',
        '      DB_PASSWORD: kP2vX9qLw7ZtB4nM',
        '      BUCKET: arn:aws:s3:::shop',
        '      URL: postgres://u:Zt7hunter2Q@shop.abcdefghij12.eu-west-3.rds.amazonaws.com/x',
      ].join('\n'),
    );
    expect(JSON.stringify(collected)).not.toMatch(/kP2vX9qLw7ZtB4nM|Zt7hunter2Q/);
    const flow = read('services:\n  web: {image: "a:1", environment: {PW: kP2vX9qLw7ZtB4nM}}\n');
    expect(flow.facts).toHaveLength(2);
    expect(JSON.stringify(flow)).not.toContain('kP2vX9qLw7ZtB4nM');
  });

  test('a name that is only known later, or that Compose refuses, declares nothing', () => {
    expect(
      named(
        [
          'services:',
          '  "we\\tb": {image: "a:1"}',
          '  db:',
          '    build: .',
          '    logging: {driver: awslogs, options: {awslogs-group: "${GROUP}"}}',
          'networks:',
          '  edge: {external: true, name: "${NETWORK}"}',
        ].join('\n'),
      ),
    ).toEqual([['Compose::Service', 'db', 'literal']]);
  });

  test('comments declare nothing', () => {
    expect(named('services:\n  web:\n    image: a:1 # image: b:1\n#  db:\n#    image: c:1\n')).toHaveLength(
      2,
    );
  });

  test('what is not as it should be costs nothing but itself', () => {
    for (const text of [
      'services: []',
      'services:\n  web: text\n',
      'services:\n  web:\n    image: [a]\n    ports: {a: b}\n    environment: 3\n    volumes: [{}]\n    extends: 4\n',
      'services:\n  __proto__:\n    image: a:1\n  constructor:\n    image: b:1\n',
      'include: 3\nservices:\n  a:\n',
    ]) {
      expect(read(text).unread).toEqual([]);
    }
  });

  test('broken YAML is one line of coverage at its place', () => {
    expect(read('services:\n  web:\n   image: "a\n  b: [\n').unread).toMatchObject([
      { file: 'app/compose.yml', line: expect.any(Number), asked: true },
    ]);
  });
});
