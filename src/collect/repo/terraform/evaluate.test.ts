import { expect, test } from 'vitest';
import { Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import { parseHcl } from './hcl/bodies.ts';
import type { Scope } from './scope.ts';
import { Open, symbol, textOf, type Value } from './values.ts';

const VALUES: Record<string, Value> = {
  'var.name': 'quay',
  'var.none': null,
  'var.zones': ['a', 'b'],
  'var.ports': new Map<string, Value>([
    ['http', 80],
    ['https', 443],
  ]),
};
const scope = (): Scope => ({
  budget: new Budget(),
  named: (root, name) => {
    const value = VALUES[`${root}.${name}`];
    return value === undefined ? new Open(symbol(`${root}.${name}`)) : value;
  },
  data: (type, name) => new Open(symbol(`data.${type}.${name}`)),
  file: () => undefined,
  bound: new Map(),
});

/** What an expression is worth, as it would stand in a text. */
function worth(expression: string): string | undefined {
  const [attribute] = parseHcl(`x = ${expression}\n`).body.attributes;
  return attribute && textOf(evaluate(attribute.value, scope()));
}

test.each([
  ['"${var.name}-api"', 'quay-api'],
  ['upper(var.name)', 'QUAY'],
  ['format("%s-%02d", var.name, 7)', 'quay-07'],
  ['join(",", [for z in var.zones : "${var.name}-${z}"])', 'quay-a,quay-b'],
  ['join(",", [for k, v in var.ports : k if v > 100])', 'https'],
  ['var.name == "quay" ? "yes" : "no"', 'yes'],
  ['lookup({ a = "x" }, "b", "fallback")', 'fallback'],
  ['coalesce(var.none, "", "c")', 'c'],
  ['try(var.ports.ftp, "closed")', 'closed'],
  ['element(var.zones, 3)', 'b'],
  ['replace("a_b", "_", "-")', 'a-b'],
  ['merge({ a = "1" }, { a = "2" })["a"]', '2'],
  ['substr("quayside", 0, 4)', 'quay'],
  ['substr("quayside", -4, -1)', 'side'],
  ['substr("quayside", "2", 2)', 'ay'],
])('%s is %s', (expression, expected) => {
  expect(worth(expression)).toBe(expected);
});

test.each([
  ['"${var.open}-api"', '⟨var.open⟩-api'],
  ['upper("${var.open}-api")', '⟨var.open⟩-API'],
  ['var.open == "x" ? "a" : "b"', '⟨… ? … : …⟩'],
  ['data.aws_vpc.main.id', '⟨data.aws_vpc.main.id⟩'],
  ['timestamp()', '⟨timestamp()⟩'],
  ['substr("${var.open}-api", 0, 64)', '⟨var.open⟩-api'],
  ['substr("${var.open}-api", 0, 3)', '⟨substr(…, 0, 3)⟩'],
  ['substr("${var.open}-api", 1, 64)', '⟨substr(…, 1, 64)⟩'],
])('%s stays open as %s', (expression, expected) => {
  expect(worth(expression)).toBe(expected);
});
