import { expect, test } from 'vitest';
import { parseConfiguration } from './configuration.ts';

const parse = (text: string) => parseConfiguration(text, 'constat.yaml');

test('an empty file is a configuration', () => {
  expect(parse('')).toEqual({});
  expect(parse('# nothing yet\n')).toEqual({});
});

test('an unknown key is reported where it stands', () => {
  expect(() => parse('name: shop\nsystem:\n  a: {}\n')).toThrow(
    'constat.yaml:2:1: system: unknown key; see docs/configuration.md for those that exist',
  );
});

test('a wrong value is reported with its line and column', () => {
  expect(() => parse('mutes:\n  - rule: x\n    owner: me\n    reason: known\n    until: tomorrow\n')).toThrow(
    /^constat\.yaml:5:5: mutes\.0\.until: /,
  );
});

test('a mute without an owner is refused', () => {
  expect(() => parse('mutes:\n  - rule: x\n    reason: known\n')).toThrow(
    /^constat\.yaml:2:5: mutes\.0\.owner/,
  );
});

test('YAML that does not parse, and an alias bomb, are one line each', () => {
  expect(() => parse('a: [1, 2\n')).toThrow(/^constat\.yaml:\d+:\d+: [^\n]+$/);
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`).join('\n')}\n`;
  expect(() => parse(bomb)).toThrow('constat.yaml:1:1: too many aliases; write the values out');
});
