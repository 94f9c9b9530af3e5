import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { estate, findings, isUnknown, read, resource } from '../../test-estate.ts';
import { workerUndeclaredUsesData } from './worker-undeclared-uses-data.ts';

const seen = (parts: Partial<Resource> = {}): Partial<Resource> => ({
  account: 'a1',
  observed: [read('GET /accounts/{account_id}/workers/scripts')],
  ...parts,
});
const database = resource(
  'Cloudflare::D1::Database',
  'quay-db',
  [],
  seen({ status: 'verified', properties: { id: 'd-1' } }),
);
const script = (parts: Partial<Resource> = {}, bindings: Json = [{ type: 'd1', name: 'DB', to: 'd-1' }]) =>
  resource(
    'Cloudflare::Workers::Script',
    'trial',
    [],
    seen({ status: 'undocumented', properties: { workersDev: true, bindings }, ...parts }),
  );
const of = (...resources: Resource[]) => estate({ resources, sources: new Set(['repo', 'cloudflare']) });
const found = (...resources: Resource[]) => findings(workerUndeclaredUsesData, of(...resources));

test('a Worker that no file declares, bound to the database of another and open', () => {
  const [gap] = found(database, script());
  expect(gap).toMatchObject({ severity: 'high', resources: [script().id, database.id].sort() });
  expect(gap?.message.en).toContain('`quay-db`');
});

test('one that is closed is a little less, one that is declared or bound to its own is none', () => {
  const closed = script({
    properties: { workersDev: false, bindings: [{ type: 'd1', name: 'DB', to: 'd-1' }] },
  });
  expect(found(database, closed)).toMatchObject([{ severity: 'medium' }]);
  expect(found(database, script({ status: 'verified' }))).toEqual([]);
  expect(found(database, script({}, [{ type: 'd1', name: 'DB', to: 'd-2' }]))).toEqual([]);
  expect(found(database, script({ account: 'a2' }))).toEqual([]);
});

test('without its bindings nobody can tell', () => {
  expect(isUnknown(workerUndeclaredUsesData, of(database, script({ properties: {} })))).toBe(true);
});
