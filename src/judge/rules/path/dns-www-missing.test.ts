import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { dnsWwwMissing } from './dns-www-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('dns-www-missing', parts));

test('no record www.quay.example, which E2QUAY bears: medium', () => {
  const text = {
    fr: 'aucun enregistrement `www.quay.example`, que `E2QUAY` porte pourtant',
    en: 'no record `www.quay.example`, which `E2QUAY` bears',
  };
  const found = findings(dnsWwwMissing, at({ text, evidence: [read('route53:ListResourceRecordSets')] }));
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`quay.example`\u00a0: autre forme du nom (`www`) sans enregistrement',
        en: '`quay.example`: other form of the name (`www`) without a record',
      },
      message: {
        fr: 'Aucun enregistrement `www.quay.example`, que `E2QUAY` porte pourtant.',
        en: 'No record `www.quay.example`, which `E2QUAY` bears.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(dnsWwwMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(dnsWwwMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(dnsWwwMissing, at({ result: 'unknown' }))).toBe(true);
});
