import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { certificateExpired } from './certificate-expired.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CertificateManager::Certificate', 'quay.example', check('certificate-expired', parts));

test('expired since 2026-10-31: critical', () => {
  const text = {
    fr: 'expiré depuis le 2026-10-31',
    en: 'expired since 2026-10-31',
  };
  const found = findings(certificateExpired, at({ text, evidence: [read('acm:DescribeCertificate')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: certificat expiré',
        en: '`quay.example`: expired certificate',
      },
      message: { fr: 'Expiré depuis le 2026-10-31.', en: 'Expired since 2026-10-31.' },
      resources: ['constat:AWS::CertificateManager::Certificate::quay.example'],
      evidence: [{ operation: 'acm:DescribeCertificate' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(certificateExpired, at({ result: 'pass' }))).toEqual([]);
  expect(findings(certificateExpired, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(certificateExpired, at({ result: 'unknown' }))).toBe(true);
});
