import { expect, test } from 'vitest';
import { AUDIT_LOG_PERMISSIONS } from '#collect/cloudflare/audit-log.ts';
import { cloudflareCollectors } from '#collect/cloudflare/collectors.ts';
import { permissionsText, tokenPermissions } from './cloudflare-permissions.ts';

const all = tokenPermissions(cloudflareCollectors, { 'audit-log': AUDIT_LOG_PERMISSIONS });

test('only groups that read, each once, with what is read with it', () => {
  expect(all.filter(({ permission }) => !permission.endsWith(' Read'))).toEqual([]);
  expect(new Set(all.map(({ scope, permission }) => `${scope} ${permission}`)).size).toBe(all.length);
  expect(all.find(({ permission }) => permission === 'D1 Read')).toEqual({
    permission: 'D1 Read',
    scope: 'account',
    products: ['d1'],
    reads: ['GET /accounts/{account_id}/d1/database', 'GET /accounts/{account_id}/d1/database/{database_id}'],
  });
  expect(all.find(({ permission }) => permission === 'DNS Read')?.products).toEqual(['zones', 'dns']);
  expect(all.find(({ permission }) => permission === 'API Tokens Read')?.scope).toBe('user');
});

test('the text stands by scope', () => {
  const text = permissionsText(all, 'en');
  expect(text.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
    'Account',
    'Zone (all zones of the account)',
    'User (for a token of a user only)',
    '',
  ]);
  expect(text).toMatch(/^ {2}Workers Scripts Read +workers, durable-objects$/m);
});
