import { expect, test } from 'vitest';
import { r2 } from './r2.ts';
import { ApiReply, collected, denied, of, refused } from './test-api.ts';

const list = (...names: string[]) => ({ buckets: names.map((name) => ({ name, location: 'WEUR' })) });
const closed = (name: string) => ({
  [of(`/r2/buckets/${name}/domains/managed`)]: { enabled: false },
  [of(`/r2/buckets/${name}/domains/custom`)]: { domains: [{ domain: 'files.quay.example', enabled: false }] },
});

test('buckets of the European jurisdiction are listed apart, and looked into there', async () => {
  const headers: unknown[] = [];
  const { facts } = await collected(r2, {
    [of('/r2/buckets')]: (_: URLSearchParams, given: Record<string, unknown>) =>
      given['cf-r2-jurisdiction'] === 'eu' ? list('deeds-eu') : list('deeds'),
    ...closed('deeds'),
    [of('/r2/buckets/deeds-eu/domains/managed')]: (_: URLSearchParams, given: Record<string, unknown>) => {
      headers.push(given['cf-r2-jurisdiction']);
      return { enabled: true };
    },
    [of('/r2/buckets/deeds-eu/domains/custom')]: { domains: [] },
  });
  expect(
    facts.map(({ name, properties }) => [name, properties?.jurisdiction, properties?.publicAtR2Dev]),
  ).toEqual([
    ['deeds', undefined, false],
    ['deeds-eu', 'eu', true],
  ]);
  expect(facts[0]?.properties?.customDomains).toEqual([]);
  expect(headers).toEqual(['eu']);
});

test('an account without R2 has no bucket, and one whose list is denied may have any', async () => {
  const without = await collected(r2, { [of('/r2/buckets')]: refused(403, 10042, 'Please enable R2') });
  expect(without.lookups.every(({ refusal }) => refusal === undefined)).toBe(true);
  expect(without.operations.every(({ denied: one, failed }) => one + failed === 0)).toBe(true);
  const closedList = await collected(r2, { [of('/r2/buckets')]: denied() });
  expect(closedList.lookups.every(({ refusal }) => refusal?.sort === 'denied')).toBe(true);
});

test('a cursor that comes back is no end of a list', async () => {
  const again = new ApiReply({
    body: { success: true, errors: [], result: list('deeds'), result_info: { cursor: 'same' } },
  });
  const { lookups } = await collected(r2, { [of('/r2/buckets')]: again });
  expect(lookups.every(({ refusal }) => refusal?.sort === 'failed')).toBe(true);
});
