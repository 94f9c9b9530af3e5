import { expect, test } from 'vitest';
import {
  assignmentsOf,
  commandWords,
  isOpen,
  isUnitText,
  itemsOf,
  listed,
  parseUnit,
  single,
  specified,
} from './unit-text.ts';

const values = (text: string, key: string) =>
  listed(parseUnit(text), 'Service', key).map(({ value }) => value);

test('comments and what is no assignment are passed over, lines are counted', () => {
  expect(
    parseUnit('# a\n; b\n\n[Unit]\nDescription = An API \nnonsense\n[Service]\nUser=app\n=x\nUs er=y\n'),
  ).toEqual([
    { section: 'Unit', key: 'Description', value: 'An API', line: 5 },
    { section: 'Service', key: 'User', value: 'app', line: 8 },
  ]);
  expect(parseUnit('User=app\n[Service]\r\nGroup=app\r\n')).toEqual([
    { section: 'Service', key: 'Group', value: 'app', line: 3 },
  ]);
});

test('a line that ends in a backslash goes on, past comments between', () => {
  expect(
    parseUnit('[Service]\nExecStart=/bin/a \\\n# not this\n  --port 80 \\\n; nor this\n  --x\nUser=b\\'),
  ).toEqual([
    { section: 'Service', key: 'ExecStart', value: '/bin/a    --port 80    --x', line: 2 },
    { section: 'Service', key: 'User', value: 'b\\', line: 7 },
  ]);
});

test('an empty value takes back what stood before it, of its own key alone', () => {
  const text =
    '[Service]\nExecStart=/a\nEnvironment=X=1\nExecStart=\nExecStart=/b\nExecStart=/c\nUser=a\nUser=\n';
  expect(values(text, 'ExecStart')).toEqual(['/b', '/c']);
  expect(values(text, 'Environment')).toEqual(['X=1']);
  expect(single(parseUnit(text), 'Service', 'User')).toBeUndefined();
  expect(single(parseUnit('[Unit]\nUser=a\n'), 'Service', 'User')).toBeUndefined();
});

test.each([
  ['a "b c" \'d e\' f', ['a', 'b c', 'd e', 'f']],
  ['"A=x \\"y\\"" B=\\x41', ['A=x "y"', 'B=A']],
  ["it's fine", ["it's", 'fine']],
  ['--opt="two words" z', ['--opt=two words', 'z']],
  ['', []],
])('items of %s', (value, items) => {
  expect(itemsOf(value)).toEqual(items);
});

test('variables of one Environment', () => {
  expect(assignmentsOf('PORT=8001 "GREETING=hello world" A=b=c nothing 1X=2')).toEqual([
    { name: 'PORT', value: '8001' },
    { name: 'GREETING', value: 'hello world' },
    { name: 'A', value: 'b=c' },
  ]);
});

test('the marks before a program are no part of it', () => {
  expect(commandWords('-/usr/bin/x "a b"')).toEqual(['/usr/bin/x', 'a b']);
  expect(commandWords('!!/usr/bin/x')).toEqual(['/usr/bin/x']);
  expect(commandWords('@/usr/bin/x told a')).toEqual(['/usr/bin/x', 'a']);
  expect(commandWords('@sbindir@/x told a')).toEqual(['@sbindir@/x', 'told', 'a']);
});

test('specifiers that the name tells are put in, and others stay open', () => {
  expect(specified('%n %N %p %i %% %h', 'api@eu.service')).toBe('api@eu.service api@eu api eu % %h');
  expect(specified('/srv/%i/%p', 'api@.service')).toBe('/srv/%i/api');
  expect(['%h/x', '{{ user }}', '@bindir_POST@/x', '__APP__', '<user>'].map(isOpen)).toEqual(
    Array(5).fill(true),
  );
  expect(['/srv/app', '$PORT', 'a@b.example', '100%'].map(isOpen)).toEqual(Array(4).fill(false));
});

test('what ends in .service and is another thing', () => {
  expect(isUnitText('[D-BUS Service]\nName=org.example\nExec=/usr/bin/x\n')).toBe(false);
  expect(isUnitText('<?xml version="1.0"?>\n<service-group/>\n')).toBe(false);
  expect(isUnitText('# x\n[Service]\nExecStart=/x\n')).toBe(true);
});

test('a hostile text is read in bounded time', () => {
  const started = performance.now();
  parseUnit(`[Service]\n${'A=\\\n'.repeat(100_000)}`);
  parseUnit('[Service]\n'.repeat(100_000));
  itemsOf('"'.repeat(100_000));
  itemsOf(`${'\\x'.repeat(50_000)}`);
  expect(performance.now() - started).toBeLessThan(2_000);
});
