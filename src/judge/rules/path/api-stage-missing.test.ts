import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { apiStageMissing } from './api-stage-missing.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ApiGateway::RestApi', 'a1b2c3d4e5', check('api-stage-missing', parts));

test('no stage: the API is not deployed: critical', () => {
  const text = {
    fr: 'aucune étape\u00a0: l’API n’est pas déployée',
    en: 'no stage: the API is not deployed',
  };
  const found = findings(apiStageMissing, at({ text, evidence: [read('apigateway:GetRestApis')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`a1b2c3d4e5`\u00a0: API sans étape déployée',
        en: '`a1b2c3d4e5`: API without a deployed stage',
      },
      message: {
        fr: 'Aucune étape\u00a0: l’API n’est pas déployée.',
        en: 'No stage: the API is not deployed.',
      },
      resources: ['constat:AWS::ApiGateway::RestApi::a1b2c3d4e5'],
      evidence: [{ operation: 'apigateway:GetRestApis' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(apiStageMissing, at({ result: 'pass' }))).toEqual([]);
  expect(findings(apiStageMissing, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(apiStageMissing, at({ result: 'unknown' }))).toBe(true);
});
