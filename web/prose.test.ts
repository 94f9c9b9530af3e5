import { describe, expect, test } from 'vitest';
import { pieces, plain, typeset } from './prose.ts';

describe('typography', () => {
  test('French takes its no-break spaces and its apostrophe, English only the apostrophe', () => {
    expect(typeset("L'écart : « oui » ; non ?", 'fr')).toBe(
      'L’écart\u00a0: «\u00a0oui\u00a0»\u202f; non\u202f?',
    );
    expect(typeset("It's one : two", 'en')).toBe('It’s one : two');
  });

  test('a text already set does not change', () => {
    const set = 'Établi\u00a0: 5\u202f% «\u00a0oui\u00a0»\u202f!';
    expect(typeset(set, 'fr')).toBe(set);
  });

  test('a name between backticks keeps its quotes and spaces', () => {
    expect(pieces("l'option `--query 'a : b'` suffit", 'fr')).toEqual([
      { code: false, text: 'l’option ' },
      { code: true, text: "--query 'a : b'" },
      { code: false, text: ' suffit' },
    ]);
  });
});

describe('pieces', () => {
  test('a backtick without a partner is shown as it is', () => {
    expect(plain('a `b` c ` d', 'en')).toBe('a b c ` d');
    expect(pieces('`', 'en')).toEqual([{ code: false, text: '`' }]);
  });

  test('a line break is a space, and what would turn the text around is written out', () => {
    expect(plain('one\n  two \u202eeerht', 'en')).toBe('one two \\u{202e}eerht');
  });

  test('a text without end is cut', () => {
    expect(plain('a'.repeat(100_000), 'en').length).toBeLessThan(3000);
  });
});
