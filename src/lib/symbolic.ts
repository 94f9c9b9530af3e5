/** `⟨name⟩` in a text stands for a value that only the run will know. */
const SYMBOL = /⟨[^⟨⟩]*⟩/g;
/** Letters that stand for symbols while a text is taken apart: private use, so that no name holds one. */
const FIRST = 0xe000;
const MOST = 0x18ff;

export const hasSymbol = (text: string): boolean => text.includes('⟨');

/** What of a text is known, its symbols left out. */
export const knownPart = (text: string): string => text.replace(SYMBOL, '');

/** Whether nothing of the text is known but separators. */
export const isUnknown = (text: string): boolean => !/[\p{L}\p{N}]/u.test(knownPart(text));

/**
 * Reads a text in which each symbol is one letter of its own, so that what is written inside a symbol (spaces, colons,
 * slashes) does not take part, and puts the symbols back into every string of the result.
 */
export function aroundSymbols<T>(text: string, read: (text: string) => T): T {
  if (!hasSymbol(text)) return read(text);
  const symbols: string[] = [];
  const hidden = text.replace(SYMBOL, (symbol) => {
    symbols.push(symbol);
    return String.fromCharCode(FIRST + Math.min(symbols.length - 1, MOST));
  });
  const shown = (value: string) =>
    value.replace(/[\ue000-\uf8ff]/g, (letter) => symbols[letter.charCodeAt(0) - FIRST] ?? letter);
  const restored = (value: unknown): unknown => {
    if (typeof value === 'string') return shown(value);
    if (Array.isArray(value)) return value.map(restored);
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restored(inner)]));
    return value;
  };
  return restored(read(hidden)) as T;
}
