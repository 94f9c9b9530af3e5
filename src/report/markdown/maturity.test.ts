import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { HOSTILE, spoiled } from '../../../test/fixtures/report-variants.ts';
import { largeMaturity, maturityReport } from '../../../test/fixtures/sample-maturity.ts';
import { sampleReport } from '../../../test/fixtures/sample-report.ts';
import { renderMarkdown } from '../markdown.ts';
import { maturity } from './maturity.ts';

const html = (markdown: string) => new MarkdownIt({ html: true, linkify: true }).render(markdown);
const part = (page: string, title: string) =>
  page.split(/^(?=###? )/m).find((section) => section.startsWith(`### ${title}\n`)) ?? '';
const rows = (section: string) =>
  section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));

test('without a profile the report says nothing of maturity', () => {
  expect(maturity(sampleReport(), 'fr')).toBe('');
});

describe('a domain', () => {
  const backup = part(maturity(maturityReport(), 'fr'), 'Sauvegarde et restauration');

  test('says its score with how it comes about', () => {
    expect(backup).toContain('Score\u00a0: **40\u202f%** (2 sur 5 points, 1 question inconnue)');
  });

  test('answers each question with a mark and its word, what was seen, and its gap', () => {
    expect(rows(backup).slice(0, 4)).toEqual([
      '| Question | Réponse | Ce qui a été vu | Écart |',
      '| Une restauration a-t-elle été essayée\u00a0? | ✅ Oui | Essayée sur une copie. · *réponse de Léa d’Arcy le 2026-02-14* · les faits répondent non\u00a0: aucun compte rendu d’essai n’est dans `docs/` `docs/exploitation.md:1` | — |',
      '| La restauration est-elle écrite\u00a0? | ❌ Non | Aucune page ne nomme `d1 time-travel`. | `OPS-1401` |',
      '| Une copie quitte-t-elle le fournisseur\u00a0? | ❔ Inconnu | L’espace R2 n’a pas été lu. | `OPS-1406` |',
    ]);
  });

  test('gives its target, then each open gap from existing to target; muted ones stand apart', () => {
    expect(backup).toContain('#### Cible\n\nLa restauration est écrite et essayée');
    expect(rows(backup).slice(4)).toEqual([
      '| Id | Existant | Cible | Gravité | Priorité | Phase |',
      '| `OPS-1401` | Aucune procédure de restauration n’est écrite | Écrire et essayer la restauration de `rayons`. | élevée | P1 | Phase 1 |',
    ]);
    expect(backup).toContain('En sourdine\u00a0: `OPS-1406`');
  });

  test('where nothing was answered it has no score', () => {
    expect(part(maturity(maturityReport(), 'en'), 'Feedback')).toContain('Score: **—** (1 question unknown)');
  });
});

test('the consolidated list has each gap once, and names the other domain that refers to it', () => {
  const list = rows(part(maturity(maturityReport(), 'en'), 'Consolidated list'));
  expect(list.filter((row) => row.includes('`GAP-0001`'))).toEqual([
    '| Secret rotation | P1 | `GAP-0001` | An API key is committed in `deploy/entrepot.env` (also: Security) | — |',
  ]);
  expect(list).toHaveLength(1 + 5);
});

test('the recap adds up, and says what it counts', () => {
  const recap = part(maturity(maturityReport(), 'fr'), 'Récapitulatif');
  expect(rows(recap)).toEqual([
    '| Priorité | Nombre | Identifiants |',
    '| P1 | 2 | `OPS-1401`, `GAP-0001` |',
    '| P2 | 2 | `OPS-1402`, `OPS-1403` |',
    '| P3 | 1 | `OPS-1404` |',
    '| **Total** | **5** |   |',
  ]);
  expect(recap).toContain('Compte les 5 écarts ouverts des domaines, chacun une seule fois');
  expect(recap).toContain('À part\u00a0: 1 écart mis en sourdine.');
});

