import { expect, test } from 'vitest';
import { type Directive, parseNginx } from './tokens.ts';

const shape = (directives: readonly Directive[]): unknown[] =>
  directives.map(({ name, args, line, block }) => [name, ...args, line, ...(block ? [shape(block)] : [])]);
const parsed = (text: string) => parseNginx(text, 'nginx.conf');

test('directives and blocks are read with their lines, comments left out', () => {
  const { directives, broken } = parsed('# a\nuser www; # b\nhttp {\n  server { listen 80; }\n}\n');
  expect(broken).toBeUndefined();
  expect(shape(directives)).toEqual([
    ['user', 'www', 2],
    ['http', 3, [['server', 4, [['listen', '80', 4]]]]],
  ]);
});

test('quotes hold braces, semicolons and line ends; a backslash keeps a quote', () => {
  const { directives } = parsed('return 200 "a { b; }\n\\"c\\"";\nset $x \'$y\\\'s\';\nnext 1;');
  expect(shape(directives)).toEqual([
    ['return', '200', 'a { b; }\n"c"', 1],
    ['set', '$x', "$y's", 3],
    ['next', '1', 4],
  ]);
});

test('a variable in braces opens no block, and a hash inside a word begins no comment', () => {
  const { directives } = parsed('proxy_pass http://${up}/a#b;\nlocation ~ "^/\\d{3}$" { return 404; }');
  expect(shape(directives)).toEqual([
    ['proxy_pass', 'http://${up}/a#b', 1],
    ['location', '~', '^/\\d{3}$', 2, [['return', '404', 2]]],
  ]);
});

test('Windows line ends and a byte order mark change nothing', () => {
  const { directives, broken } = parsed('\ufeffserver {\r\n  listen 80;\r\n}\r\n');
  expect(broken).toBeUndefined();
  expect(shape(directives)).toEqual([['server', 1, [['listen', '80', 2]]]]);
});

test('a block of Lua is gone over whole, whatever its strings and comments hold', () => {
  const lua =
    'content_by_lua_block {\n local t = { "}", \'}\' } -- }\n --[[ } ]] local s = [==[ } ]] ]==]\n}';
  const { directives, broken } = parsed(`location / { ${lua}\n deny all; }`);
  expect(broken).toBeUndefined();
  expect(shape(directives)).toEqual([
    [
      'location',
      '/',
      1,
      [
        ['content_by_lua_block', 1, []],
        ['deny', 'all', 5],
      ],
    ],
  ]);
});

test.each([
  ['http {\n server {\n }\n', 'unclosed-block', 1],
  ['server { }\n}\n', 'unexpected-brace', 2],
  ['a b;\nlisten 80', 'unended-directive', 2],
  ['server { listen 80 }', 'unended-directive', 1],
  ['return 200 "x;\n', 'unclosed-quote', 1],
  ['{ }', 'unexpected-brace', 1],
  ['access_by_lua_block { "', 'unclosed-block', 1],
])('%j is told to be broken', (text, why, line) => {
  expect(parsed(text).broken).toEqual({ why, line });
});

test('blocks nested without end are refused, and not followed', () => {
  expect(parsed('a {'.repeat(5_000)).broken?.why).toBe('too-deep');
});
