import { expect, describe as group, test } from 'vitest';
import { dateIn, describe } from './description.ts';
import { parsePage } from './parse.ts';

const described = (text: string, path = 'docs/page.md') => describe(parsePage(text), path, text);

test('the title is that of the front matter, else the first heading, else the file', () => {
  expect(described('---\ntitle: Orders\n---\n# Other').title).toBe('Orders');
  expect(described('Text.\n\n## Orders').title).toBe('Orders');
  expect(described('Text.', 'docs/orders.md').title).toBe('orders.md');
});

group('dates', () => {
  test.each([
    ['**Date:** 2025-12-30', '2025-12-30'],
    ['**Date :** 30/12/2025', '2025-12-30'],
    ['**Date:** 1er décembre 2025', '2025-12-01'],
    ['Last updated: December 3rd, 2025', '2025-12-03'],
    ['*Audit réalisé le 2024-12-28*', '2024-12-28'],
    ['**Dernière mise à jour:** 2026-01-03', '2026-01-03'],
  ])('%s', (text, date) => {
    expect(described(`# Page\n\n${text}\n`).date).toBe(date);
  });

  test('the last change goes before the day of writing, and both before the name of the file', () => {
    expect(described('# P\n\nDate: 2025-01-01\n\nLast updated: 2025-02-02', 'a-2024-03-03.md').date).toBe(
      '2025-02-02',
    );
    expect(described('# P', 'audits/20240303.md').date).toBe('2024-03-03');
  });

  test('a date in the text is not the page’s', () => {
    expect(described('# P\n\nThe certificate expires on 2027-01-01.').date).toBeUndefined();
  });

  test('what is no date is none', () => {
    expect(dateIn('99/99/2025')).toBeUndefined();
    expect(dateIn('v2.0.1 build 20999')).toBeUndefined();
  });
});

group('reports of the past', () => {
  test.each([
    ['# Audit de l’infrastructure', 'AUDIT.md'],
    ['# Post-mortem: outage of the orders', 'docs/outage.md'],
    ['# État des lieux', 'docs/etat.md'],
    ['# Diagnostic AWS', 'DIAGNOSTIC_AWS.md'],
    ['# Rapport de migration', 'docs/x.md'],
    ['# Deployment summary\n\n**Date:** 2025-12-30', 'DEPLOYMENT_SUMMARY.md'],
  ])('%s', (text, path) => {
    expect(described(text, path).report).toBe(true);
  });

  test.each([
    ['# Architecture\n\nLast updated: 2025-12-30', 'docs/architecture.md'],
    ['# Audit log of the API', 'docs/audit-log.md'],
    ['# How to report an incident', 'docs/incidents.md'],
    ['# Deployment summary', 'docs/summary.md'],
    ['# Incident runbook', 'docs/runbook.md'],
  ])('%s is none', (text, path) => {
    expect(described(text, path).report).toBe(false);
  });
});
