import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { dnsRecordMisdirected } from './dns-record-misdirected.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('dns-record-misdirected', parts));

test('A quay.example leads to d111111abcdef8.cloudfront.net, which is not there: high', () => {
  const text = {
    fr: '`A quay.example` mène à `d111111abcdef8.cloudfront.net`, qui n’est pas là',
    en: '`A quay.example` leads to `d111111abcdef8.cloudfront.net`, which is not there',
  };
  const found = findings(
    dnsRecordMisdirected,
    at({ text, evidence: [read('route53:ListResourceRecordSets')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay.example`\u00a0: enregistrement DNS qui mène ailleurs',
        en: '`quay.example`: DNS record that leads elsewhere',
      },
      message: {
        fr: '`A quay.example` mène à `d111111abcdef8.cloudfront.net`, qui n’est pas là.',
        en: '`A quay.example` leads to `d111111abcdef8.cloudfront.net`, which is not there.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(dnsRecordMisdirected, at({ result: 'pass' }))).toEqual([]);
  expect(findings(dnsRecordMisdirected, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(dnsRecordMisdirected, at({ result: 'unknown' }))).toBe(true);
});
