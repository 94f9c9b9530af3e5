import { expect, test } from 'vitest';
import { parseHcl } from './bodies.ts';
import type { Expression, TemplatePart } from './nodes.ts';

/** An expression as a text with every bracket written out. */
function shown(expression: Expression): string {
  switch (expression.type) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'template':
      return `\`${expression.parts.map(shownPart).join('')}\``;
    case 'tuple':
      return `[${expression.items.map(shown).join(', ')}]`;
    case 'object':
      return `{${expression.entries.map(({ key, value }) => `${shown(key)}: ${shown(value)}`).join(', ')}}`;
    case 'variable':
      return expression.name;
    case 'attribute':
      return `${shown(expression.of)}.${expression.name}`;
    case 'index':
      return `${shown(expression.of)}[${shown(expression.key)}]`;
    case 'splat':
      return `each(${shown(expression.of)}: ${shown(expression.each)})`;
    case 'element':
      return '@';
    case 'call':
      return `${expression.name}(${expression.arguments.map(shown).join(', ')}${expression.spread ? '...' : ''})`;
    case 'for': {
      const { key, value, of, keyResult, result, grouped, condition } = expression;
      return `for(${key ?? '-'}, ${value} in ${shown(of)}: ${keyResult ? `${shown(keyResult)} => ` : ''}${shown(result)}${grouped ? '...' : ''}${condition ? ` if ${shown(condition)}` : ''})`;
    }
    case 'conditional':
      return `(${shown(expression.condition)} ? ${shown(expression.yes)} : ${shown(expression.no)})`;
    case 'binary':
      return `(${shown(expression.left)} ${expression.operator} ${shown(expression.right)})`;
    case 'unary':
      return `(${expression.operator}${shown(expression.operand)})`;
  }
}

function shownPart(part: TemplatePart): string {
  if (typeof part === 'string') return part;
  if (part.type === 'value') return `<${shown(part.value)}>`;
  if (part.type === 'if')
    return `<if ${shown(part.condition)}>${part.yes.map(shownPart).join('')}<else>${part.no.map(shownPart).join('')}<end>`;
  return `<for ${part.value} in ${shown(part.of)}>${part.body.map(shownPart).join('')}<end>`;
}

function value(text: string): string {
  const { body, error } = parseHcl(`x = ${text}\n`);
  expect(error).toBeUndefined();
  const [attribute] = body.attributes;
  return attribute ? shown(attribute.value) : '';
}

test.each([
  ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
  ['a == b && !c || d > 1.5e3', '(((a == b) && (!c)) || (d > 1500))'],
  ['a ? b : c ? -1 : null', '(a ? b : (c ? (-1) : null))'],
  ['(a\n  + b\n)', '(a + b)'],
  ['var.x["k"].y[0].1', 'var.x["k"].y[0][1]'],
  ['a.*.b.c[0]', 'each(a: @.b.c)[0]'],
  ['a[*].b[0].c', 'each(a: @.b[0].c)'],
  ['merge(\n  a, # why\n  b...\n)', 'merge(a, b...)'],
  ['provider::aws::arn_parse(x)', 'provider::aws::arn_parse(x)'],
  ['[1,\n 2, // two\n]', '[1, 2]'],
  ['{ a = 1, "b" : 2\n (c) = 3\n for-each = 4 }', '{"a": 1, "b": 2, c: 3, "for-each": 4}'],
  ['[for s in l : upper(s) if s != ""]', 'for(-, s in l: upper(s) if (s != ""))'],
  ['{ for k, v in m : k => v... }', 'for(k, v in m: k => v...)'],
  ['"a-${var.env}-${"b"}"', '`a-<var.env>-<"b">`'],
  ['"tab\\t \\"q\\" \\u00e9 $${x} %%{y} 100% $5"', '"tab\\t \\"q\\" é ${x} %{y} 100% $5"'],
  [
    '"%{ if a }x%{ else }y%{ endif }%{ for i in l }${i},%{ endfor }"',
    '`<if a>x<else>y<end><for i in l><i>,<end>`',
  ],
  ['"a  ${~ b ~}  c"', '`a<b>c`'],
  ['/* none */ 3', '3'],
])('%s is read as %s', (text, tree) => {
  expect(value(text)).toBe(tree);
});

test('a heredoc holds its lines, and one with a dash without their indentation', () => {
  expect(value('<<EOT\n  a\n    $${b} ${c}\nEOT')).toBe('`  a\n    ${b} <c>\n`');
  expect(value('<<-EOT\n    a\n      b ${c}\n    d\n  EOT')).toBe('`a\n  b <c>\nd\n`');
  expect(value('f(<<EOT\n"quoted" }\nEOT\n)')).toBe('f("\\"quoted\\" }\\n")');
});

test('blocks have their labels, their arguments and the place of each', () => {
  const text =
    '# none\nresource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n  redrive {\n    max = 3\n  }\n}\nlocals { a = 1 }\n';
  const { body, error } = parseHcl(text);
  expect(error).toBeUndefined();
  const [queue, locals] = body.blocks;
  expect(queue?.labels).toEqual(['aws_sqs_queue', 'jobs']);
  expect(text.slice(queue?.at).startsWith('resource')).toBe(true);
  expect(text.slice(queue?.body.attributes[0]?.at).startsWith('name')).toBe(true);
  expect(queue?.body.blocks.map(({ type }) => type)).toEqual(['redrive']);
  expect(locals?.body.attributes.map(({ name }) => name)).toEqual(['a']);
});

test.each([
  ['a = 1\nb = \nc = 2\n', 2],
  ['resource "x" "y" {\n  a = 1\n', 3],
  ['a = "open\n', 1],
  ['a = <<EOT\nnever\n', 3],
  ['/* open', 1],
  ['a = "%{ endif }"\n', 1],
])('an error is told at its line, and what stands before it stays: %s', (text, line) => {
  const { error } = parseHcl(text);
  expect(text.slice(0, error?.offset).split('\n')).toHaveLength(line);
});

test('blocks before an error stay', () => {
  expect(parseHcl('a {}\nb {}\n!\nc {}\n').body.blocks.map(({ type }) => type)).toEqual(['a', 'b']);
});

test.each([
  ['brackets', `a = ${'['.repeat(50_000)}`],
  ['signs', `a = ${'!'.repeat(50_000)}1`],
  ['interpolations', `a = ${'"${'.repeat(20_000)}`],
  ['blocks', 'a {\n'.repeat(50_000)],
  ['conditions', `a = ${'b ? '.repeat(50_000)}`],
])('%s without end are an error, not a crash', (_, text) => {
  expect(parseHcl(text).error).toBeDefined();
});

test('reading is linear in the size of the text', () => {
  const parts = [
    'a = <<E\nx\nE\n',
    'a = "$$$$%%"\n',
    'a = 1 /* c */\n',
    'b "c" {}\n',
    'a = "${b}${c}"\n',
    'x = a.b.c\n',
  ];
  const started = performance.now();
  for (const part of parts) parseHcl(part.repeat(Math.floor(1_500_000 / part.length)));
  expect(performance.now() - started).toBeLessThan(20_000);
});
