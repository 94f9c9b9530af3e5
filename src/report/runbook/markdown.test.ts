import { describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { sampleReport } from '../../../test/fixtures/sample-report.ts';
import { runbookMarkdown } from './markdown.ts';
import { stuckOf, wavesOf } from './waves.ts';

type Step = Report['plan']['steps'][number];
const text = (said: string) => ({ fr: said, en: said });
const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  title: text(`Do ${id}`),
  reason: text('Because.'),
  risk: 'none',
  after: [],
  findings: [],
  command: `aws do ${id}`,
  state: 'ready',
  proofs: [],
  changes: [],
  ...more,
});
const reportOf = (...steps: Step[]): Report => ({
  ...sampleReport(),
  plan: { steps },
  proofs: [
    {
      id: 'P-01',
      title: text('Listens'),
      command: 'aws read',
      expected: text('`"HTTPS"`'),
      check: { type: 'tls', host: 'x', port: 443 },
    },
    {
      id: 'P-02',
      title: text('Answers'),
      command: 'curl x',
      expected: text('200'),
      check: { type: 'http', url: 'https://x/', status: [200] },
    },
  ],
});

test('steps that need nothing of each other are of one wave', () => {
  const steps = [
    step('S-01'),
    step('S-02'),
    step('S-03', { after: ['S-01'] }),
    step('S-04', { after: ['S-03', 'S-02'] }),
  ];
  expect(wavesOf(steps).map((wave) => wave.map(({ id }) => id))).toEqual([
    ['S-01', 'S-02'],
    ['S-03'],
    ['S-04'],
  ]);
});

test('what waits for a step that needs input cannot be taken either', () => {
  const steps = [step('S-01', { state: 'needs-input' }), step('S-02', { after: ['S-01'] }), step('S-03')];
  expect([...stuckOf(steps)]).toEqual(['S-01', 'S-02']);
});

describe('the runbook', () => {
  const report = reportOf(
    step('S-01', {
      proofs: ['P-01'],
      rollback: { command: 'aws undo' },
      before: { state: [] },
      cost: text('1 USD'),
    }),
    step('S-02', { after: ['S-01'], risk: 'restart', irreversible: text('nothing to set back') }),
    step('S-03', { state: 'needs-input', needs: [text('Find it.')], command: '' }),
    step('S-04', { state: 'applied' }),
  );

  test.each(['fr', 'en'] as const)(
    'says what, why, in which order, how it is proven and undone (%s)',
    (lang) => {
      expect(runbookMarkdown(report, lang)).toMatchSnapshot();
    },
  );

  test('lets nothing of a name start anything', () => {
    const hostile = '](javascript:x) <img src=x> | ``` \n# x';
    const page = runbookMarkdown(
      reportOf(
        step('S-01', {
          title: text(hostile),
          reason: text(hostile),
          command: `x\n\`\`\`\n# ${hostile}`,
          before: { [hostile]: hostile },
        }),
      ),
      'en',
    );
    const outside = page.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/(?<!\\)<img|(?<!\\)\]\(|^# x/m);
  });

  test('of a report without steps says so', () => {
    expect(runbookMarkdown(reportOf(), 'fr')).toContain('Aucun écart');
  });
});
