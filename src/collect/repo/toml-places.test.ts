import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { placeKey, tomlPlaces } from './toml-places.ts';

const TEXT = `name = "ferry" # name = "no"
"quoted key".sub = 1
'it''s' = 2
note = """
[env.no]
x = "]" \\"""
"""
list = [
  "a", # "b"
  { binding = "KV", id = '''x
y''' },
  [1,
   2],
]

[ env . staging ]
vars = { A = "#", B.C = "}" }

[[env.staging.d1]]
binding = "DB"
id = 'no " end'

[[env.staging.d1]]
binding = "LOG"
  [env.staging.d1.deep]
  x = 1979-05-27T07:32:00Z

[env."pro.duction"]
name = "ferry-p"
`.replace("'it''s' = 2\n", "'its' = 2\n");

const lineOf = (...path: (string | number)[]) => tomlPlaces(TEXT).get(placeKey(path));

test.each([
  [1, ['name']],
  [2, ['quoted key']],
  [2, ['quoted key', 'sub']],
  [3, ['its']],
  [4, ['note']],
  [8, ['list']],
  [9, ['list', 0]],
  [10, ['list', 1]],
  [10, ['list', 1, 'id']],
  [12, ['list', 2]],
  [13, ['list', 2, 1]],
  [16, ['env']],
  [16, ['env', 'staging']],
  [17, ['env', 'staging', 'vars', 'A']],
  [17, ['env', 'staging', 'vars', 'B', 'C']],
  [19, ['env', 'staging', 'd1']],
  [20, ['env', 'staging', 'd1', 0, 'binding']],
  [23, ['env', 'staging', 'd1', 1]],
  [24, ['env', 'staging', 'd1', 1, 'binding']],
  [26, ['env', 'staging', 'd1', 1, 'deep', 'x']],
  [28, ['env', 'pro.duction']],
  [29, ['env', 'pro.duction', 'name']],
])('line %i is that of %j', (line, path) => {
  expect(lineOf(...path)).toBe(line);
});

test('what stands in strings and comments is no key', () => {
  expect(lineOf('env', 'no')).toBeUndefined();
  expect(lineOf('x')).toBeUndefined();
});

test('every value that the parser gives has a place', () => {
  const places = tomlPlaces(TEXT);
  const missing: string[] = [];
  const walk = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0 && !places.has(placeKey(path))) missing.push(placeKey(path));
    if (Array.isArray(value)) for (const [index, one] of value.entries()) walk(one, [...path, index]);
    else if (typeof value === 'object' && value !== null && !(value instanceof Date))
      for (const [key, one] of Object.entries(value)) walk(one, [...path, key]);
  };
  walk(parse(TEXT), []);
  expect(missing).toEqual([]);
});

test('a text that is no TOML is gone through once and left', () => {
  for (const text of ['= = =', '[', 'a = [', 'a = {', 'a = "', '}{][', 'a = [1 2', '\u0000'])
    expect(() => tomlPlaces(text.repeat(50))).not.toThrow();
});
