import { killRuns } from '../test/kills/kills.ts';
import type { Line } from './run.ts';

/** How many of the kills are of processes that ask by the SDK, which take longer to start. */
const BY_SDK = 0.1;

/** Runs of `constat apply` that are killed at random instants and resumed: no change may be lost, none made twice. */
export async function kills(number: number, seed: number): Promise<Line[]> {
  const sdk = Math.ceil(number * BY_SDK);
  const told = [
    await killRuns('plain', number - sdk, 4, seed),
    await killRuns('sdk', sdk, 2, seed + 1_000_000),
  ];
  const count = told.reduce((sum, one) => sum + one.kills, 0);
  const runs = told.reduce((sum, one) => sum + one.runs, 0);
  const lost = (pattern: RegExp) => told.flatMap(({ wrong }) => wrong.filter((one) => pattern.test(one)));
  const from = `${count} kills of ${runs} runs, seed ${seed}`;
  const line = (what: string, found: readonly string[]): Line => ({
    what,
    measured: found.length,
    most: 0,
    unit: 'changes',
    from: [from, ...found.slice(0, 3)].join('; '),
  });
  return [
    line('killed runs, changes lost', lost(/ 0 times$/)),
    line('killed runs, changes made twice', lost(/ (?!0|1 )\d+ times$/)),
    {
      ...line(
        'killed runs, not resumed to the end',
        told.flatMap(({ stopped }) => stopped),
      ),
      unit: 'runs',
    },
  ];
}
