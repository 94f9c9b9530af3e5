import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { dnsRecordsDisagree } from './dns-records-disagree.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('dns-records-disagree', parts));

test('AAAA leads to d222222abcdef8.cloudfront.net, A elsewhere: medium', () => {
  const text = {
    fr: 'AAAA mène à `d222222abcdef8.cloudfront.net`, A ailleurs',
    en: 'AAAA leads to `d222222abcdef8.cloudfront.net`, A elsewhere',
  };
  const found = findings(
    dnsRecordsDisagree,
    at({ text, evidence: [read('route53:ListResourceRecordSets')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'medium',
      title: {
        fr: '`quay.example`\u00a0: A et AAAA qui ne mènent pas au même endroit',
        en: '`quay.example`: A and AAAA that do not lead to the same place',
      },
      message: {
        fr: 'AAAA mène à `d222222abcdef8.cloudfront.net`, A ailleurs.',
        en: 'AAAA leads to `d222222abcdef8.cloudfront.net`, A elsewhere.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(dnsRecordsDisagree, at({ result: 'pass' }))).toEqual([]);
  expect(findings(dnsRecordsDisagree, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(dnsRecordsDisagree, at({ result: 'unknown' }))).toBe(true);
});
