import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { dnsRecordMissing } from './dns-record-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('dns-record-missing', parts));

test('no record quay.example in the zone quay.example: critical', () => {
  const text = {
    fr: 'aucun enregistrement `quay.example` dans la zone `quay.example`',
    en: 'no record `quay.example` in the zone `quay.example`',
  };
  const found = findings(dnsRecordMissing, at({ text, evidence: [read('route53:ListResourceRecordSets')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: nom sans enregistrement DNS',
        en: '`quay.example`: name without a DNS record',
      },
      message: {
        fr: 'Aucun enregistrement `quay.example` dans la zone `quay.example`.',
        en: 'No record `quay.example` in the zone `quay.example`.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(dnsRecordMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(dnsRecordMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(dnsRecordMissing, at({ result: 'unknown' }))).toBe(true);
});
