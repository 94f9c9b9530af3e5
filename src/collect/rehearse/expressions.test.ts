import { data } from '@actions/expressions';
import { expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { Expressions, splitExpressions } from './expressions.ts';
import { Symbols } from './symbols.ts';
import { Open, toData } from './values.ts';

const symbols = new Symbols();
const expressions = new Expressions(symbols);
const contexts = new data.Dictionary(
  {
    key: 'inputs',
    value: new Open(symbols, 'inputs', { stage: 'prod', none: symbols.of('other inputs.none') }),
  },
  { key: 'secrets', value: new Open(symbols, 'secrets') },
  { key: 'github', value: toData({ ref: `refs/pull/${symbols.of('n')}/merge`, event_name: 'push' }) },
);

function value(source: string): { result: Json; compared: string[] } {
  const compared: string[] = [];
  const given = expressions.interpolate(source, contexts, (name, literal) =>
    compared.push(`${name}=${literal}`),
  );
  return { result: symbols.renderDeep(given), compared };
}

test.each([
  ['${{ inputs.stage }}', 'prod'],
  ['a-${{ inputs.stage }}-${{ secrets.X }}', 'a-prod-⟨secrets.X⟩'],
  ["${{ inputs.stage == 'prod' && 'live' || 'test' }}", 'live'],
  ["${{ inputs.other || 'default' }}", '⟨inputs.other⟩'],
  ["${{ secrets.X || 'default' }}", 'default'],
  ['${{ secrets.X || secrets.Y }}', '⟨secrets.X⟩'],
  ["${{ secrets.X != '' || 'default' }}", "⟨secrets.X != ''⟩"],
  ["${{ inputs.other == 'a' && 'x' || 'y' }}", 'x'],
  ['${{ false && secrets.X }}', false],
  ["${{ secrets.X != '' }}", "⟨secrets.X != ''⟩"],
  ['${{ !inputs.other }}', '⟨!inputs.other⟩'],
  ["${{ format('{0}-{1}', inputs.stage, inputs.other) }}", 'prod-⟨inputs.other⟩'],
  ['${{ fromJSON(\'{"prod":"live"}\')[inputs.stage] }}', 'live'],
  ['${{ inputs.other.deep.er }}', '⟨inputs.other.deep.er⟩'],
  ["${{ contains(inputs.other, 'x') }}", "⟨contains(inputs.other, 'x')⟩"],
  ["${{ github.ref == 'refs/heads/main' }}", false],
  ["${{ startsWith(github.ref, 'refs/tags/') }}", false],
  ["${{ startsWith(github.ref, 'refs/pull') }}", true],
  ["${{ inputs.none == 'dev' }}", false],
  ["${{ inputs.none != 'dev' }}", true],
  ["it''s '${{ 'quoted }}' }}'", "it''s 'quoted }}'"],
  ['${{ unclosed', '${{ unclosed'],
  ['${{ broken( }}', '⟨invalid expression: broken(⟩'],
])('%s is %j', (source, expected) => {
  expect(value(source).result).toEqual(expected);
});

test('a comparison of something unknown with a literal is told, by == and in a list', () => {
  expect(value("${{ inputs.other == 'a' }}").compared).toEqual(['inputs.other=a']);
  expect(value('${{ contains(fromJSON(\'["a","b"]\'), inputs.other) }}').compared).toEqual([
    'inputs.other=a',
    'inputs.other=b',
  ]);
});

test('a condition is true, false, or the symbol that decides', () => {
  const condition = (source: string) => {
    const given = expressions.condition(source, contexts, () => undefined);
    return typeof given === 'string' ? symbols.render(given) : given;
  };
  expect(condition("github.event_name == 'push'")).toBe(true);
  expect(condition('${{ false }}')).toBe(false);
  expect(condition('always() && failure()')).toBe(false);
  expect(condition("success() && inputs.other == 'a'")).toBe("⟨inputs.other == 'a'⟩");
});

test('a text of many openings is split in linear time', () => {
  const text = "${{ '".repeat(100_000);
  const before = performance.now();
  expect(splitExpressions(text)).toEqual([{ literal: text }]);
  expect(performance.now() - before).toBeLessThan(20_000);
});
