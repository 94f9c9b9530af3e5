import { pathToFileURL } from 'node:url';
import { afterEach, expect } from 'vitest';

/**
 * Before every test file: nothing reaches another machine, and nothing finds the accounts of whoever runs the tests.
 */
const guard = pathToFileURL(`${import.meta.dirname}/loopback-only.mjs`).href;
await import(guard);
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${guard}`.trim();

for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
// Credentials are asked of the instance where none are given, and regions of a file in the home folder.
process.env.AWS_EC2_METADATA_DISABLED = 'true';
process.env.AWS_CONFIG_FILE = '/dev/null';
process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';

// What is tested may take the error for one of the network, and go on: the test fails all the same.
afterEach(() => {
  const tried = outgoing();
  expect(tried.splice(0), 'other machines that were asked').toEqual([]);
});

function outgoing(): string[] {
  return (globalThis as unknown as Record<symbol, string[]>)[Symbol.for('constat.outgoing')] ?? [];
}
