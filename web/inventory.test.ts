import { describe, expect, test } from 'vitest';
import { observedReport } from '../test/fixtures/report-variants.ts';
import { domainsOf, folded, inventoryOf, searcher, statusOf, wholeInventory } from './inventory.ts';
import { viewOf } from './view.ts';

const DOMAINS: Record<string, string> = { ECR: 'images', ECS: 'compute' };
const kindOf = (kind: string) => ({
  title: { fr: kind, en: kind },
  domain: DOMAINS[kind.split('::')[1] ?? ''] ?? 'external',
});

const report = observedReport();
const inventory = inventoryOf(viewOf(report, kindOf));
const search = searcher(inventory);

describe('the inventory', () => {
  test('has a row for every resource, with the domains of their kinds', () => {
    expect(inventory.rows).toHaveLength(report.resources.length);
    expect(domainsOf(inventory)).toContain('images');
    expect(domainsOf(inventory)[0]).toBe('compute');
  });

  test('is searched without regard to case, accents or the order of the words', () => {
    const names = (query: string) => search({ ...wholeInventory, query }).map(([name]) => name);
    expect(names('ENTREPOT queue')).toEqual(['entrepot-mouvements']);
    expect(names('queue entrepôt')).toEqual(['entrepot-mouvements']);
    expect(folded('Entrepôt')).toBe('entrepot');
  });

  test('is narrowed by status and system together', () => {
    const found = search({ ...wholeInventory, status: 'missing', system: 'boutique' });
    const expected = report.resources.filter((one) => one.status === 'missing' && one.system === 'boutique');
    expect(found.map(([name]) => name)).toEqual(expected.map(({ name }) => name));
    expect(expected.length).toBeGreaterThan(0);
  });

  test('sorts by status with the worst first, numbers as numbers, and leaves its own order alone', () => {
    const before = inventory.rows.map(([name]) => name);
    const sorted = search({ ...wholeInventory, sort: { column: 'status', descending: false } });
    expect(statusOf(sorted[0] ?? ['', 0, 0, 0, '', '', '', ''])).toBe('missing');
    expect(inventory.rows.map(([name]) => name)).toEqual(before);
  });
});
