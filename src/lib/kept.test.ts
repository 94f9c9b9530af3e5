import { expect, test } from 'vitest';
import { Kept } from './kept.ts';

test('the value used longest ago goes first, and one over half of the whole is not kept', () => {
  const kept = new Kept<string>(10);
  kept.set('a', 'A', 4);
  kept.set('b', 'B', 4);
  kept.get('a');
  kept.set('c', 'C', 4);
  kept.set('huge', 'H', 6);
  expect(['a', 'b', 'c', 'huge'].map((name) => kept.get(name))).toEqual(['A', undefined, 'C', undefined]);
});

test('names of an object’s own properties are names like any other', () => {
  const kept = new Kept<string>(10);
  expect(kept.get('__proto__')).toBeUndefined();
  kept.set('__proto__', 'x', 1);
  expect(kept.get('__proto__')).toBe('x');
});
