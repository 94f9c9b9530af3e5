import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { parseDotenv } from './dotenv.ts';
import { environmentFile } from './environment-file.ts';

const read = (text: string, path = '.env') => collectFiles(environmentFile, { [path]: text });
const named = (text: string, path?: string) => read(text, path).facts.map(({ kind, name }) => [kind, name]);

describe('parseDotenv', () => {
  const text = [
    '# comment',
    'A=1',
    'export B = two # said',
    'C="three # kept"',
    "D='four'",
    'E="line one',
    'line two"',
    'F=a#b',
    'G=',
    'not an assignment',
    'H="unclosed',
    'I=last',
  ].join('\n');

  test('gives each assignment with its line', () => {
    expect(parseDotenv(text.split('\n')).map(({ name, line }) => [name, line])).toEqual([
      ['A', 2],
      ['B', 3],
      ['C', 4],
      ['D', 5],
      ['E', 6],
      ['F', 8],
      ['G', 9],
      ['H', 11],
      ['I', 12],
    ]);
  });

  test('gives the values that Node itself gives', () => {
    const ours = Object.fromEntries(parseDotenv(text.split('\n')).map(({ name, value }) => [name, value]));
    expect(ours).toEqual({ ...parseEnv(text) });
  });
});

describe('an environment file', () => {
  test('gives names and classes, and no secret value anywhere', () => {
    const collected = read(
      'APP=web\nDB_PASSWORD=kP2vX9qLw7ZtB4nM\nDATABASE_URL=postgres://u:Zt7hunter2Q@db/x\n',
    );
    expect(collected.artifacts.environmentFiles).toEqual([
      {
        file: '.env',
        example: false,
        tracked: true,
        variables: [
          { name: 'APP', line: 1, secret: false, class: 'plain', digest: expect.any(String), shown: 'web' },
          { name: 'DB_PASSWORD', line: 2, secret: true, class: 'strong', digest: expect.any(String) },
          { name: 'DATABASE_URL', line: 3, secret: true, class: 'weak', digest: expect.any(String) },
        ],
      },
    ]);
    expect(JSON.stringify(collected)).not.toMatch(/kP2vX9qLw7ZtB4nM|hunter2/);
  });

  test('equal values have equal digests, and what a loader would still put together has none', () => {
    const { artifacts, facts } = read(
      'A=same value\nB="same value"\nC=$A/x\nDATABASE_URL=sqlite:///./shop.db\n',
    );
    const [a, b, c] = artifacts.environmentFiles[0]?.variables ?? [];
    expect(a?.digest).toBe(b?.digest);
    expect(c).not.toHaveProperty('digest');
    expect(facts).toMatchObject([{ kind: 'SQLite::File', name: './shop.db', evidence: { line: 4 } }]);
  });

  test('names what AWS holds, with region and account as far as they are said', () => {
    const { facts } = read(
      [
        'AWS_REGION=eu-west-3',
        'S3_BUCKET=shop-assets-prod',
        'SQS_QUEUE_URL=https://sqs.eu-west-1.amazonaws.com/111122223333/orders.fifo',
        'DYNAMODB_TABLE=sessions',
        'CLOUDFRONT_DISTRIBUTION_ID=E1A2B3C4D5E6F7',
        'COGNITO_USER_POOL_ID=eu-west-3_AbCdEfGhI',
        'TOPIC=arn:aws:sns:eu-west-3:111122223333:alerts',
        'DATABASE_URL=postgres://app:hunter2secret@shop.cluster-c9akciq32rtz.eu-west-3.rds.amazonaws.com:5432/app',
      ].join('\n'),
      '.env.production',
    );
    expect(facts.map(({ kind, name, region, account }) => [kind, name, region, account])).toEqual([
      ['AWS::S3::Bucket', 'shop-assets-prod', 'eu-west-3', undefined],
      ['AWS::SQS::Queue', 'orders.fifo', 'eu-west-1', '111122223333'],
      ['AWS::DynamoDB::Table', 'sessions', 'eu-west-3', undefined],
      ['AWS::CloudFront::Distribution', 'E1A2B3C4D5E6F7', undefined, undefined],
      ['AWS::Cognito::UserPool', 'eu-west-3_AbCdEfGhI', 'eu-west-3', undefined],
      ['AWS::SNS::Topic', 'alerts', 'eu-west-3', '111122223333'],
      ['AWS::RDS::DBCluster', 'shop', 'eu-west-3', undefined],
    ]);
    expect(facts.every(({ sort, environments }) => sort === 'declared' && environments[0] === 'prod')).toBe(
      true,
    );
    expect(JSON.stringify(facts)).not.toContain('hunter2secret');
  });

  test('an example refers to what it names and declares nothing', () => {
    expect(read('S3_BUCKET=shop-assets', '.env.example').facts).toMatchObject([{ sort: 'reference' }]);
    expect(read('S3_BUCKET=shop-assets', 'env.sample').artifacts.environmentFiles[0]?.example).toBe(true);
  });

  test('credentials name the providers that they open, each once', () => {
    const text =
      'OPENAI_API_KEY=sk-a8Zq4Lm9Xc2Vb7Nw1Ks6\nSTRIPE_SECRET_KEY=\nSLACK_BOT_TOKEN=${TOKEN}\nSLACK_WEBHOOK_URL=x\n';
    expect(named(text)).toEqual([
      ['Service::AI', 'openai'],
      ['Service::SaaS', 'slack'],
    ]);
    expect(read(text, '.env.example').facts.map(({ name, sort }) => [name, sort])).toEqual([
      ['openai', 'reference'],
      ['stripe', 'reference'],
      ['slack', 'reference'],
    ]);
  });

  test('a retired copy is retired', () => {
    expect(read('S3_BUCKET=shop-assets', '.env.bak').facts).toMatchObject([{ sort: 'retired' }]);
  });

  test('placeholders, references and storage elsewhere name nothing', () => {
    expect(named('S3_BUCKET=your-bucket-name')).toEqual([]);
    expect(named('S3_BUCKET=<bucket>')).toEqual([]);
    expect(named('S3_BUCKET=${BUCKET}')).toEqual([]);
    expect(named('S3_BUCKET=assets\nS3_ENDPOINT=http://minio:9000')).toEqual([]);
    expect(named('GCS_BUCKET=assets\nAWS_REGION=eu-west-1')).toEqual([]);
    expect(named('BUCKET=assets')).toEqual([]);
    expect(named('AWS_REGION=eu-west-1\nBUCKET=assets')).toEqual([['AWS::S3::Bucket', 'assets']]);
    expect(named('# S3_BUCKET=old-assets')).toEqual([]);
  });

  test.each([
    '.env',
    '.env.local',
    'prod.env',
    'env.example',
    '.env.sample',
    '.dev.vars',
    '.env.template',
    'docker/.env.dist',
  ])('%s is read', (path) => {
    expect(read('A=1', path).artifacts.environmentFiles).toHaveLength(1);
  });
  test.each(['src/env.ts', '.env.d.ts', 'environment.md', '.envrc', 'env.py', '.env.enc', 'env'])(
    '%s is not read',
    (path) => {
      expect(read('A=1', path).artifacts.environmentFiles).toEqual([]);
    },
  );

  test('names of prototypes, long lines and open quotes do no harm', () => {
    const started = performance.now();
    const { artifacts } = read(
      `__proto__=1\nconstructor=2\n${'A="\n'.repeat(20_000)}B=${'x'.repeat(1_000_000)}\n`,
    );
    expect(artifacts.environmentFiles[0]?.variables[0]?.name).toBe('__proto__');
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
