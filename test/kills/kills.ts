import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { ONCE } from './plan.ts';
import { seeded, startCounting } from './server.ts';

/** What came of a number of kills. */
export interface Kills {
  kills: number;
  runs: number;
  /** `task blue 0 times`, `listener 443 2 times`: what was lost or doubled. */
  wrong: string[];
  /** Runs that did not come to their end. */
  stopped: string[];
}

/** How long a run takes without a kill, in milliseconds: kills come at any instant of it. */
const RUN: Record<'sdk' | 'plain', number> = { sdk: 1000, plain: 900 };

/** The process as one file: a short life would else be spent reading a hundred. */
async function bundled(sort: 'sdk' | 'plain', folder: string): Promise<string> {
  const build = await rolldown({
    input: path.join(import.meta.dirname, 'child.ts'),
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    external: sort === 'plain' ? [/^node:/, /aws-account/] : [/^node:/],
    onLog() {},
  });
  await build.write({ dir: folder, format: 'esm', entryFileNames: 'child.mjs' });
  await build.close();
  return path.join(folder, 'child.mjs');
}

interface Life {
  killed: boolean;
  said: string;
}

/** Starts a process that carries a run on, and kills it so many milliseconds after it has begun. */
function live(
  program: string,
  root: string,
  url: string,
  sort: 'sdk' | 'plain',
  killAfter: number | undefined,
): Promise<Life> {
  const { promise, resolve, reject } = Promise.withResolvers<Life>();
  const child = spawn(process.execPath, [program, root, sort], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-3',
    },
  });
  let said = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.on('data', (data) => {
    said += data;
    if (killAfter !== undefined) timer ??= setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  child.once('error', reject).once('close', (_, signal) => {
    clearTimeout(timer);
    resolve({ killed: signal === 'SIGKILL', said });
  });
  return promise;
}

/** One run that is killed and resumed until it ends; gives how often it was killed. */
async function killedRun(program: string, sort: 'sdk' | 'plain', seed: number, told: Kills): Promise<void> {
  const random = seeded(seed);
  const root = mkdtempSync(path.join(tmpdir(), 'constat-kills-'));
  const server = await startCounting(random);
  try {
    for (let left = 12; ; left -= 1) {
      const { killed, said } = await live(
        program,
        root,
        server.url,
        sort,
        left > 0 ? random() * RUN[sort] : undefined,
      );
      if (killed) told.kills += 1;
      if (said.includes('ended done')) break;
      if (!killed) {
        told.stopped.push(`seed ${seed}: ${said.trim()}`);
        break;
      }
    }
    for (const name of ONCE) {
      const times = server.effects.get(name) ?? 0;
      if (times !== 1) told.wrong.push(`seed ${seed}: ${name} ${times} times`);
    }
  } finally {
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Runs that are killed at random instants and resumed, `atOnce` at a time, until there were so many kills. */
export async function killRuns(
  sort: 'sdk' | 'plain',
  kills: number,
  atOnce: number,
  seed: number,
): Promise<Kills> {
  const told: Kills = { kills: 0, runs: 0, wrong: [], stopped: [] };
  const folder = mkdtempSync(path.join(tmpdir(), 'constat-kills-'));
  try {
    const program = await bundled(sort, folder);
    const worker = async (): Promise<void> => {
      while (told.kills < kills) {
        told.runs += 1;
        await killedRun(program, sort, seed + told.runs, told);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return told;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
