import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../rules/all.generated.ts';
import { estate, misset } from '../test-estate.ts';
import { domains } from './domains.ts';
import { maturityOf } from './maturity.ts';
import { builtInTarget } from './target.ts';
import { viewOf } from './view.ts';

const questions = domains.flatMap((domain) => domain.questions.map((question) => ({ domain, question })));
const twice = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

test('every file that holds a domain is in the list, and is called like it', () => {
  const files = readdirSync(import.meta.dirname).filter(
    (file) =>
      /^[a-z-]+\.ts$/.test(file) &&
      /^export const \w+: Domain = /m.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')),
  );
  expect(domains.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
});

test('questions and gaps have ids of their own', () => {
  expect(twice(domains.map(({ id }) => id))).toEqual([]);
  expect(twice(questions.map(({ question }) => question.id))).toEqual([]);
  expect(twice(questions.map(({ question }) => question.gap.id))).toEqual([]);
});

test('the rules that questions name exist', () => {
  const known = new Set(rules.map(({ id }) => id));
  const named = questions.flatMap(({ question }) => question.rules ?? []);
  expect(named.filter((rule) => !known.has(rule))).toEqual([]);
});

for (const { domain, question } of questions)
  test(`${question.id} is well written in both languages`, () => {
    const { id, text, gap } = question;
    for (const name of [domain.id, id, gap.id]) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const one of [domain.title, domain.target, text, gap.title, gap.remedy]) {
      expect(misset(one)).toBeUndefined();
      expect(`${one.fr}${one.en}`).not.toContain('\n');
    }
    expect(text.en).toMatch(/\?$/);
    expect(text.fr).toMatch(/\u00a0\?$/);
    expect(gap.title.en).not.toMatch(/\.$/);
    // infinitive in French, as for rules
    expect(gap.remedy.fr).toMatch(/^(Ne pas |(?:L[ae]s?|En|Y|Se) |[LS]’)?\p{Lu}?\p{L}*(er|ir|re)\b/u);
  });

test('nothing is lacking in an estate of which nothing was read', () => {
  const nothing = viewOf(estate(), [], new Set(), () => ({}));
  const { drafts } = maturityOf(nothing, builtInTarget('devops', domains), undefined, (id, error) => {
    throw new Error(`${id}: ${error}`);
  });
  expect(drafts.map(({ rule }) => rule)).toEqual([]);
});
