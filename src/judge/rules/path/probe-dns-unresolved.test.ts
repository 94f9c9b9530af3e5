import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { probeDnsUnresolved } from './probe-dns-unresolved.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('probe-dns-unresolved', parts));

test('quay.example: there is no such name in DNS: critical', () => {
  const text = {
    fr: '`quay.example`\u00a0: ce nom n’existe pas dans le DNS',
    en: '`quay.example`: there is no such name in DNS',
  };
  const found = findings(
    probeDnsUnresolved,
    at({ text, evidence: [read('route53:ListResourceRecordSets')] }),
  );
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: nom que le DNS ne connaît pas',
        en: '`quay.example`: name that DNS does not know',
      },
      message: {
        fr: '`quay.example`\u00a0: ce nom n’existe pas dans le DNS.',
        en: '`quay.example`: there is no such name in DNS.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(probeDnsUnresolved, at({ result: 'pass' }))).toEqual([]);
  expect(findings(probeDnsUnresolved, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(probeDnsUnresolved, at({ result: 'unknown' }))).toBe(true);
});
