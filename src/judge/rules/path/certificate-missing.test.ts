import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { certificateMissing } from './certificate-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CertificateManager::Certificate', 'quay.example', check('certificate-missing', parts));

test('the certificate that is served is no longer there: critical', () => {
  const text = {
    fr: 'le certificat servi n’existe plus',
    en: 'the certificate that is served is no longer there',
  };
  const found = findings(certificateMissing, at({ text, evidence: [read('acm:DescribeCertificate')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay.example`\u00a0: certificat manquant',
        en: '`quay.example`: missing certificate',
      },
      message: {
        fr: 'Le certificat servi n’existe plus.',
        en: 'The certificate that is served is no longer there.',
      },
      resources: ['constat:AWS::CertificateManager::Certificate::quay.example'],
      evidence: [{ operation: 'acm:DescribeCertificate' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(certificateMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(certificateMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(certificateMissing, at({ result: 'unknown' }))).toBe(true);
});
