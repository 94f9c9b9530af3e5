import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { apiDomainInactive } from './api-domain-inactive.ts';

const at = (parts: Partial<Check>) =>
  onPath('AWS::ApiGateway::DomainName', 'api.quay.example', check('api-domain-inactive', parts));

test('domain name in state PENDING: high', () => {
  const text = {
    fr: 'nom de domaine dans l’état `PENDING`',
    en: 'domain name in state `PENDING`',
  };
  const found = findings(apiDomainInactive, at({ text, evidence: [read('apigateway:GetDomainNames')] }));
  expect(found).toMatchObject([
    {
      severity: 'high',
      title: {
        fr: '`api.quay.example`\u00a0: nom de domaine d’API qui n’est pas disponible',
        en: '`api.quay.example`: API domain name that is not available',
      },
      message: { fr: 'Nom de domaine dans l’état `PENDING`.', en: 'Domain name in state `PENDING`.' },
      resources: ['constat:AWS::ApiGateway::DomainName::api.quay.example'],
      evidence: [{ operation: 'apigateway:GetDomainNames' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(apiDomainInactive, at({ result: 'pass' }))).toEqual([]);
  expect(findings(apiDomainInactive, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(apiDomainInactive, at({ result: 'unknown' }))).toBe(true);
});
