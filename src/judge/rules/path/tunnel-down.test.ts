import { expect, test } from 'vitest';
import type { Check } from '#model/path.ts';
import { check, findings, isUnknown, onPath, read } from '../../test-estate.ts';
import { tunnelDown } from './tunnel-down.ts';

const at = (parts: Partial<Check>) => onPath('Cloudflare::Tunnel', 'quay', check('tunnel-down', parts));

test('status down: critical', () => {
  const text = { fr: 'état down', en: 'status down' };
  const found = findings(tunnelDown, at({ text, evidence: [read('GET /accounts')] }));
  expect(found).toMatchObject([
    {
      severity: 'critical',
      title: {
        fr: '`quay`\u00a0: tunnel Cloudflare sans connexion',
        en: '`quay`: tunnel of Cloudflare without a connection',
      },
      resources: ['constat:Cloudflare::Tunnel::quay'],
      evidence: [{ operation: 'GET /accounts' }],
    },
  ]);
});

test('what holds is none, and what nobody could read is counted as such', () => {
  expect(findings(tunnelDown, at({ result: 'pass' }))).toEqual([]);
  expect(findings(tunnelDown, at({ result: 'unknown' }))).toEqual([]);
  expect(isUnknown(tunnelDown, at({ result: 'unknown' }))).toBe(true);
});
