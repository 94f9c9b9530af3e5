import { expect, test } from 'vitest';
import { aroundSymbols, isUnknown, knownPart } from './symbolic.ts';

test('a text is taken apart at its own colons, never at those inside a symbol', () => {
  expect(aroundSymbols('repo:⟨inputs.tag:-latest⟩:x', (text) => text.split(':'))).toEqual([
    'repo',
    '⟨inputs.tag:-latest⟩',
    'x',
  ]);
});

test('symbols come back in every string of what was read', () => {
  expect(aroundSymbols('a/⟨x⟩@⟨y z⟩', (text) => ({ parts: [text.split('@')], size: 2 }))).toEqual({
    parts: [['a/⟨x⟩', '⟨y z⟩']],
    size: 2,
  });
});

test('a text of symbols and separators is unknown, one with a letter of its own is not', () => {
  expect(isUnknown('⟨vars.REGISTRY⟩/⟨github.sha⟩')).toBe(true);
  expect(isUnknown('⟨inputs.env⟩-api')).toBe(false);
  expect(knownPart('web-⟨inputs.env⟩-api')).toBe('web--api');
});
