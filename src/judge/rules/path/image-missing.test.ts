import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { imageMissing } from './image-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ECR::Repository', 'harbour/berths', check('image-missing', parts));

test('harbour/berths has no image 1.4.2: high', () => {
  const text = {
    fr: '`harbour/berths` n’a pas d’image `1.4.2`',
    en: '`harbour/berths` has no image `1.4.2`',
  };
  const found = findings(imageMissing, at({ text, evidence: [read('ecr:DescribeImages')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`harbour/berths`\u00a0: image absente du registre',
        en: '`harbour/berths`: image that is not in the registry',
      },
      message: {
        fr: '`harbour/berths` n’a pas d’image `1.4.2`.',
        en: '`harbour/berths` has no image `1.4.2`.',
      },
      resources: ['constat:AWS::ECR::Repository::harbour/berths'],
      evidence: [{ operation: 'ecr:DescribeImages' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(imageMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(imageMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(imageMissing, at({ result: 'unknown' }))).toBe(true);
});
