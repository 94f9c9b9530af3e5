import { expect, test } from 'vitest';
import type { Effect, WhatIf } from '#model/what-if.ts';
import { estate, findings } from '../../test-estate.ts';
import { whatIf } from '../../test-host.ts';
import { portCollisionIfStarted } from './port-collision-if-started.ts';

const collision = (parts: Partial<Effect> = {}): Effect => ({
  id: 'port-collision',
  fails: true,
  severity: 'medium',
  text: { fr: 'Le port `8002` est pris.', en: 'Port `8002` is taken.' },
  evidence: [
    { source: 'repo', file: 'compose.yml.OBSOLETE', line: 5 },
    { source: 'host', operation: 'docker inspect', at: '2026-03-01T08:00:00Z' },
  ],
  affects: [{ kind: 'Docker::Container', name: 'front' }],
  values: { port: 8002, free: 8003, holder: 'front' },
  ...parts,
});
const found = (...whatIfs: WhatIf[]) =>
  findings(portCollisionIfStarted, estate({ sources: new Set(['repo', 'host']), whatIfs }));

test('a compose file whose start meets a port that is taken is one gap, with both sides', () => {
  const [finding, ...more] = found(whatIf([collision(), collision({ values: { port: 3002, holder: 'x' } })]));
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'medium',
    title: { en: '`compose.yml.OBSOLETE`: ports taken on `quay-1` if it were started (`8002`, `3002`)' },
    evidence: [{ source: 'repo', line: 5 }, { source: 'host' }],
    values: { file: 'compose.yml.OBSOLETE', host: 'quay-1', port: 8002, free: 8003 },
  });
});

test('it is graver where the start takes down what serves', () => {
  expect(found(whatIf([collision({ severity: 'high' })]))[0]?.severity).toBe('high');
});

test('a start without a collision, or with one inside the file alone, is no gap', () => {
  expect(found(whatIf([]))).toEqual([]);
  expect(found(whatIf([collision({ values: { port: 8002 } })]))).toEqual([]);
  expect(found(whatIf([collision()], { of: 'systemd' }))).toEqual([]);
});
