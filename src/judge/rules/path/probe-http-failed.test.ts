import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { probeHttpFailed } from './probe-http-failed.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('probe-http-failed', parts));

test('GET https://quay.example/: 503: critical', () => {
  const text = {
    fr: '`GET https://quay.example/`\u00a0: `503`',
    en: '`GET https://quay.example/`: `503`',
  };
  const found = findings(probeHttpFailed, at({ text, evidence: [read('route53:ListResourceRecordSets')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: requête réelle qui échoue',
        en: '`quay.example`: real request that fails',
      },
      message: { fr: '`GET https://quay.example/`\u00a0: `503`.', en: '`GET https://quay.example/`: `503`.' },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(probeHttpFailed, at({ result: 'pass' }))).toEqual([]);
  expect(findings(probeHttpFailed, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(probeHttpFailed, at({ result: 'unknown' }))).toBe(true);
});