test('phases, critical points, strengths and closed gaps follow', () => {
  const page = maturity(maturityReport(), 'en');
  expect(rows(part(page, 'By phase'))).toContain('| Phase 2 | 2 | `OPS-1402`, `OPS-1403` |');
  expect(part(page, 'Critical points')).toContain('- ❌ No restore procedure is written (`OPS-1401`)');
  expect(part(page, 'Strengths')).toContain('- ✅ Does one script deploy everything? `deploy.sh` deploys');
  expect(part(page, 'Strengths')).toContain('Tried on a copy. (answered by Léa d’Arcy on 2026-02-14)');
  expect(rows(part(page, 'Closed gaps'))).toContain(
    '| `OPS-1405` | `env.staging` is incomplete | 2026-02-20 |',
  );
});

test('what nothing answers is listed by the ids that answers of people need', () => {
  expect(maturity(maturityReport(), 'fr')).toMatch(
    /sous `answers:` dans `constat\.yaml`.* Restent inconnues\u00a0: `external-backup-there`, `beta-testers-known`\.$/,
  );
});

test('closed gaps of an audit without a profile have a section of their own', () => {
  const { closed } = maturityReport();
  const page = renderMarkdown({ ...sampleReport(), ...(closed && { closed }) }, 'fr');
  expect(page).toContain('## Écarts refermés');
  expect(page).not.toContain('## Maturité');
  expect(renderMarkdown(maturityReport(), 'fr').match(/Écarts refermés/g)).toHaveLength(1);
});

test('the findings’ own section has all of them, with their phase and where they are known from', () => {
  const page = renderMarkdown(maturityReport(), 'fr');
  for (const { gap } of maturityReport().findings) expect(page).toContain(`#### ${gap} · `);
  expect(page).toContain('`secret-rotation-missing` · P2 · Phase 2 · connu\u00a0: audit plateforme 2025');
  expect(page).toContain('**Correctif\u00a0:** `patches/smoke-test.patch`');
});

describe('text of the estate', () => {
  const kept = ['answer', 'domain', 'on', 'closed', 'critical', 'patches'];
  const texts = [...HOSTILE, 'a | b', 'a `c | d` e', '|', '`|'];

  /** The maturity with each hostile text in the place of another. */
  function rotated(domains: Report['maturity'], turn: number): Report['maturity'] {
    const swap = (value: unknown): unknown => {
      if (typeof value === 'string' && HOSTILE.includes(value))
        return texts[(HOSTILE.indexOf(value) + turn) % texts.length];
      if (Array.isArray(value)) return value.map(swap);
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner)]));
      return value;
    };
    return swap(domains) as Report['maturity'];
  }

  test.each(texts.map((text, turn) => ({ text, turn })))('starts no markup: turn $turn', ({ turn }) => {
    const report = spoiled(maturityReport(), kept);
    const page = html(maturity({ ...report, maturity: rotated(report.maturity, turn) }, 'fr'));
    expect(page).not.toMatch(/<(script|img|svg|b|style)\b/);
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0007\u001b]/);
  });

  test.each(texts)('%j ends no cell', (text) => {
    const report = maturityReport();
    const said = { fr: text, en: text };
    const domains = report.maturity.map((domain) => ({
      ...domain,
      title: said,
      questions: domain.questions.map((question) => ({
        ...question,
        text: said,
        note: said,
        human: { by: text, on: '2026-02-14' },
        facts: { answer: 'no' as const, note: said, evidence: [] },
        evidence: [{ source: 'repo' as const, file: text, line: 1 }],
      })),
    }));
    const findings = report.findings.map((finding) => ({
      ...finding,
      title: said,
      remedy: said,
      phase: text,
      known: { from: text },
    }));
    const page = maturity({ ...report, maturity: domains, findings }, 'fr');
    // a table's rows have as many bars as its head, but for those that are escaped
    const bars = (line: string) => line.match(/(?<!\\)\|/g)?.length ?? 0;
    for (const table of page.split('\n\n').filter((block) => block.startsWith('| '))) {
      const [head = '', ...lines] = table.split('\n');
      expect(lines.map(bars)).toEqual(lines.map(() => bars(head)));
    }
  });
});

test('of a very large audit the page says how much it leaves out', () => {
  const page = maturity(largeMaturity(4, 1_000), 'fr');
  expect(part(page, 'Liste consolidée')).toContain('et 3\u202f500 de plus, dans `report.json`');
  expect(rows(part(page, 'Récapitulatif'))).toContainEqual(expect.stringContaining('| **Total** | **4000**'));
  expect(page.length).toBeLessThan(1_500_000);
});
