import { expect, test } from 'vitest';
import { pagesBindingsIn } from './pages-bindings.ts';

test('bindings lead to what they name, and of variables the names alone are told', () => {
  const { list, relations, secrets } = pagesBindingsIn({
    d1_databases: { DB: { id: 'id-1' } },
    r2_buckets: { FILES: { name: 'deeds' } },
    ai_bindings: { AI: {} },
    env_vars: {
      API: { type: 'plain_text', value: 'canary' },
      KEY: { type: 'secret_text', value: 'canary' },
      OLD: null,
    },
  });
  expect(list).toEqual([
    { type: 'd1', name: 'DB', to: 'id-1' },
    { type: 'r2_bucket', name: 'FILES', to: 'deeds' },
    { type: 'ai', name: 'AI' },
    { type: 'plain_text', name: 'API' },
  ]);
  expect(relations).toMatchObject([
    { as: 'DB', to: { kind: 'Cloudflare::D1::Database', name: 'id-1' } },
    { as: 'FILES', to: { kind: 'Cloudflare::R2::Bucket', name: 'deeds' } },
  ]);
  expect(secrets).toEqual(['KEY']);
});
