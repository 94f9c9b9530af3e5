import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { certificateNotCovering } from './certificate-not-covering.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CertificateManager::Certificate', 'quay.example', check('certificate-not-covering', parts));

test('the certificate does not cover quay.example (it covers old.example): critical', () => {
  const text = {
    fr: 'le certificat ne couvre pas `quay.example` (il couvre `old.example`)',
    en: 'the certificate does not cover `quay.example` (it covers `old.example`)',
  };
  const found = findings(certificateNotCovering, at({ text, evidence: [read('acm:DescribeCertificate')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: certificat qui ne couvre pas le nom',
        en: '`quay.example`: certificate that does not cover the name',
      },
      message: {
        fr: 'Le certificat ne couvre pas `quay.example` (il couvre `old.example`).',
        en: 'The certificate does not cover `quay.example` (it covers `old.example`).',
      },
      resources: ['constat:AWS::CertificateManager::Certificate::quay.example'],
      evidence: [{ operation: 'acm:DescribeCertificate' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(certificateNotCovering, at({ result: 'pass' }))).toEqual([]);
  expect(findings(certificateNotCovering, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(certificateNotCovering, at({ result: 'unknown' }))).toBe(true);
});
