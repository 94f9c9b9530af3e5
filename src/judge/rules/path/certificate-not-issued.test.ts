import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { certificateNotIssued } from './certificate-not-issued.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CertificateManager::Certificate', 'quay.example', check('certificate-not-issued', parts));

test('state PENDING_VALIDATION: it is not issued: high', () => {
  const text = {
    fr: 'état `PENDING_VALIDATION`\u00a0: il n’est pas délivré',
    en: 'state `PENDING_VALIDATION`: it is not issued',
  };
  const found = findings(certificateNotIssued, at({ text, evidence: [read('acm:DescribeCertificate')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay.example`\u00a0: certificat qui n’est pas délivré',
        en: '`quay.example`: certificate that is not issued',
      },
      message: {
        fr: 'État `PENDING_VALIDATION`\u00a0: il n’est pas délivré.',
        en: 'State `PENDING_VALIDATION`: it is not issued.',
      },
      resources: ['constat:AWS::CertificateManager::Certificate::quay.example'],
      evidence: [{ operation: 'acm:DescribeCertificate' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(certificateNotIssued, at({ result: 'pass' }))).toEqual([]);
  expect(findings(certificateNotIssued, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(certificateNotIssued, at({ result: 'unknown' }))).toBe(true);
});
