import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';

const root = path.join(import.meta.dirname, '../..');

/** The account of every moto server that is not given another. */
export const ACCOUNT = '123456789012';

/** A server of ours that answers as AWS does: https://docs.getmoto.org */
export interface Moto {
  /** The endpoint of every service. */
  url: string;
  account: string;
  /** Replaces the account with an empty one, which makes the ids of a fresh server. */
  reset(): Promise<void>;
  /** Keeps the account as it is now, once after it was reset or started. */
  keep(): Promise<void>;
  /** Puts the account back as it was kept. */
  back(): Promise<void>;
  /** Ends the server; gives when it has ended. */
  stop(): Promise<void>;
}

export interface MotoOptions {
  /** Twelve digits. */
  account?: string;
}

/** The python that has moto, boto3 and botocore; or why there is none. Nothing is installed by asking. */
export function motoPython(): { python: string } | { missing: string } {
  const { status, stdout, stderr } = spawnSync('sh', [path.join(root, 'tools/moto.sh'), 'find'], {
    encoding: 'utf8',
  });
  return status === 0 ? { python: stdout.trim() } : { missing: stderr.trim() || 'tools/moto.sh failed' };
}

/**
 * Starts moto with an empty account, which takes about a second; ids that it makes are the same each time. It ends with
 * the process that started it, at the latest.
 *
 * @throws where moto is not installed, or does not start
 */
export async function startMoto({ account = ACCOUNT }: MotoOptions = {}): Promise<Moto> {
  const found = motoPython();
  if ('missing' in found) throw new Error(found.missing);
  const child = spawn(found.python, [path.join(import.meta.dirname, 'moto-server.py')], {
    env: {
      PATH: process.env.PATH,
      PYTHONHASHSEED: '0',
      MOTO_ACCOUNT_ID: account,
      // A certificate is issued at once, and not a minute later.
      MOTO_ACM_VALIDATION_WAIT: '0',
      // Policies of AWS can be attached to roles.
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      // Six hundred images that no test asks for.
      MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
    },
    // Its log, one line a request, is nobody's.
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // Nobody may be there to read what is asked at the end.
  child.stdin.on('error', () => {});
  const stop = () => stopped(child);
  try {
    const url = `http://127.0.0.1:${await said(child)}`;
    const ask = async (what: string) => {
      const ready = said(child);
      child.stdin.write(`${what}\n`);
      await ready;
    };
    return {
      url,
      account,
      reset: () => ask(''),
      keep: () => ask('keep'),
      back: () => ask('back'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The next line that the server says, which is its port. */
async function said(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const ended = () => reject(new Error('moto ended, or could not be started'));
  child.stdout?.once('data', (line) => resolve(String(line).trim()));
  child.once('error', reject).once('exit', ended);
  const late = setTimeout(() => reject(new Error('moto did not listen within 30 seconds')), 30_000);
  return await promise.finally(() => {
    clearTimeout(late);
    child.off('error', reject).off('exit', ended);
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  // No pid: it was never started.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.stdin?.end();
  const kill = setTimeout(() => child.kill('SIGKILL'), 3000);
  await end;
  clearTimeout(kill);
}

/** For the head of a test file or of a `describe`: without moto its tests are skipped, with the reason. */
export function testsNeedMoto(): void {
  const found = motoPython();
  beforeEach((context) => {
    if ('missing' in found) context.skip(found.missing);
  });
}

/**
 * For the head of a test file or of a `describe`: one moto for its tests, stopped after them, emptied before each.
 * Where moto is not installed every one of them is skipped with the reason. What it gives can be read once the tests
 * run.
 */
export function motoForTests(options: MotoOptions = {}): Omit<Moto, 'stop'> & { running: boolean } {
  let moto: Moto | undefined;
  const started = () => {
    if (!moto) throw new Error('moto runs only while tests do');
    return moto;
  };
  let fresh = true;
  beforeAll(async () => {
    if ('python' in motoPython()) moto = await startMoto(options);
  });
  afterAll(() => moto?.stop());
  testsNeedMoto();
  beforeEach(async () => {
    if (!fresh) await moto?.reset();
    fresh = false;
  });
  return {
    account: options.account ?? ACCOUNT,
    reset: () => started().reset(),
    keep: () => started().keep(),
    back: () => started().back(),
    get running() {
      return moto !== undefined;
    },
    get url() {
      return started().url;
    },
  };
}
