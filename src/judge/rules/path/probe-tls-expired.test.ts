import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { probeTlsExpired } from './probe-tls-expired.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('probe-tls-expired', parts));

test('certificate of quay.example expired on 2026-10-31: critical', () => {
  const text = {
    fr: 'certificat de `quay.example` expiré le 2026-10-31',
    en: 'certificate of `quay.example` expired on 2026-10-31',
  };
  const found = findings(probeTlsExpired, at({ text, evidence: [read('route53:ListResourceRecordSets')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: certificat expiré, vu de l’extérieur',
        en: '`quay.example`: expired certificate, seen from outside',
      },
      message: {
        fr: 'Certificat de `quay.example` expiré le 2026-10-31.',
        en: 'Certificate of `quay.example` expired on 2026-10-31.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(probeTlsExpired, at({ result: 'pass' }))).toEqual([]);
  expect(findings(probeTlsExpired, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(probeTlsExpired, at({ result: 'unknown' }))).toBe(true);
});
