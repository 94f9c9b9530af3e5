import { expect, test } from 'vitest';
import { parseConfiguration } from './configuration.ts';

const parse = (text: string) => parseConfiguration(text, 'constat.yaml');

test('an empty file is a configuration', async () => {
  expect(await parse('')).toEqual({});
  expect(await parse('# nothing yet\n')).toEqual({});
});

test('an unknown key is reported where it stands', async () => {
  await expect(parse('name: shop\nsystem:\n  a: {}\n')).rejects.toThrow(
    'constat.yaml:2:1: system: unknown key; see docs/configuration.md for those that exist',
  );
});

test('a wrong value is reported with its line and column', async () => {
  await expect(
    parse('mutes:\n  - rule: x\n    owner: me\n    reason: known\n    until: tomorrow\n'),
  ).rejects.toThrow(/^constat\.yaml:5:5: mutes\.0\.until: /);
});

test('a mute without an owner is refused', async () => {
  await expect(parse('mutes:\n  - rule: x\n    reason: known\n')).rejects.toThrow(
    /^constat\.yaml:2:5: mutes\.0\.owner/,
  );
});

test('YAML that does not parse, and an alias bomb, are one line each', async () => {
  await expect(parse('a: [1, 2\n')).rejects.toThrow(/^constat\.yaml:\d+:\d+: [^\n]+$/);
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`).join('\n')}\n`;
  await expect(parse(bomb)).rejects.toThrow('constat.yaml:1:1: too many aliases; write the values out');
});
