import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { whileListing } from './while-listing.ts';

test('what was begun is over when a later page is refused', async () => {
  const done: string[] = [];
  const listing = whileListing(async (begin) => {
    begin(sleep(10).then(() => void done.push('first')));
    throw new Error('refused');
  });
  await expect(listing).rejects.toThrow('refused');
  expect(done).toEqual(['first']);
});
