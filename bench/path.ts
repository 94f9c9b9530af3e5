import { URLS } from '../test/estates/request-path/account.ts';
import type { Breakage } from '../test/estates/request-path/breakages/breakage.ts';
import { denied } from '../test/estates/request-path/breakages/denied.ts';
import { breakages, pairs } from '../test/estates/request-path/breakages.ts';
import { Harbour } from '../test/estates/request-path/harbour.ts';
import { checksOf, type Told, told } from '../test/estates/request-path/told.ts';
import type { Line } from './run.ts';

/** Pairs that are broken at once: more than the tests have time for. */
const PAIRS = 200;
/** Faults of a hundred that may be told at a wrong hop. */
const MOST_WRONG = 3;

const share = (part: number, whole: number): number => (100 * part) / whole;
const shown = (part: number, whole: number): string =>
  `${part} of ${whole} (${share(part, whole).toFixed(1)} %)`;

/**
 * A sound estate with what is broken in it one by one and in pairs, and with each read denied: whether the trace of a
 * request tells the right hop and every blocker, and blames nothing that is sound. Gives a table, and the misses in words.
 * @throws where moto is not installed
 */
export async function path(): Promise<{ lines: Line[]; misses: string[] }> {
  const harbour = await Harbour.start();
  try {
    await harbour.follow(Harbour.urls);
    const each = async (all: readonly [Breakage, ...Breakage[]][]) => {
      const results: Told[] = [];
      for (const faults of all) results.push(await told(harbour, ...faults));
      return results;
    };
    const single = await each(breakages.map((fault) => [fault]));
    const both = await each(pairs(PAIRS));
    const unsaid = await unsaidOfDenied(harbour);
    const wrong = single.filter(({ missed, known }) => missed.length + known.length > 0);
    const unnamed = both.filter((one) => one.unnamed.length > 0);
    const sound = [...single, ...both].filter((one) => one.sound.length > 0);
    const lines: Line[] = [
      {
        what: 'faults of a path, told at another hop or not at all',
        measured: share(wrong.length, single.length),
        most: MOST_WRONG,
        unit: '%',
        from: `${shown(single.length - wrong.length, single.length)} at the right hop`,
      },
      {
        what: 'pairs of faults, one of them not named',
        measured: share(unnamed.length, both.length),
        most: 0,
        unit: '%',
        from: `${shown(both.length - unnamed.length, both.length)} with every blocker`,
      },
      {
        what: 'faults and pairs that blame a sound hop',
        measured: sound.length,
        most: 0,
        unit: 'cases',
        from: `of ${single.length + both.length}`,
      },
      {
        what: 'denied reads told as a failure, or without the permission',
        measured: unsaid.length,
        most: 0,
        unit: 'cases',
        from: `of ${denied.length}`,
      },
    ];
    const misses = [
      ...wrong.map(({ id, missed, known }) => `${id}: not told: ${[...missed, ...known].join(', ')}`),
      ...unnamed.map((one) => `${one.id}: not named: ${one.unnamed.join(', ')}`),
      ...sound.map((one) => `${one.id}: blamed although sound: ${one.sound.join(', ')}`),
      ...unsaid,
    ];
    return { lines, misses };
  } finally {
    await harbour.stop();
  }
}

async function unsaidOfDenied(harbour: Harbour): Promise<string[]> {
  const unsaid: string[] = [];
  for (const { operation, way, unknown } of denied) {
    const { paths } = await harbour.follow([URLS[way]], ({ answers }) => answers.deny(operation));
    const checks = paths.flatMap(checksOf);
    const failing = checks.filter(({ result }) => result === 'fail').map(({ id }) => id);
    const told = new Set(
      checks
        .filter(({ result, refusal }) => result === 'unknown' && refusal?.permission === operation)
        .map(({ id }) => id),
    );
    const missing = unknown.filter((id) => !told.has(id));
    if (failing.length + missing.length > 0)
      unsaid.push(
        `${operation} denied: ${[...failing.map((id) => `${id} fails`), ...missing.map((id) => `${id} is not unknown`)].join(', ')}`,
      );
  }
  return unsaid;
}
