import { describe, expect, test } from 'vitest';
import { maturityReport } from '../test/fixtures/sample-maturity.ts';
import { sampleReport } from '../test/fixtures/sample-report.ts';
import { criticalOf, maturityOf, recapSaid, scoreOf, scoreSaid, strengthsIn, themes } from './maturity.ts';

const viewed = (report = maturityReport()) => {
  const view = maturityOf(report);
  if (!view) throw new Error('the sample has domains');
  return view;
};
const gaps = (findings: readonly { gap: string }[]) => findings.map(({ gap }) => gap);

test('a report without a profile has no maturity', () => {
  expect(maturityOf(sampleReport())).toBeUndefined();
});

describe('the recap', () => {
  test('counts a gap of two domains once, and its total adds up over the open gaps of all domains', () => {
    const { byPriority, open, domains } = viewed();
    const once = new Set(domains.flatMap((domain) => gaps(domain.gaps)));
    expect(byPriority.map(({ findings }) => gaps(findings))).toEqual([
      ['OPS-1401', 'GAP-0001'],
      ['OPS-1402', 'OPS-1403'],
      ['OPS-1404'],
    ]);
    expect(byPriority.reduce((sum, { findings }) => sum + findings.length, 0)).toBe(once.size);
    expect(open).toHaveLength(once.size);
    expect(domains.reduce((sum, domain) => sum + domain.gaps.length, 0)).toBe(once.size + 1);
  });

  test('leaves muted gaps and findings of other rules out, and says how many', () => {
    const report = maturityReport();
    const view = viewed(report);
    expect(gaps(view.muted)).toEqual(['OPS-1406']);
    const active = report.findings.filter(({ muted }) => !muted);
    expect(view.open.length + view.elsewhere).toBe(active.length);
    expect(recapSaid(view).en).toBe(
      `Counts the 5 open gaps of the domains, each once even where several domains refer to it. Not in it: ${view.elsewhere} findings of rules that no domain refers to. Apart: 1 muted gap.`,
    );
  });

  test('a gap that the report has no finding of is not counted', () => {
    const report = maturityReport();
    const maturity = report.maturity.map((domain) => ({ ...domain, gaps: [...domain.gaps, 'OPS-9999'] }));
    expect(viewed({ ...report, maturity }).open).toHaveLength(5);
  });
});

test('themes come in the order of their most pressing gap, each gap under one of them', () => {
  const found = themes(viewed());
  expect(
    found.map(({ domain, entries }) => [domain.domain, gaps(entries.map(({ finding }) => finding))]),
  ).toEqual([
    ['backup-and-restore', ['OPS-1401']],
    ['secret-rotation', ['GAP-0001', 'OPS-1403']],
    ['deployment-scripts', ['OPS-1402', 'OPS-1404']],
  ]);
  const [, shared] = found;
  expect(shared?.entries[0]?.domains.map(({ domain }) => domain)).toEqual(['secret-rotation', 'security']);
});

test('phases come with the most pressing first, and gaps without one last', () => {
  expect(viewed().phases.map(({ phase, findings }) => [phase, gaps(findings)])).toEqual([
    ['Phase 1', ['OPS-1401']],
    ['Phase 2', ['OPS-1402', 'OPS-1403']],
    [undefined, ['GAP-0001', 'OPS-1404']],
  ]);
});

describe('a score', () => {
  test('says its points by weight, and the questions that it leaves out', () => {
    const [scripts, backup, , , feedback] = viewed().domains;
    if (!scripts || !backup || !feedback) throw new Error('the sample has five domains');
    expect([scoreOf(scripts), scoreSaid(scripts)]).toEqual([
      { fr: '58\u202f%', en: '58%' },
      { fr: '3,5 sur 6 points', en: '3.5 of 6 points' },
    ]);
    expect(scoreSaid(backup).fr).toBe('2 sur 5 points, 1 question inconnue');
    expect([scoreOf(feedback).en, scoreSaid(feedback).en]).toEqual(['—', '1 question unknown']);
  });

  test('its points are those that the report’s own score comes of', () => {
    for (const { points, outOf, domain } of viewed().domains)
      if (domain.score !== undefined) expect(Math.round((100 * points) / outOf)).toBe(domain.score);
  });
});

test('strengths are what was answered by yes, the weightiest first; critical is what the report calls so', () => {
  expect(strengthsIn(viewed(), 10).map(({ id }) => id)).toEqual(['deployment-script-there', 'restore-tried']);
  expect(strengthsIn(viewed(), 1)).toHaveLength(1);
  const report = maturityReport();
  expect(gaps(criticalOf(report))).toEqual(report.summary.critical?.map(({ gap }) => gap));
  expect(criticalOf(sampleReport())).toEqual([]);
});
