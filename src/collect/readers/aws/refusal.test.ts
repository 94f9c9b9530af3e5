import { describe, expect, test } from 'vitest';
import { Refused } from './refusal.ts';

const asked = { operation: 'ecs:ListClusters', permission: 'ecs:ListClusters' };
const of = (parts: object) => Refused.of(Object.assign(new Error(), parts), asked).refusal;

describe('what the SDK throws', () => {
  test.each<[object, string]>([
    [{ name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }, 'denied'],
    [{ name: 'Unknown', $metadata: { httpStatusCode: 403 } }, 'denied'],
    [{ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }, 'throttled'],
    [{ name: 'SlowDown', $metadata: { httpStatusCode: 429 } }, 'throttled'],
    [{ name: 'InternalServerError', $metadata: { httpStatusCode: 500 } }, 'failed'],
    [{ name: 'TimeoutError' }, 'failed'],
    [{ code: 'ECONNREFUSED' }, 'failed'],
    [{ code: 'ENOTFOUND' }, 'unavailable'],
  ])('%j is %s', (thrown, sort) => {
    expect(of(thrown)).toMatchObject({ sort, operation: 'ecs:ListClusters' });
  });

  test('its message, which may hold what was asked with, is not repeated', () => {
    const { why } = of({ name: 'ValidationException', message: 'password hunter2 is wrong' });
    expect(JSON.stringify(why)).not.toContain('hunter2');
    expect(why.en).toContain('ecs:ListClusters');
  });
});

describe('without credentials', () => {
  test('says how to give some', () => {
    expect(of({ name: 'CredentialsProviderError', message: 'Could not load credentials' }).why.en).toContain(
      'give `--profile`',
    );
  });

  test('keys that nobody has are not a service that is not offered', () => {
    const keys = { name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } };
    const whose = Refused.of(Object.assign(new Error(), keys), { operation: 'sts:GetCallerIdentity' });
    expect(whose.refusal).toMatchObject({ sort: 'failed' });
    expect(whose.refusal.why.en).toContain('does not know these credentials');
    expect(of(keys)).toMatchObject({ sort: 'unavailable' });
  });

  test('a profile that gives none is named', () => {
    const message =
      'Could not resolve credentials using profile: [quay-audit] in configuration/credentials file(s).';
    expect(of({ name: 'CredentialsProviderError', message }).why).toEqual({
      fr: expect.stringContaining('le profil AWS `quay-audit`'),
      en: expect.stringContaining('AWS profile `quay-audit`'),
    });
  });
});

test('a refusal that was thrown stays what it is', () => {
  const first = Refused.of(new Error('x'), asked);
  expect(Refused.of(first, { operation: 'sts:GetCallerIdentity' })).toBe(first);
});
