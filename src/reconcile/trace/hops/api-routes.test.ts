import { expect, test } from 'vitest';
import { integrationFor, mappingFor } from './api-routes.ts';

const http = (...keys: string[]) => ({
  routes: keys.map((key) => ({ key, integrationId: key })),
  integrations: keys.map((id) => ({ id })),
});
const rest = (...keys: string[]) => ({
  integrations: keys.map((key) => {
    const [method = '', path = ''] = key.split(' ');
    return { method, path, id: key };
  }),
});

const taken = (
  seen: Record<string, never> | ReturnType<typeof http> | ReturnType<typeof rest>,
  path: string,
) => {
  const found = integrationFor(seen, path);
  return typeof found === 'object' ? found.id : found;
};

test.each([
  ['/items', 'GET /items'],
  ['/items/', 'GET /items'],
  ['/items/7', 'ANY /items/{id}'],
  ['/items/7/parts', 'ANY /items/{proxy+}'],
  ['/orders', 'POST /orders'],
  ['/', '$default'],
])('a request for %s is taken by %s', (path, key) => {
  const keys = [
    '$default',
    'ANY /items/{proxy+}',
    'ANY /items/{id}',
    'POST /items',
    'GET /items',
    'POST /orders',
  ];
  expect(taken(http(...keys), path)).toBe(key);
  expect(taken(http(...keys.toReversed()), path)).toBe(key);
});

test.each([
  ['/', 'ANY /'],
  ['/a/b', 'ANY /{proxy+}'],
])('a request for %s is taken by the method %s of a REST API', (path, key) => {
  expect(taken(rest('ANY /', 'ANY /{proxy+}'), path)).toBe(key);
});

test('a path that no route takes is none, and what was not read is not known', () => {
  expect(integrationFor(http('GET /items'), '/orders')).toBe('none');
  expect(integrationFor({ integrations: [] }, '/orders')).toBeUndefined();
  expect(integrationFor({ routes: [] }, '/orders')).toBeUndefined();
  expect(integrationFor({}, '/orders')).toBeUndefined();
});

test.each([
  ['/v1/orders/7', 'v1/orders'],
  ['/v1/items', 'v1'],
  ['/v10', ''],
  ['/', ''],
])('%s is taken by the mapping of %j', (path, key) => {
  const mappings = ['', 'v1/orders', 'v1'].map((one) => ({ path: one, api: 'a' }));
  expect(mappingFor({ mappings }, path)?.path).toBe(key);
});

test('a path that begins with no mapping has none', () => {
  expect(mappingFor({ mappings: [{ path: 'v1', api: 'a' }] }, '/v2')).toBeUndefined();
});
