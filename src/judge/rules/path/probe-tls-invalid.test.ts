import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { probeTlsInvalid } from './probe-tls-invalid.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::Route53::RecordSet', 'quay.example', check('probe-tls-invalid', parts));

test('chain of certificates of quay.example not trusted: DEPTH_ZERO_SELF_SIGNED_CERT: high', () => {
  const text = {
    fr: 'chaîne de certificats de `quay.example` non reconnue\u00a0: `DEPTH_ZERO_SELF_SIGNED_CERT`',
    en: 'chain of certificates of `quay.example` not trusted: `DEPTH_ZERO_SELF_SIGNED_CERT`',
  };
  const found = findings(probeTlsInvalid, at({ text, evidence: [read('route53:ListResourceRecordSets')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay.example`\u00a0: connexion TLS que les clients refusent',
        en: '`quay.example`: TLS connection that clients refuse',
      },
      message: {
        fr: 'Chaîne de certificats de `quay.example` non reconnue\u00a0: `DEPTH_ZERO_SELF_SIGNED_CERT`.',
        en: 'Chain of certificates of `quay.example` not trusted: `DEPTH_ZERO_SELF_SIGNED_CERT`.',
      },
      resources: ['constat:AWS::Route53::RecordSet::quay.example'],
      evidence: [{ operation: 'route53:ListResourceRecordSets' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(probeTlsInvalid, at({ result: 'pass' }))).toEqual([]);
  expect(findings(probeTlsInvalid, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(probeTlsInvalid, at({ result: 'unknown' }))).toBe(true);
});
