import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { probeTlsNameMismatch } from './probe-tls-name-mismatch.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('probe-tls-name-mismatch', parts));

test('the certificate shown for quay.example covers only old.example: critical', () => {
  const text = {
    fr: 'le certificat présenté pour `quay.example` ne couvre que `old.example`',
    en: 'the certificate shown for `quay.example` covers only `old.example`',
  };
  const found = findings(
    probeTlsNameMismatch,
    at({ text, evidence: [read('route53:ListResourceRecordSets')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: certificat d’un autre nom, vu de l’extérieur',
        en: '`quay.example`: certificate of another name, seen from outside',
      },
      message: {
        fr: 'Le certificat présenté pour `quay.example` ne couvre que `old.example`.',
        en: 'The certificate shown for `quay.example` covers only `old.example`.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(probeTlsNameMismatch, at({ result: 'pass' }))).toEqual([]);
  expect(findings(probeTlsNameMismatch, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(probeTlsNameMismatch, at({ result: 'unknown' }))).toBe(true);
});
