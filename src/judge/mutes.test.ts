import { expect, test } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { applyMutes } from './mutes.ts';

const finding: Finding = {
  gap: 'GAP-0001',
  fingerprint: 'f',
  rule: 'action-unpinned',
  severity: 'low',
  confidence: 'high',
  priority: 'P3',
  title: { fr: 't', en: 't' },
  message: { fr: 'm', en: 'm' },
  remedy: { fr: 'r', en: 'r' },
  systems: [],
  environments: [],
  resources: [],
  evidence: [{ source: 'repo', file: '.github/workflows/ci.yml', line: 3 }],
  steps: [],
};
const by = { owner: 'platform', reason: 'accepted' };
const apply = (mute: object) => applyMutes([finding], [{ ...by, ...mute }], '2026-06-01');

test('a mute by rule, by gap and by path marks the finding and keeps it', () => {
  for (const mute of [
    { rule: 'action-unpinned' },
    { gap: 'GAP-0001' },
    { rule: 'action-unpinned', path: '.github/**' },
  ]) {
    const { findings, warnings } = apply(mute);
    expect(findings[0]?.muted).toEqual(by);
    expect(warnings).toEqual([]);
  }
});

test('a mute that matches nothing is warned about', () => {
  const { findings, warnings } = apply({ rule: 'action-unpinned', path: 'docs/**' });
  expect(findings[0]?.muted).toBeUndefined();
  expect(warnings.map((warning) => warning.en)).toEqual([
    'the mute of `action-unpinned` (`platform`) matches no finding',
  ]);
});

test('a mute whose day has passed mutes no more', () => {
  expect(apply({ rule: 'action-unpinned', until: '2026-05-31' }).findings[0]?.muted).toBeUndefined();
  expect(apply({ rule: 'action-unpinned', until: '2026-06-01' }).findings[0]?.muted).toBeDefined();
});

test('a mute without gap and rule matches nothing', () => {
  expect(apply({}).findings[0]?.muted).toBeUndefined();
});
