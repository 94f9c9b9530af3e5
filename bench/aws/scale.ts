import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { median, runOnce } from '../measure.ts';
import type { Line } from '../run.ts';
import { type Asking, asking } from './asking.ts';
import { type Recorded, recorded } from './recorded.ts';
import { notReported } from './reported.ts';
import { Server } from './server.ts';

/** One audit of an account. */
interface Audited {
  seconds: number;
  cpu: number;
  peak: number;
}

/** The audit of so many copies of an account, which answers at once: only what the audit does takes time. */
async function audited(
  { file, kinds }: Recorded,
  ask: Asking,
  copies: number,
  rounds: number,
  title: string,
): Promise<{ audit: Audited; lines: Line[] }> {
  const server = await Server.start(file, { copies });
  const runs: Audited[] = [];
  let lines: Line[] = [];
  for (let round = 0; round < rounds; round++) {
    const { seconds, observation } = await runOnce(ask.audit(server.url), true);
    const { duplicates } = await server.servedWhole('the audit');
    runs.push({ seconds, cpu: observation.cpu, peak: observation.peak });
    lines = [
      { what: `${title}, calls made twice`, measured: duplicates, most: 0, unit: 'calls', from: '' },
      notReported(
        title,
        Object.fromEntries(Object.entries(kinds).map(([kind, count]) => [kind, count * copies])),
        ask.out,
      ),
    ];
  }
  server.stop();
  return {
    audit: {
      seconds: median(runs.map(({ seconds }) => seconds)),
      cpu: median(runs.map(({ cpu }) => cpu)),
      peak: Math.max(...runs.map(({ peak }) => peak)),
    },
    lines,
  };
}

const each = (value: number, count: number) => `${((value * 1000) / count).toFixed(2)} ms`;

/**
 * Accounts of ten and of a hundred times as many resources: what one more resource costs must not grow with them. The
 * larger is held against the one before it, of whose time less is that of starting.
 */
export async function scale(
  root: string,
  scratch: string,
  resources: number,
  rounds: number,
): Promise<Line[]> {
  const repository = path.join(scratch, 'empty');
  mkdirSync(repository);
  const ask = asking(root, repository, path.join(scratch, 'report'));
  const known = await recorded(root, resources, ask);
  const lines: Line[] = [];
  const first = await audited(known, ask, 1, rounds, `account of ${resources} resources`);
  lines.push(...first.lines);
  let [before, beforeCount] = [first.audit, resources];
  for (const copies of [10, 100]) {
    const count = resources * copies;
    const title = `account of ${count} resources`;
    process.stderr.write(`auditing an ${title}\n`);
    const { audit, lines: sound } = await audited(known, ask, copies, 1, title);
    const line = (what: string, value: 'seconds' | 'cpu'): Line => ({
      what: `${title}, ${what} of each by ${beforeCount} resources`,
      measured: audit[value] / count / (before[value] / beforeCount),
      most: 1.2,
      unit: 'times',
      from: `${each(audit[value], count)} and ${each(before[value], beforeCount)}; ${audit[value].toFixed(1)} s in all`,
    });
    lines.push(
      line('time', 'seconds'),
      line('processor time', 'cpu'),
      { what: `${title}, peak memory`, measured: audit.peak, most: 1024, unit: 'MiB', from: '' },
      ...sound,
    );
    [before, beforeCount] = [audit, count];
  }
  return lines;
}
