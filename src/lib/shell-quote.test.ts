import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellQuote } from './shell-quote.ts';

test.each(['my-cluster', 'arn:aws:ecs:eu-west-3:123456789012:cluster/api', '/aws/ecs/api', 'a=b,c+d@e%f'])(
  '%s needs no quotes',
  (word) => expect(shellQuote(word)).toBe(word),
);

test('everything else comes back from a shell as the one word it was', () => {
  const words = ['', 'a b', "it's", '$(touch x)', '`id`', '~root', 'a;b', '⟨secrets.X⟩', 'a\nb', '*', '"'];
  const command = `printf '%s\\0' ${words.map(shellQuote).join(' ')}`;
  expect(execFileSync('sh', ['-c', command]).toString()).toBe(words.map((word) => `${word}\0`).join(''));
});
