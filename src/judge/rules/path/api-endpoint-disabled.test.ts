import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { apiEndpointDisabled } from './api-endpoint-disabled.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ApiGateway::RestApi', 'a1b2c3d4e5', check('api-endpoint-disabled', parts));

test('its own address is switched off: high', () => {
  const text = {
    fr: 'son adresse propre est fermée',
    en: 'its own address is switched off',
  };
  const found = findings(apiEndpointDisabled, at({ text, evidence: [read('apigateway:GetRestApis')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`a1b2c3d4e5`\u00a0: API dont l’adresse propre est fermée',
        en: '`a1b2c3d4e5`: API whose own address is switched off',
      },
      message: { fr: 'Son adresse propre est fermée.', en: 'Its own address is switched off.' },
      resources: ['constat:AWS::ApiGateway::RestApi::a1b2c3d4e5'],
      evidence: [{ operation: 'apigateway:GetRestApis' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(apiEndpointDisabled, at({ result: 'pass' }))).toEqual([]);
  expect(findings(apiEndpointDisabled, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(apiEndpointDisabled, at({ result: 'unknown' }))).toBe(true);
});
