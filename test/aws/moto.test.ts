import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, describe, expect, test } from 'vitest';
import { motoForTests, startMoto, testsNeedMoto } from './moto.ts';

const root = path.join(import.meta.dirname, '../..');

const settings = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-3',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

const kept = motoForTests();

describe('moto for the tests of a file', () => {
  const moto = motoForTests({ account: '210987654321' });

  test('answers for the account that was asked for', async () => {
    const sts = new STSClient(settings(moto.url));
    expect((await sts.send(new GetCallerIdentityCommand())).Account).toBe('210987654321');
  });

  test.each([1, 2])('begins each test with an empty account (%i)', async () => {
    const sqs = new SQSClient(settings(moto.url));
    expect((await sqs.send(new ListQueuesCommand())).QueueUrls ?? []).toEqual([]);
    await sqs.send(new CreateQueueCommand({ QueueName: 'left-behind' }));
  });
});

test('an account that is kept is put back as it was, as often as it is asked for', async () => {
  const sqs = new SQSClient(settings(kept.url));
  const queues = async () =>
    ((await sqs.send(new ListQueuesCommand())).QueueUrls ?? []).map((url) => url.split('/').at(-1));
  await sqs.send(new CreateQueueCommand({ QueueName: 'kept' }));
  await kept.keep();
  for (const QueueName of ['one', 'two']) {
    await sqs.send(new CreateQueueCommand({ QueueName }));
    expect(await queues()).toEqual(['kept', QueueName]);
    await kept.back();
    expect(await queues()).toEqual(['kept']);
  }
  await kept.reset();
  expect(await queues()).toEqual([]);
});

describe('a moto server', () => {
  testsNeedMoto();
  const gone = (url: string) =>
    fetch(url).then(
      () => false,
      () => true,
    );

  test('listens until it is stopped, and stopping it twice does no harm', async () => {
    const moto = await startMoto();
    expect(await gone(moto.url)).toBe(false);
    await moto.stop();
    expect(await gone(moto.url)).toBe(true);
    await moto.stop();
  });

  test('ends with the process that started it, even where that one is killed', async () => {
    const code = `const { startMoto } = await import(${JSON.stringify(path.join(import.meta.dirname, 'moto.ts'))});
      console.log((await startMoto()).url);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(starter.stdout, 'data');
    const url = String(said).trim();
    expect(await gone(url)).toBe(false);
    starter.kill('SIGKILL');
    await expect.poll(() => gone(url), { timeout: 5000 }).toBe(true);
  });
});

describe('tools/moto.sh', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'constat-moto-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  function run(parameters: string[], env: NodeJS.ProcessEnv) {
    const { status, stdout, stderr } = spawnSync(
      '/bin/sh',
      [path.join(root, 'tools/moto.sh'), ...parameters],
      {
        env: { ...process.env, XDG_CACHE_HOME: scratch, ...env },
        encoding: 'utf8',
      },
    );
    return { status, stdout, lines: stderr.trimEnd().split('\n') };
  }

  test('that only looks says that moto is not there, and brings nothing', () => {
    expect(run(['find'], {})).toEqual({
      status: 5,
      stdout: '',
      lines: ['constat: moto is not installed; sh tools/moto.sh brings it'],
    });
    expect(readdirSync(path.join(scratch, 'constat'))).toEqual([]);
  });

  test('without python3 says so in one line', () => {
    mkdirSync(path.join(scratch, 'constat'), { recursive: true });
    expect(run([], { PATH: scratch })).toEqual({
      status: 5,
      stdout: '',
      lines: ['constat: bringing moto: python3 is not installed'],
    });
  });

  test('without the network says what could not be brought, and leaves nothing', (context) => {
    if (spawnSync('python3', ['-c', 'import ensurepip']).status !== 0) context.skip('python3 has no pip');
    const env = { PIP_INDEX_URL: 'http://127.0.0.1:9/', PIP_RETRIES: '0', PIP_NO_CACHE_DIR: '1' };
    const ended = run([], env);
    expect(ended).toMatchObject({ status: 5, stdout: '' });
    expect(ended.lines).toEqual([
      expect.stringMatching(/^constat: first use: bringing moto into /),
      expect.stringMatching(/^constat: bringing moto: .*annotated-types/),
    ]);
    expect(existsSync(path.join(scratch, 'constat/moto'))).toBe(false);
    expect(readdirSync(path.join(scratch, 'constat'))).toEqual([]);
  });
});
