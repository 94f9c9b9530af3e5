import { expect, test } from 'vitest';
import type { Language } from '#model/text.ts';
import { maturityReport } from '../../test/fixtures/sample-maturity.ts';
import { sampleReport } from '../../test/fixtures/sample-report.ts';
import { summaryOf } from './summary.ts';

const lines = (report: ReturnType<typeof sampleReport>, lang: Language) =>
  summaryOf(report, [], lang, [], false).split('\n');

test('maturity takes three lines: open gaps by priority, what was answered, what a person can answer', () => {
  const shown = lines(maturityReport(), 'fr');
  const at = shown.findIndex((line) => line.startsWith('Maturité'));
  expect(shown.slice(at, at + 3)).toEqual([
    'Maturité    5 écarts ouverts (2 P1, 2 P2, 1 P3)',
    '            7 questions sur 9 ont une réponse (domaines\u00a0: 4 sur 5)',
    '            2 questions inconnues\u00a0: y répondre sous answers: dans constat.yaml',
  ]);
  expect(shown[at + 3]).toBe('');
  expect(lines(maturityReport(), 'en')).toEqual(
    expect.arrayContaining([
      'Maturity    5 open gaps (2 P1, 2 P2, 1 P3)',
      '            7 of 9 questions answered (domains: 4 of 5)',
      '            2 questions unknown: answer them under answers: in constat.yaml',
    ]),
  );
});

test('where every question has an answer nothing is asked of a person', () => {
  const report = maturityReport();
  const maturity = report.maturity.map((domain) => ({
    ...domain,
    questions: domain.questions.map((question) => ({ ...question, answer: 'yes' as const })),
    gaps: [],
  }));
  const shown = lines({ ...report, maturity }, 'en');
  expect(shown).toContain('Maturity    0 open gaps');
  expect(shown.join('\n')).not.toContain('answers:');
});

test('without a profile the summary says nothing of maturity', () => {
  expect(lines(sampleReport(), 'fr').join('\n')).not.toContain('Maturité');
});
