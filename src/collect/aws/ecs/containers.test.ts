import { expect, test } from 'vitest';
import { containerOf, listensOf } from './containers.ts';

const of = (variables: Record<string, string>) =>
  listensOf(Object.entries(variables).map(([name, value]) => ({ name, value })));

test('ports and addresses on which a container listens are told', () => {
  const listening = {
    PORT: '3000',
    HTTP_PORT: '8080',
    server_port: '9000',
    HOSTNAME: '0.0.0.0',
    HOST: 'localhost',
    BIND: '::',
  };
  expect(of(listening)).toEqual({
    PORT: 3000,
    HTTP_PORT: 8080,
    server_port: 9000,
    HOSTNAME: '0.0.0.0',
    HOST: 'localhost',
    BIND: '::',
  });
});

test.each([
  ['a name', { PORT: 'canary' }],
  [
    'no port at all',
    { PORT: '65536', HTTP_PORT: '0', API_PORT: '-1', WEB_PORT: '080', APP_PORT: '8080 canary' },
  ],
  ['a port with a secret', { PORT: '3000canary' }],
  ['an address of a URL', { HOST: 'https://user:canary@10.0.0.1' }],
  ['a host name', { HOSTNAME: 'canary.internal' }],
  ['what only looks like an address', { HOST: 'dead:beef', BIND: '999.1.1.1', LISTEN: '10.0.0' }],
  ['a variable of another name', { PASSWORD: '3000', SUPPORT: '8080', PORTAL: '80', TOKEN_PORTS: '80' }],
  ['the port of something else', { DB_PORT: '5432', REDIS_PORT: '6379', APP_DATABASE_PORT: '3306' }],
  ['the address of something else', { DB_HOST: '10.0.0.1', REDIS_HOST: 'localhost', SMTP_HOST: '127.0.0.1' }],
])('%s is not told', (_, variables) => {
  expect(of(variables as unknown as Record<string, string>)).toEqual({});
});

test('no value of a container is told beside where it listens and where its secrets are kept', () => {
  const told = containerOf({
    name: 'api',
    image: 'nginx:1',
    essential: true,
    entryPoint: ['sh', '-c', 'canary-entry'],
    command: ['--token', 'canary-command'],
    environment: [
      { name: 'PORT', value: '3000' },
      { name: 'DATABASE_URL', value: 'postgres://app:canary@db/shop' },
    ],
    environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::canary/file.env' }],
    secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:eu-west-3:123456789012:parameter/shop/key' }],
    portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: 'tcp' }],
    dockerLabels: { label: 'canary-label' },
    repositoryCredentials: {
      credentialsParameter: 'arn:aws:secretsmanager:eu-west-3:123456789012:secret:hub',
    },
    healthCheck: {
      command: ['CMD', 'curl', '-u', 'probe:canarycanary', 'http://localhost:3000/health'],
      interval: 30,
      retries: 3,
      startPeriod: 60,
    },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': '/ecs/api',
        'awslogs-region': 'eu-west-3',
        'awslogs-stream-prefix': 'api',
        'awslogs-create-group': 'true',
      },
    },
    startTimeout: 120,
  });
  expect(JSON.stringify(told)).not.toContain('canary');
  expect(told).toMatchObject({
    listens: { PORT: 3000 },
    variables: ['PORT', 'DATABASE_URL'],
    secretsFrom: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:eu-west-3:123456789012:parameter/shop/key' }],
    portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: 'tcp' }],
    hasRepositoryCredentials: true,
    healthCheckSettings: { interval: 30, retries: 3, startPeriod: 60 },
    logging: {
      driver: 'awslogs',
      group: '/ecs/api',
      region: 'eu-west-3',
      streamPrefix: 'api',
      createGroup: true,
    },
    startTimeout: 120,
  });
});

test('the options of other drivers of logs may be secrets, and are not told', () => {
  const told = containerOf({
    name: 'api',
    image: 'nginx:1',
    logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 'canary' } },
  });
  expect(told).toMatchObject({ logging: { driver: 'splunk' } });
  expect(JSON.stringify(told)).not.toContain('canary');
});
