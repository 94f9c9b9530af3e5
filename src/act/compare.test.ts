import { expect, test } from 'vitest';
import { compareFindings } from './compare.ts';
import type { KeptFinding } from './runs.ts';

const finding = (fingerprint: string, more: Partial<KeptFinding> = {}): KeptFinding => ({
  gap: `GAP-${fingerprint}`,
  fingerprint,
  rule: 'listener-missing',
  severity: 'high',
  title: { fr: '', en: '' },
  message: { fr: '', en: '' },
  ...more,
});
const muted = { owner: 'ada', reason: 'known' };
const prints = (findings: KeptFinding[]) => findings.map(({ fingerprint }) => fingerprint);

test('what is gone is mended, what is left is still there, what is new was caused since', () => {
  const told = compareFindings([finding('a'), finding('b')], { findings: [finding('b'), finding('c')] });
  expect(prints(told.mended)).toEqual(['a']);
  expect(prints(told.still)).toEqual(['b']);
  expect(prints(told.caused)).toEqual(['c']);
});

test('what is muted is neither mended nor caused', () => {
  const told = compareFindings([finding('a'), finding('b', { muted })], {
    findings: [finding('a', { muted }), finding('b')],
  });
  expect([told.mended, told.caused]).toEqual([[], []]);
});

test('where a rule could not answer any more, nobody knows whether its finding is mended', () => {
  const told = compareFindings([finding('a'), finding('b', { rule: 'image-missing' })], {
    findings: [],
    summary: { unknown: [{ rule: 'image-missing' }] },
  });
  expect(prints(told.mended)).toEqual(['a']);
  expect(prints(told.unknown)).toEqual(['b']);
});
