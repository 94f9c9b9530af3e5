import { expect, test } from 'vitest';
import type { GivenValue, HostUnit } from '#model/host.ts';
import type { Setting } from '#model/settings.ts';
import { estate, findings, isUnknown } from '../../test-estate.ts';
import { hostState, hostUnit, program } from '../../test-host.ts';
import { secret } from '../../test-host-rule.ts';
import { codeDefaultSecretInUse } from './code-default-secret-in-use.ts';

const CANARY = 'digest-that-stays-inside';
const at = { source: 'repo', file: 'backend/config.py', line: 13 } as const;
const setting = (name: string, parts: Partial<Setting> = {}): Setting => ({
  name,
  by: 'pydantic-settings',
  at,
  isRequired: false,
  uses: [at],
  values: [],
  ...parts,
});
const password = (parts: Partial<NonNullable<Setting['default']>> = {}) =>
  setting('QUAY_ADMIN_PASSWORD', {
    default: { class: 'placeholder', secret: true, digest: CANARY, ...parts },
  });
const of = (settings: Setting[], variables: GivenValue[], parts: Partial<HostUnit> = {}) =>
  estate({
    hosts: [
      hostState({
        units: [
          hostUnit('api.service', {
            environmentFiles: [{ path: '/etc/quay/.env', isOptional: false, state: 'read', variables }],
            ...parts,
          }),
        ],
      }),
    ],
    artifacts: { programs: [program({ settings: [setting('QUAY_SECRET_KEY'), ...settings] })] },
  });
const key = secret('QUAY_SECRET_KEY', 'k');

test('a secret of the code that nothing replaces is told by its name, with the line of the code', () => {
  const told = findings(codeDefaultSecretInUse, of([password()], [key]));
  expect(told).toMatchObject([
    {
      severity: 'high',
      confidence: 'medium',
      evidence: expect.arrayContaining([expect.objectContaining({ file: 'backend/config.py', line: 13 })]),
      values: { subject: 'api.service', names: ['QUAY_ADMIN_PASSWORD'], path: '/etc/quay/.env' },
    },
  ]);
  expect(JSON.stringify(told)).not.toContain(CANARY);
});

test('what is given, made at the start, empty or used nowhere is none', () => {
  expect(
    findings(codeDefaultSecretInUse, of([password()], [key, secret('QUAY_ADMIN_PASSWORD', 'p')])),
  ).toEqual([]);
  expect(findings(codeDefaultSecretInUse, of([password({ isGenerated: true })], [key]))).toEqual([]);
  expect(findings(codeDefaultSecretInUse, of([password({ class: 'empty' })], [key]))).toEqual([]);
  expect(findings(codeDefaultSecretInUse, of([{ ...password(), uses: [] }], [key]))).toEqual([]);
});

test('a program that was not seen to run has none, and a file that was denied is no pass', () => {
  expect(findings(codeDefaultSecretInUse, of([password()], []))).toEqual([]);
  const denied = [{ path: '/etc/quay/.env', isOptional: false, state: 'denied' as const, variables: [] }];
  const state = of([password()], [], { environment: [key], environmentFiles: denied });
  expect(findings(codeDefaultSecretInUse, state)).toEqual([]);
  expect(isUnknown(codeDefaultSecretInUse, state)).toBe(true);
});
