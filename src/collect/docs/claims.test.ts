import { expect, test } from 'vitest';
import { claimsOf } from './claims.ts';
import { parsePage } from './parse.ts';

const claims = (text: string) =>
  claimsOf(parsePage(text)).map(({ done, text: claim, line }) => [line, done, claim]);

test('boxes, ticks and crosses are claims, on their lines', () => {
  expect(claims('- [x] Backups tested\n- [ ] Rollback written\n- ✅ HTTPS\n- ❌ No alarm\n- plain')).toEqual([
    [1, true, 'Backups tested'],
    [2, false, 'Rollback written'],
    [3, true, 'HTTPS'],
    [4, false, 'No alarm'],
  ]);
});

test('a row with one kind of mark is a claim; a row with both is none', () => {
  expect(claims('| Check | State |\n| - | - |\n| CORS | ✅ |\n| CSP ✅ | ❌ |')).toEqual([
    [3, true, 'CORS |'],
  ]);
});

test('a secret in a claim is masked', () => {
  expect(JSON.stringify(claims('- [x] token `ghp_0123456789abcdefghijABCDEFGHIJ456789` set'))).not.toContain(
    'abcdefghij',
  );
});
