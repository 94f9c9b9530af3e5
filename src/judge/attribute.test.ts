import { expect, test } from 'vitest';
import { attributed } from './attribute.ts';
import type { DraftFinding } from './draft.ts';
import { estate } from './test-estate.ts';

const system = (id: string, workflows: string[] = []) => ({ id, title: id, environments: [], workflows });
const draft = (...files: string[]): DraftFinding => ({
  fingerprint: 'f',
  rule: 'r',
  severity: 'low',
  confidence: 'high',
  priority: 'P3',
  title: { fr: '', en: '' },
  message: { fr: '', en: '' },
  remedy: { fr: '', en: '' },
  systems: [],
  environments: [],
  resources: [],
  evidence: files.map((file) => ({ source: 'repo' as const, file, line: 1 })),
});
const given = estate({ systems: [system('orders', ['.github/workflows/orders.yml']), system('web-shop')] });
const systems = (...files: string[]) => attributed([draft(...files)], given)[0]?.systems;

test('a workflow gives the systems it deploys, a folder the system it is named after', () => {
  expect(systems('.github/workflows/orders.yml')).toEqual(['orders']);
  expect(systems('services/web_shop/Dockerfile')).toEqual(['web-shop']);
  expect(systems('services/web_shop/Dockerfile', '.github/workflows/orders.yml')).toEqual([
    'orders',
    'web-shop',
  ]);
});

test('a finding that also rests on a file of no system concerns the whole estate', () => {
  expect(systems('services/web_shop/Dockerfile', 'README.md')).toEqual([]);
  expect(systems('orders.md')).toEqual([]);
});

test('systems that a rule gave stay', () => {
  expect(attributed([{ ...draft('services/web-shop/x'), systems: ['orders'] }], given)[0]?.systems).toEqual([
    'orders',
  ]);
});
