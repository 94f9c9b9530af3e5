import { expect, test } from 'vitest';
import { builtInNote } from './built-in.ts';
import type { Resource } from './vocabulary.ts';

const of = (provider: string, builtIn = true): Resource => ({
  id: provider,
  kind: 'Host',
  name: 'x',
  provider,
  environments: [],
  status: 'undocumented',
  declared: [],
  observed: [],
  properties: builtIn ? { builtIn } : {},
  drift: [],
});

test('what is left out is said of whom brings it', () => {
  expect(builtInNote([of('aws', false)])).toBeUndefined();
  expect(builtInNote([of('aws')])?.en).toContain('default VPC');
  expect(builtInNote([of('aws'), of('cloudflare')])?.en).toBe(
    'Not listed: 2 that the provider makes in every account.',
  );
  const host =
    'Not listed: 2 that hosts have of their own or that others tell (ports, containers of Compose, parts of the distribution).';
  expect(builtInNote([of('host'), of('docker')])?.en).toBe(host);
  expect(builtInNote([of('host'), of('docker'), of('aws')])?.en).toMatch(
    /^Not listed: 1 .*default VPC.*\. Not listed: 2 that hosts/,
  );
});
