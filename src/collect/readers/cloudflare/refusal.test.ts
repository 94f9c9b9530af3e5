import { expect, test } from 'vitest';
import { type Failure, Refused, refusalOf } from './refusal.ts';

const asked = { operation: 'GET /accounts/{account_id}/stream', permission: 'Stream Read' };
const errors = (code: number, message = '') => [{ code, message }];

test.each<[string, Failure, string]>([
  ['a permission that is lacking', { status: 403, errors: errors(10000) }, 'denied'],
  ['an account of somebody else', { status: 403, errors: errors(9109) }, 'denied'],
  ['a status without a known code', { status: 403, errors: [] }, 'denied'],
  ['too many requests', { status: 429, errors: errors(971), retryAfter: 20 }, 'throttled'],
  [
    'R2 that nobody switched on',
    { status: 403, errors: errors(10042, 'Please enable R2 through the Cloudflare Dashboard.') },
    'unavailable',
  ],
  [
    'a plan that has it not',
    { status: 400, errors: errors(100128, 'Queues is not available on your plan') },
    'unavailable',
  ],
  ['a path that leads nowhere', { status: 404, errors: errors(7003) }, 'failed'],
  ['a server that is down', { status: 502, errors: [], fault: 'no JSON' }, 'failed'],
  ['no answer', { errors: [], fault: 'ECONNREFUSED' }, 'failed'],
])('%s', (_, failure, sort) => {
  expect(refusalOf(failure, asked)).toMatchObject({ sort, permission: 'Stream Read' });
});

test('what a lacking permission is called stands in the sentence, and messages of the API do not', () => {
  const { why } = refusalOf({ status: 403, errors: errors(10000, 'canary') }, asked);
  expect(why.en).toBe('`GET /accounts/{account_id}/stream` was denied (permission `Stream Read`)');
  expect(why.en + why.fr).not.toContain('canary');
});

test('of an error that nobody foresaw the name is kept, not the message', () => {
  const refused = Refused.of(new TypeError('canary'), asked);
  expect(refused.message).toContain('TypeError');
  expect(refused.message).not.toContain('canary');
});
