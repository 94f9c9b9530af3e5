import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type MotoOptions, motoForTests } from './moto.ts';
import { type AwsProxy, startProxy } from './proxy.ts';

/** AWS as tests see it: an empty account, and a proxy in front of it that can be told what goes wrong. */
export interface AwsForTests {
  account: string;
  /** Where the account is filled: moto itself, whose calls are not counted. */
  moto: string;
  /** The endpoint of what is tested. */
  url: string;
  proxy: AwsProxy;
}

/**
 * For the head of a test file or of a `describe`: moto behind a proxy. Before each test the account is emptied, and the
 * proxy forgets its faults and counts. Skips the tests, with the reason, where moto is not installed. What it gives can
 * be read once the tests run.
 */
export function awsForTests(options: MotoOptions = {}): AwsForTests {
  const moto = motoForTests(options);
  let started: AwsProxy | undefined;
  const proxy = () => {
    if (!started) throw new Error('the proxy runs only while tests do');
    return started;
  };
  beforeAll(async () => {
    if (moto.running) started = await startProxy({ upstream: moto.url, account: moto.account });
  });
  afterAll(() => started?.stop());
  beforeEach(() => started?.clear());
  afterEach(() => {
    expect(started?.statistics.errors ?? []).toEqual([]);
  });
  return {
    account: moto.account,
    get moto() {
      return moto.url;
    },
    get url() {
      return proxy().url;
    },
    get proxy() {
      return proxy();
    },
  };
}
