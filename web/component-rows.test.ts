import { expect, test } from 'vitest';
import { MOST_COMPONENTS, shownComponents } from './component-rows.ts';

const rows = (count: number, status: 'verified' | 'missing') =>
  Array.from({ length: count }, () => ({ status }));

test('a table that can be read stays as it is', () => {
  const all = [...rows(2, 'verified'), ...rows(1, 'missing')];
  expect(shownComponents(all)).toEqual(all);
});

test('of a long one what waits for something comes first', () => {
  const shown = shownComponents([...rows(MOST_COMPONENTS, 'verified'), ...rows(3, 'missing')]);
  expect(shown).toHaveLength(MOST_COMPONENTS);
  expect(shown.slice(0, 4).map(({ status }) => status)).toEqual([
    'missing',
    'missing',
    'missing',
    'verified',
  ]);
});
