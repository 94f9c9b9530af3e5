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
  /** Empties the account, and makes the ids that follow those of a fresh server. */
  reset(): Promise<void>;
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
      // Six hundred images that no test asks for.
      MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
    },
    // Its log, one line a request, is nobody's.
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const stop = () => stopped(child);
  try {
    const url = `http://127.0.0.1:${await portOf(child)}`;
    const ask = async (what: string) => {
      const { ok, status } = await fetch(`${url}/moto-api/${what}`, { method: 'POST' });
      if (!ok) throw new Error(`moto answers ${status} to ${what}`);
    };
    const reset = async () => {
      await ask('reset');
      await ask('seed?a=42');
    };
    await reset();
    return { url, account, reset, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first line that the server says. */
async function portOf(child: ChildProcess): Promise<number> {
  const said = Promise.withResolvers<number>();
  child.stdout?.once('data', (line) => said.resolve(Number(line)));
  child.once('error', said.reject);
  child.once('exit', (code) => said.reject(new Error(`moto ended with code ${code} before it listened`)));
  const late = setTimeout(() => said.reject(new Error('moto did not listen within 30 seconds')), 30_000);
  return await said.promise.finally(() => clearTimeout(late));
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
export function motoForTests(
  options: MotoOptions = {},
): Pick<Moto, 'url' | 'account'> & { running: boolean } {
  let moto: Moto | undefined;
  beforeAll(async () => {
    if ('python' in motoPython()) moto = await startMoto(options);
  });
  afterAll(() => moto?.stop());
  testsNeedMoto();
  beforeEach(() => moto?.reset());
  return {
    account: options.account ?? ACCOUNT,
    get running() {
      return moto !== undefined;
    },
    get url() {
      if (!moto) throw new Error('moto runs only while tests do');
      return moto.url;
    },
  };
}
