import { expect, test } from 'vitest';
import type { Finding, Priority } from '#model/finding.ts';
import { phased } from './phases.ts';

const said = { fr: 'x', en: 'x' };
const finding = (gap: string, priority: Priority, parts: Partial<Finding> = {}): Finding => ({
  gap,
  fingerprint: gap,
  rule: 'secret-committed',
  severity: 'high',
  confidence: 'high',
  priority,
  title: said,
  message: said,
  remedy: said,
  systems: [],
  environments: [],
  resources: [],
  evidence: [{ source: 'repo', file: 'a', line: 1 }],
  steps: [],
  ...parts,
});
const SECURITY = { domain: 'security', title: said, target: said, questions: [], gaps: ['GAP-2'] };
const muted = { owner: 'a', reason: 'b' };

test('without phases there is one for each priority, and what is muted has none', () => {
  const { findings, phases } = phased(
    [finding('GAP-1', 'P2'), finding('GAP-2', 'P1'), finding('GAP-3', 'P1', { muted })],
    undefined,
    [],
  );
  expect(findings.map(({ phase }) => phase)).toEqual(['Phase 2', 'Phase 1', undefined]);
  expect(phases).toEqual([
    { title: 'Phase 1', gaps: ['GAP-2'] },
    { title: 'Phase 2', gaps: ['GAP-1'] },
    { title: 'Phase 3', gaps: [] },
  ]);
});

test('the first phase that fits takes a finding, and all of its conditions count', () => {
  const { phases, warnings } = phased(
    [
      finding('GAP-1', 'P1'),
      finding('GAP-2', 'P1'),
      finding('GAP-3', 'P2', { rule: 'x' }),
      finding('GAP-4', 'P3'),
    ],
    [
      { title: 'Security', domains: ['security'], priorities: ['P1'] },
      { title: 'By rule', rules: ['x'] },
      { title: 'By id', gaps: ['GAP-2', 'GAP-4'] },
      { title: 'Later' },
    ],
    [SECURITY],
  );
  expect(phases.map(({ gaps }) => gaps)).toEqual([['GAP-2'], ['GAP-3'], ['GAP-4'], ['GAP-1']]);
  expect(warnings).toEqual([]);
});

test('what no phase takes is warned about', () => {
  const { findings, warnings } = phased([finding('GAP-1', 'P3')], [{ title: 'Now', priorities: ['P1'] }], []);
  expect(findings[0]).not.toHaveProperty('phase');
  expect(warnings[0]?.en).toBe('no phase takes `GAP-1`: a last phase without conditions takes the rest');
});

test('a domain that was not asked is warned about', () => {
  const { warnings } = phased(
    [],
    [{ title: 'Now', domains: ['security', 'securty'] }, { title: 'Later' }],
    [SECURITY],
  );
  expect(warnings.map(({ en }) => en)).toEqual([
    'the phase `Now` names `securty`, which this audit did not ask',
  ]);
});
