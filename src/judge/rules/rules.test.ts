import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { judge } from '../judge.ts';
import { estate, misset } from '../test-estate.ts';
import { rules } from './all.generated.ts';

const themes = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
const files = themes.flatMap(({ name }) => readdirSync(path.join(import.meta.dirname, name)));

test('every rule file is in the list, and has its test beside it', () => {
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  expect(rules.map(({ id }) => id)).toEqual(sources.map((file) => file.slice(0, -3)).sort());
  for (const file of sources) expect(files).toContain(file.replace('.ts', '.test.ts'));
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s is well written in both languages',
  (id, rule) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    for (const text of [rule.title, rule.risk, rule.remedy]) {
      expect(misset(text)).toBeUndefined();
      expect(text.fr).not.toBe(text.en);
    }
    expect(rule.title.en).not.toMatch(/\.$/);
    expect(rule.risk.fr).toMatch(/\.$/);
    // infinitive in French, as for every step
    expect(rule.remedy.fr).toMatch(/^(Se |S’)?\p{Lu}?\p{L}*(er|ir|re)\b/u);
    for (const url of rule.references ?? []) expect(url).toMatch(/^https:\/\//);
  },
);

test('an estate of which nothing was read has no finding', () => {
  expect(judge(estate(), rules).drafts).toEqual([]);
});
