// An account that answers from a recording, in a process of its own. usage: serve.ts RECORDING [SETTINGS as JSON]
// Says its address on the first line; each line that it is given clears its counts and is answered with them.
import { createInterface } from 'node:readline';
import type { Limits } from '../../test/aws/proxy/limits.ts';
import { type Known, Recording } from '../../test/aws/proxy/recording.ts';
import { startProxy } from '../../test/aws/proxy.ts';
import { Grown } from './grown.ts';

/** What the benchmark asks of the server. */
export interface Settings {
  upstream?: string;
  latency?: { mean: number; jitter: number };
  limits?: Limits;
  /** How many times the recorded account is to be there. */
  copies?: number;
}

/** What was asked since the counts were cleared. */
export interface Served {
  calls: number;
  duplicates: number;
  throttled: number;
  /** Operations that were asked for what is not recorded. */
  missing: string[];
  /** Operations that the server behind does not do. */
  lacking: string[];
  /** Mistakes of the server itself. */
  errors: string[];
  /** From the first call to the last answer, in seconds. */
  span: number;
  operations: Record<string, number>;
}

const [, , file = '', settings = '{}'] = process.argv;
const recording = Recording.read(file);
const { upstream, latency, limits, copies } = JSON.parse(settings) as Settings;
// While it is recorded everything is asked anew, and the last answer stays: what is under way the first time is done
// then, and those who wait for it do not wait for ever.
const anew: Known = { get: () => undefined, set: (key, answer) => recording.set(key, answer) };
const known = copies === undefined ? recording : new Grown(recording, copies);
const proxy = await startProxy({
  recording: upstream === undefined ? known : anew,
  ...(upstream && { upstream }),
  ...(latency && { latency }),
  ...(limits && { limits }),
});
process.stdout.write(`${proxy.url}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'write') recording.write(file);
  const { total, operations, errors, first, last } = proxy.statistics;
  const told = (what: 'missing' | 'unsupported') =>
    Object.entries(operations).flatMap(([name, counts]) => (counts[what] > 0 ? name : []));
  const served: Served = {
    calls: total.calls,
    duplicates: total.duplicates,
    throttled: total.throttled,
    missing: told('missing'),
    lacking: told('unsupported'),
    errors,
    span: (last - first) / 1000,
    operations: Object.fromEntries(Object.entries(operations).map(([name, { calls }]) => [name, calls])),
  };
  proxy.clear();
  process.stdout.write(`${JSON.stringify(served)}\n`);
}
await proxy.stop();
