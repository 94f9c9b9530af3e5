import { expect, test } from 'vitest';
import type { ChangeView } from './assess.ts';
import { adding, stepOf } from './test-account.ts';
import { comparisonLines, leftLines, newsLines, stepLines } from './words.ts';

const change = { ...adding('a', { Port: 443, Old: 1 }), before: [{ Port: 80, Old: 1 }] };
const step = stepOf('S-01', [change], { after: ['S-00'], risk: 'brief-outage' });
const view = (more: Partial<ChangeView>): ChangeView => ({
  step,
  index: 0,
  change,
  standing: 'to-do',
  now: change.before,
  after: change.after,
  ...more,
});

test('a step is shown with what differs alone, in both languages', () => {
  expect(stepLines(step, [view({})], 'fr')).toEqual([
    'S-01  étape S-01',
    '      brève coupure · après S-00',
    '      parce que',
    '      test Add\u00a0: à faire',
    '        - [0].Port: 80',
    '        + [0].Port: 443',
    '      $ aws test add --step S-01',
  ]);
  expect(stepLines(step, [view({ standing: 'done' })], 'en')).toContain('      test Add: already done');
});

test('what has changed is shown with what was captured, what there is and who it was', () => {
  const writer = { event: 'ModifyListener', at: '2026-11-28T08:30:00.000Z', by: 'ada' };
  expect(
    stepLines(step, [view({ standing: 'changed', now: 'x\u001b[2J', writer })], 'en').slice(3, 6),
  ).toEqual([
    '      test Add: has changed since the audit (ModifyListener, ada, 2026-11-28T08:30:00.000Z)',
    '        captured by the audit: [{"Port":80,"Old":1}]',
    '        now: "x\\u001b[2J"',
  ]);
});

test('nothing of a plan reaches the terminal as it is', () => {
  const hostile = stepOf('S-01\u001b[31m', [change], {
    title: { fr: 'a\nb', en: 'a\u202eb' },
    command: 'aws x\u001b]0;title\u0007\naws y',
    needs: [{ fr: '\u001b', en: '\u001b' }],
  });
  const lines = [
    ...stepLines(hostile, [view({ step: hostile })], 'en'),
    ...leftLines({ step: hostile, because: 'needs-input' }, 'fr'),
    ...newsLines({ is: 'step', step: hostile }, 'fr'),
  ];
  expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u202e]/);
  expect(lines).toContain('        aws y');
});

test('what became of the findings is told, and nothing where nothing did', () => {
  const finding = {
    gap: 'GAP-0001',
    fingerprint: 'x',
    rule: 'listener-missing',
    severity: 'high' as const,
    title: { fr: 't', en: 't' },
    message: { fr: '`front` n’écoute pas', en: '`front` does not listen' },
  };
  const none = { mended: [], still: [], caused: [], unknown: [] };
  expect(comparisonLines(none, 'en')).toEqual([]);
  expect(
    comparisonLines({ ...none, mended: [finding], caused: [{ ...finding, gap: 'GAP-0002' }] }, 'en'),
  ).toEqual([
    'Mended',
    '  GAP-0001  front does not listen',
    'New after the change',
    '  GAP-0002  front does not listen',
  ]);
});
