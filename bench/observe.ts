// Preloaded into a command that is measured (NODE_OPTIONS=--import): tells on descriptor 3, when it ends, which files
// it opened and its peak memory. Timed runs go without it.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** What {@link observe} tells. */
export interface Observation {
  /** Peak of the resident set, in MiB. */
  peak: number;
  /** Processor time of all its threads, in seconds. */
  cpu: number;
  /** How often each file was opened, by path as given. */
  opened: [file: string, times: number][];
}

const opened = new Map<string, number>();
const count = (file: unknown) => {
  if (typeof file === 'string') opened.set(file, (opened.get(file) ?? 0) + 1);
};

const { openSync, readFileSync } = fs;
fs.openSync = (...parameters) => {
  count(parameters[0]);
  return openSync(...parameters);
};
fs.readFileSync = ((...parameters: Parameters<typeof readFileSync>) => {
  count(parameters[0]);
  return readFileSync(...parameters);
}) as typeof readFileSync;
syncBuiltinESMExports();

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const observation: Observation = {
    peak: maxRSS / 1024,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    opened: [...opened],
  };
  try {
    fs.writeSync(3, `${JSON.stringify(observation)}\n`);
  } catch {
    // A child of the launcher that nobody listens to (node -v).
  }
});
