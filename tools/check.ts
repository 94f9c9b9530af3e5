import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { stale } from './generate.ts';

/** One thing that holds for the whole project; gives what is wrong, and nothing when it holds. */
interface Check {
  title: string;
  run(root: string): Promise<string> | string;
}

/** A program of a package, or one of the machine: what it says when it fails. */
function said(root: string, program: string, ...parameters: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { cwd: root, encoding: 'utf8' });
  if (error) return error.message;
  return status === 0 ? '' : `${stdout}${stderr}`.trim() || `${program}: exit code ${status}`;
}

const tool = (root: string, name: string) => path.join(root, 'node_modules/.bin', name);

export const checks: readonly Check[] = [
  { title: 'types', run: (root) => said(root, tool(root, 'tsc'), '-p', '.', '--pretty', 'false') },
  {
    title: 'lint and format',
    run: (root) => said(root, tool(root, 'biome'), 'ci', '--colors=off', '--diagnostic-level=error'),
  },
  {
    title: 'shell scripts parse as POSIX',
    run: (root) =>
      ['constat', '.ci/run', ...globSync('tools/*.sh', { cwd: root }).sort()]
        .map((file) => said(root, 'sh', '-n', file))
        .join(''),
  },
  {
    title: 'generating changes nothing',
    async run(root) {
      const { differ, left } = await stale(root);
      const wrong = [
        ...[...differ.keys()].map((file) => `${file} is not what its sources give`),
        ...left.map((file) => `${file} is not made from anything`),
      ];
      return wrong.length ? [...wrong, 'Run npm run generate.'].join('\n') : '';
    },
  },
];

/** Runs every check, one after the other, and says how each went; gives how many hold and how many do not. */
export async function runChecks(root: string): Promise<{ passed: number; failed: number }> {
  const counts = { passed: 0, failed: 0 };
  for (const { title, run } of checks) {
    const started = performance.now();
    const wrong = await run(root);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${wrong ? 'FAIL' : 'ok  '}  ${title} (${seconds} s)\n`);
    if (wrong) process.stdout.write(`${wrong.replace(/^/gm, '      ')}\n`);
    counts[wrong ? 'failed' : 'passed'] += 1;
  }
  return counts;
}

if (import.meta.main) {
  const { failed } = await runChecks(path.dirname(import.meta.dirname));
  process.exitCode = failed ? 1 : 0;
}
