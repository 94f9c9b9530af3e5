import { expect, test } from 'vitest';
import { hostState, whatIf } from '#judge/test-host.ts';
import { type Report, reportSchema } from '#model/report.ts';
import type { Effect } from '#model/what-if.ts';
import { renderHtml } from '#report/html.ts';
import { whatIfOf } from '#report/json.ts';
import { sampleReport } from '../../../test/fixtures/sample-report.ts';
import { whatIfSection } from './what-if.ts';

const effect: Effect = {
  id: 'port-collision',
  fails: true,
  severity: 'high',
  text: { fr: 'Le port `8002` <b>est</b> pris.', en: 'Port `8002` <b>is</b> taken.' },
  evidence: [
    { source: 'repo', file: 'compose.yml.OBSOLETE', line: 5 },
    { source: 'host', operation: 'docker inspect', at: hostState().at },
  ],
  affects: [{ kind: 'Docker::Container', name: 'front' }],
  values: { free: 8003 },
};
const report = (...whatIfs: Report['whatIf'] & object): Report => ({ ...sampleReport(), whatIf: whatIfs });
const full = whatIfOf(
  whatIf([effect], { unknown: [{ text: { fr: 'si `.env` est là', en: 'whether `.env` is there' } }] }),
);

test('the contract takes it, without what a remedy needs to know', () => {
  expect(reportSchema.parse(report(full)).whatIf).toEqual([full]);
  expect(JSON.stringify(full)).not.toContain('8003');
});

test('the page in Markdown says what would happen, what could not be told, and the command', () => {
  const page = whatIfSection(report(full), 'fr');
  expect(page).toBe(
    [
      '## Que se passerait-il si…',
      'Ce que ferait chaque fichier, sur l’hôte tel qu’il a été lu, s’il était lancé. Rien n’a été lancé.',
      '### Lancer `compose.yml.OBSOLETE` sur `quay-1` (retiré)',
      '1. ✗ **échoue**, élevée\u00a0: Le port `8002` \\<b\\>est\\</b\\> pris. (`compose.yml.OBSOLETE:5`, `docker inspect`)',
      'Ce qui n’a pas pu être dit\u00a0:',
      '- si `.env` est là',
      'La commande qui le ferait, à ne pas lancer\u00a0:',
      '```bash\ndocker compose --file compose.yml.OBSOLETE up --detach\n```',
    ].join('\n\n'),
  );
});

test('where nothing is established it says so, and where nothing was asked nothing is said', () => {
  expect(whatIfSection(report(whatIfOf(whatIf())), 'en')).toContain(
    'Nothing would change among what was compared.',
  );
  expect(whatIfSection(report({ ...full, effects: [] }), 'en')).toContain('No effect is established.');
  expect(whatIfSection(sampleReport(), 'en')).toBe('');
});

test('the page in HTML has the section only where there is one', () => {
  const page = renderHtml(report(full), 'en');
  expect(page).toContain('id="whatIf"');
  expect(page).toContain('What would happen if…');
  expect(page).not.toContain('<b>is</b>');
  expect(renderHtml(sampleReport(), 'en')).not.toContain('id="whatIf"');
});
