import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';

/** After so many tries what is broken, or never answers, is told: more would only make the audit wait. */
const MOST_TRIES = 4;
const LONGEST_DELAY = 5_000;

/**
 * The SDK's retries: a service that asks to wait is waited for, up to `attempts` tries; one that fails otherwise is tried
 * four times, which is one more than the SDK's own standard.
 * @param delay before the second try, in milliseconds; each further one is twice as long, less up to a half by chance
 */
export class Retries extends ConfiguredRetryStrategy {
  constructor(attempts: number, delay: number) {
    super(attempts, (attempt) =>
      Math.min(LONGEST_DELAY, delay * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)),
    );
  }

  override refreshRetryTokenForRetry(
    token: StandardRetryToken,
    error: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    if (error.errorType !== 'THROTTLING' && token.getRetryCount() + 1 >= MOST_TRIES)
      return Promise.reject(new Error('No retry token available'));
    return super.refreshRetryTokenForRetry(token, error);
  }
}
