import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { motoPython, startMoto } from '../../test/aws/moto.ts';
import { runOnce } from '../measure.ts';
import { type Asking, REGIONS } from './asking.ts';
import type { AwsPeer } from './peers.ts';
import { Server } from './server.ts';

/** The answers of a synthetic account. */
export interface Recorded {
  file: string;
  /** How many resources it was given, by kind. */
  kinds: Record<string, number>;
  /** Operations of the audit that moto lacks: they are answered with an error. */
  lacking: string[];
}

/** What a recording is made from: the account, those who ask it, and what makes a request the same as another. */
const SOURCES = [
  'bench/aws/{account.py,asking.ts,floor.ts,peers.ts,plan.ts,recorded.ts,serve.ts}',
  'src/collect/{aws,readers/aws}/**/*.ts',
  'test/aws/{moto.ts,moto-server.py,proxy.ts,proxy/*.ts}',
  'tools/moto-requirements.txt',
  'package-lock.json',
];

/** Tells one state of what a recording is made from, and of the peers whose calls it holds, from another. */
function recipe(root: string, peers: readonly AwsPeer[]): string {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: root }).sort())
    if (!file.endsWith('.test.ts')) hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  for (const { name, version } of peers) hash.update(`${name} ${version}\n`);
  return hash.digest('hex').slice(0, 12);
}

/**
 * The answers of an account of so many resources to the floor, the audit and the peers, made with moto and kept for as
 * long as nothing that makes them changes.
 */
export async function recorded(
  root: string,
  resources: number,
  ask: Asking,
  peers: readonly AwsPeer[] = [],
): Promise<Recorded> {
  const folder = path.join(root, '.cache/bench');
  mkdirSync(folder, { recursive: true });
  const stem = `aws-${resources}${peers.length > 0 ? '-peers' : ''}`;
  const file = path.join(folder, `${stem}-${recipe(root, peers)}.jsonl`);
  const about = file.replace(/jsonl$/, 'json');
  // what is told of it is written last
  if (existsSync(about))
    return { file, ...(JSON.parse(readFileSync(about, 'utf8')) as Omit<Recorded, 'file'>) };
  for (const old of globSync(`${stem}-${'[0-9a-f]'.repeat(12)}.{json,jsonl}`, { cwd: folder }))
    rmSync(path.join(folder, old));

  process.stderr.write(`recording an account of ${resources} resources with moto\n`);
  const found = motoPython();
  if ('missing' in found) throw new Error(found.missing);
  const moto = await startMoto();
  try {
    const script = path.join(import.meta.dirname, 'account.py');
    const filled = spawnSync(found.python, [script, '--endpoint', moto.url, '-n', String(resources)], {
      encoding: 'utf8',
    });
    if (filled.status !== 0) throw new Error(filled.stderr);
    const { kinds } = JSON.parse(filled.stdout) as Pick<Recorded, 'kinds'>;
    const server = await Server.start(file, { upstream: moto.url });
    await runOnce(ask.floor(server.url));
    const { lacking: lost } = await server.served();
    if (lost.length > 0) throw new Error(`moto lacks what the least set asks: ${lost.join(', ')}`);
    await runOnce(ask.audit(server.url));
    const { lacking } = await server.served();
    if (peers.length > 0) await runOnce(ask.audit(server.url, REGIONS));
    for (const { name, at } of peers) {
      process.stderr.write(`recording what ${name} asks\n`);
      const { cut } = await runOnce(at(server.url));
      if (cut) process.stderr.write(`${name} had not ended, and may ask for more than is recorded\n`);
    }
    await server.served('write');
    server.stop();
    writeFileSync(about, JSON.stringify({ kinds, lacking }));
    return { file, kinds, lacking };
  } finally {
    await moto.stop();
  }
}
