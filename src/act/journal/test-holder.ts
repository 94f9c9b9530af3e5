/**
 * For tests: takes the lock of a folder again and again, and in each time makes a file that nobody else may have made.
 * `test-holder.ts HOME TIMES`; says `overlap` where somebody had, `done` at the end.
 */
import { closeSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { takeLock } from './lock.ts';

const [home = '', times = '1'] = process.argv.slice(2);
const mine = path.join(home, 'inside');
for (let left = Number(times); left > 0; ) {
  let lock: ReturnType<typeof takeLock>;
  try {
    lock = takeLock(home, () => new Date());
  } catch {
    await wait(1 + Math.random() * 3);
    continue;
  }
  try {
    closeSync(openSync(mine, 'wx'));
  } catch {
    process.stdout.write('overlap\n');
  }
  process.stdout.write('inside\n');
  await wait(Math.random() * 4);
  lock.check();
  rmSync(mine, { force: true });
  lock.release();
  left -= 1;
}
process.stdout.write('done\n');
