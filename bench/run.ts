import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { account } from './aws/account.ts';
import { scale } from './aws/scale.ts';
import { kills } from './kills.ts';
import { alternate, type Measured, runOnce } from './measure.ts';
import { peers } from './peers.ts';
import type { RehearsalTimes } from './rehearsal.ts';
import { syntheticRepository } from './synthetic-repository.ts';
import { syntheticWorkflows } from './synthetic-workflows.ts';

const root = path.dirname(import.meta.dirname);
const launcher = path.join(root, 'constat');

/** One thing measured, against what it may be at most. */
export interface Line {
  what: string;
  measured: number;
  most: number;
  unit:
    | 'times'
    | 's'
    | 'ms'
    | 'MiB'
    | 'files'
    | 'calls'
    | 'resources'
    | 'changes'
    | 'runs'
    | '%'
    | 'cases'
    | 'minutes';
  from: string;
}

const seconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} s`;
const milliseconds = (value: number) => `${(value * 1000).toFixed(1)} ms`;

/** The audit of a large repository without workflows. */
async function largeRepository(
  scratch: string,
  files: number,
  rounds: number,
  withPeers: boolean,
): Promise<Line[]> {
  const cache = path.join(root, '.cache/bench');
  mkdirSync(cache, { recursive: true });
  const repository = syntheticRepository(cache, files);
  const audit: Measured = {
    command: [launcher, 'audit', repository, '--no-lock', '--quiet', '--out', path.join(scratch, 'report')],
  };
  const { observation } = await runOnce(audit, true);
  const own = (observation?.opened ?? [])
    .map(([file, times]) => [path.relative(repository, file), times] as const)
    .filter(([file]) => !file.startsWith('..') && !file.startsWith('.git/'));
  const list = path.join(scratch, 'read');
  writeFileSync(list, own.map(([file]) => file).join('\n'));
  const floor: Measured = {
    command: [process.execPath, path.join(import.meta.dirname, 'floor.ts'), repository, list],
  };
  const times = await alternate({ floor, audit }, rounds);
  const title = `audit of ${files} files`;
  const lines: Line[] = [
    {
      what: `${title}, by the floor`,
      measured: times.audit / times.floor,
      most: 4,
      unit: 'times',
      from: `${seconds(times.audit)} and ${seconds(times.floor)}, ${own.length} files read`,
    },
    {
      what: `${title}, peak memory`,
      measured: observation?.peak ?? Number.NaN,
      most: 250,
      unit: 'MiB',
      from: '',
    },
    {
      what: `${title}, files read twice`,
      measured: own.filter(([, times]) => times > 1).length,
      most: 0,
      unit: 'files',
      from: own.find(([, times]) => times > 1)?.[0] ?? '',
    },
  ];
  for (const [name, peer] of peers(path.join(cache, 'peers'), repository, withPeers)) {
    const both = await alternate({ audit, peer }, 1);
    const from = `${seconds(both.audit)} and ${seconds(both.peer)}`;
    lines.push({
      what: `${title}, by ${name}`,
      measured: both.audit / both.peer,
      most: 1 / 15,
      unit: 'times',
      from,
    });
  }
  return lines;
}

/** The rehearsal of a hundred workflows; its memory is that of an audit of them all. */
async function rehearsal(scratch: string): Promise<Line[]> {
  const told = execFileSync(process.execPath, [path.join(import.meta.dirname, 'rehearsal.ts')], {
    encoding: 'utf8',
  });
  const { workflows, jobs, calls, job, repository } = JSON.parse(told) as RehearsalTimes;
  const all = path.join(scratch, 'workflows');
  mkdirSync(path.join(all, '.github/workflows'), { recursive: true });
  for (const [file, text] of syntheticWorkflows(1, workflows).flatMap((files) => Object.entries(files)))
    writeFileSync(path.join(all, file), text);
  const audit = [launcher, 'audit', all, '--no-lock', '--quiet', '--out', path.join(scratch, 'report')];
  const { observation } = await runOnce({ command: audit }, true);
  const from = `${workflows} workflows, ${jobs} jobs, ${calls} calls`;
  return [
    { what: 'rehearsal, median job', measured: job * 1000, most: 50, unit: 'ms', from },
    { what: 'rehearsal, slowest repository of 10 workflows', measured: repository, most: 1, unit: 's', from },
    {
      what: 'audit of 100 workflows, peak memory',
      measured: observation?.peak ?? Number.NaN,
      most: 250,
      unit: 'MiB',
      from: '',
    },
  ];
}

/** What starting costs, beyond Node.js itself. */
async function start(scratch: string): Promise<Line[]> {
  const empty = path.join(scratch, 'empty.mjs');
  writeFileSync(empty, '');
  const times = await alternate(
    {
      node: { command: [process.execPath, empty] },
      version: { command: [launcher, '--version'] },
      rules: { command: [launcher, 'rules'] },
    },
    31,
  );
  const { node, version, rules } = times;
  const from = (time: number) => `${milliseconds(time)} and ${milliseconds(node)}`;
  return [
    {
      what: '--version, by an empty Node.js',
      measured: version / node,
      most: 1.5,
      unit: 'times',
      from: from(version),
    },
    {
      what: 'rules, beyond an empty Node.js',
      measured: (rules - node) * 1000,
      most: 100,
      unit: 'ms',
      from: from(rules),
    },
  ];
}

/** Aligned columns; a line that is over what it may be is marked. */
function table(lines: readonly Line[]): string {
  const number = (value: number) =>
    value < 1 && value > 0 ? value.toFixed(3) : value.toFixed(value < 100 ? 2 : 0);
  const rows = lines.map(({ what, measured, most, unit, from }) => [
    measured <= most ? 'ok' : 'OVER',
    what,
    `${number(measured)} ${unit}`,
    `≤ ${number(most)}`,
    from,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '5' },
    peers: { type: 'boolean', default: false },
    aws: { type: 'boolean', default: false },
    scale: { type: 'boolean', default: false },
    path: { type: 'boolean', default: false },
    cloudflare: { type: 'boolean', default: false },
    resources: { type: 'string', default: '1000' },
    kills: { type: 'string' },
    seed: { type: 'string', default: '20261128' },
  },
});
const scratch = mkdtempSync(path.join(tmpdir(), 'constat-bench-'));
try {
  // Builds where that is still to be done, and fills the caches.
  if (!values.path && !values.cloudflare) await runOnce({ command: [launcher, 'rules'] });
  const [files, resources, rounds] = [values.files, values.resources, values.rounds].map(Number) as [
    number,
    number,
    number,
  ];
  let misses: string[] = [];
  const measured = async () => {
    if (values.path) {
      const { path: paths } = await import('./path.ts');
      const { lines, misses: found } = await paths();
      misses = found;
      return lines;
    }
    if (values.cloudflare) return await (await import('./cloudflare.ts')).cloudflare();
    if (values.kills !== undefined) return await kills(Number(values.kills), Number(values.seed));
    if (values.aws && values.scale) return await scale(root, scratch, resources, rounds);
    if (values.aws) return await account(root, scratch, resources, rounds, values.peers);
    return [
      ...(await start(scratch)),
      ...(await rehearsal(scratch)),
      ...(await largeRepository(scratch, files, rounds, values.peers)),
    ];
  };
  const lines = await measured();
  process.stdout.write(`${[table(lines), ...misses].join('\n')}\n`);
  process.exitCode = lines.every(({ measured, most }) => measured <= most) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
