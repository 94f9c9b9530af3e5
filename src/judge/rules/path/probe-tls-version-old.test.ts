import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { probeTlsVersionOld } from './probe-tls-version-old.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('probe-tls-version-old', parts));

test('quay.example:443 still accepts TLSv1: medium', () => {
  const text = {
    fr: '`quay.example:443` accepte encore `TLSv1`',
    en: '`quay.example:443` still accepts `TLSv1`',
  };
  const found = findings(
    probeTlsVersionOld,
    at({ text, evidence: [read('route53:ListResourceRecordSets')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`quay.example`\u00a0: TLS 1.0 ou 1.1 encore accepté',
        en: '`quay.example`: TLS 1.0 or 1.1 still accepted',
      },
      message: {
        fr: '`quay.example:443` accepte encore `TLSv1`.',
        en: '`quay.example:443` still accepts `TLSv1`.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(probeTlsVersionOld, at({ result: 'pass' }))).toEqual([]);
  expect(findings(probeTlsVersionOld, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(probeTlsVersionOld, at({ result: 'unknown' }))).toBe(true);
});
