import type { RetryErrorInfo } from '@smithy/types';
import { expect, test } from 'vitest';
import { Retries } from './retries.ts';

/** How often a request is sent that always fails so. */
async function triesOf(errorType: RetryErrorInfo['errorType'], attempts = 8): Promise<number> {
  const retries = new Retries(attempts, 0);
  let token = await retries.acquireInitialRetryToken('');
  for (let tries = 1; ; tries += 1)
    try {
      token = await retries.refreshRetryTokenForRetry(token, { errorType });
    } catch {
      return tries;
    }
}

test('who asks to wait is asked again to the end; what is broken for a while, or silent, four times', async () => {
  expect(await triesOf('THROTTLING')).toBe(8);
  expect(await triesOf('TRANSIENT')).toBe(4);
});

test('never more often than was asked for', async () => {
  expect(await triesOf('TRANSIENT', 2)).toBe(2);
});
