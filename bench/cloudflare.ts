import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { type Reading, readFleet } from '../test/cloudflare/fleet.ts';
import type { Line } from './run.ts';

/** Requests in a window of the limit, and how long it is. Cloudflare API documentation, “Rate limits”. */
const LIMIT = { requests: 1_200, minutes: 5 };
/** Zones whose reading fits in one window, with what an account has beside them. */
const FEW = 100;
const MANY = 1_000;

interface Measured extends Reading {
  /** Peak of the resident set of the process that read, and in which the API was, in MiB. */
  peak: number;
}

/** Reads a fleet in a process of its own, by which its memory is known. */
function measured(zones: number, late = 0): Measured {
  const told = execFileSync(
    process.execPath,
    [path.join(import.meta.dirname, 'cloudflare.ts'), `${zones}`, `${late}`],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 20,
    },
  );
  return JSON.parse(told) as Measured;
}

function linesOf(zones: number, reading: Measured): Line[] {
  const { calls, ofZones, twice, throttled, perWindow, minutes, peak, seen } = reading;
  const title = `Cloudflare, ${zones} zones`;
  const windows = Math.ceil(calls / LIMIT.requests);
  const seenText = `${seen.zones} zones, ${seen.records} records, ${seen.rulesets} rulesets, ${seen.certificates} certificates`;
  return [
    {
      what: `${title}, calls for each zone`,
      measured: ofZones / zones,
      most: 10,
      unit: 'calls',
      from: seenText,
    },
    {
      what: `${title}, calls`,
      measured: calls,
      most: zones <= FEW ? LIMIT.requests : zones * 10 + 100,
      unit: 'calls',
      from: `${calls - ofZones} of the account`,
    },
    { what: `${title}, calls sent twice`, measured: twice, most: 0, unit: 'calls', from: '' },
    { what: `${title}, calls that were throttled`, measured: throttled, most: 0, unit: 'calls', from: '' },
    {
      what: `${title}, calls in one window`,
      measured: perWindow,
      most: LIMIT.requests,
      unit: 'calls',
      from: `${LIMIT.requests} in ${LIMIT.minutes} minutes`,
    },
    {
      what: `${title}, minutes on a clock that nobody waits for`,
      measured: minutes,
      most: Math.max(1, (windows - 1) * LIMIT.minutes + 1),
      unit: 'minutes',
      from: `${windows} ${windows > 1 ? 'windows' : 'window'} of the limit`,
    },
    {
      what: `${title}, peak memory, with the API`,
      measured: peak,
      most: zones <= FEW ? 400 : 1_000,
      unit: 'MiB',
      from: '',
    },
  ];
}

/**
 * Fleets of zones read from an API on loopback that refuses whatever is over the documented limit: what it takes, and
 * whether ten times as many zones take ten times as much.
 */
export async function cloudflare(): Promise<Line[]> {
  const [few, many] = [measured(FEW), measured(MANY)];
  const late = measured(FEW * 3, 2);
  return [
    ...linesOf(FEW, few),
    ...linesOf(MANY, many),
    {
      what: `Cloudflare, calls for each of ${MANY} zones, by those of ${FEW}`,
      measured: many.ofZones / MANY / (few.ofZones / FEW),
      most: 1.05,
      unit: 'times',
      from: 'linear',
    },
    {
      what: `Cloudflare, ${FEW * 3} zones, requests up to 2 s late, throttled`,
      measured: late.throttled,
      most: 0,
      unit: 'calls',
      from: `${late.calls} calls in ${late.minutes.toFixed(1)} minutes`,
    },
    {
      what: 'Cloudflare, fleets that were not read in full',
      measured: [few, many, late].filter(({ complete }) => !complete).length,
      most: 0,
      unit: 'cases',
      from: '',
    },
  ];
}

const [zones, late] = process.argv.slice(2).map(Number);
if (import.meta.main && zones !== undefined) {
  const reading = await readFleet(zones, late);
  const told: Measured = { ...reading, peak: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(JSON.stringify(told));
}
