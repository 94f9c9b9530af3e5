import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { certificateWrongRegion } from './certificate-wrong-region.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::CertificateManager::Certificate', 'quay.example', check('certificate-wrong-region', parts));

test('issued in eu-west-1, where it is not taken from: it must be us-east-1: high', () => {
  const text = {
    fr: 'délivré dans `eu-west-1`, où il n’est pas pris\u00a0: il faut `us-east-1`',
    en: 'issued in `eu-west-1`, where it is not taken from: it must be `us-east-1`',
  };
  const found = findings(certificateWrongRegion, at({ text, evidence: [read('acm:DescribeCertificate')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`quay.example`\u00a0: certificat de la mauvaise région',
        en: '`quay.example`: certificate in the wrong region',
      },
      message: {
        fr: 'Délivré dans `eu-west-1`, où il n’est pas pris\u00a0: il faut `us-east-1`.',
        en: 'Issued in `eu-west-1`, where it is not taken from: it must be `us-east-1`.',
      },
      resources: ['constat:AWS::CertificateManager::Certificate::quay.example'],
      evidence: [{ operation: 'acm:DescribeCertificate' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(certificateWrongRegion, at({ result: 'pass' }))).toEqual([]);
  expect(findings(certificateWrongRegion, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(certificateWrongRegion, at({ result: 'unknown' }))).toBe(true);
});
