import { expect, test } from 'vitest';
import { fail, held, pass, say, unknown } from './checks.ts';
import { denied } from './test-estate.ts';

const evidence = [{ source: 'aws', operation: 'DescribeRules', at: '2026-11-28T09:00:00Z' } as const];

test('a check has its parts, and names each resource once', () => {
  expect(
    fail('x', say('non', 'no'), {
      evidence,
      resources: ['a', 'b', 'a'],
      values: { port: 1 },
      certainty: 'probable',
    }),
  ).toEqual({
    id: 'x',
    text: { fr: 'non', en: 'no' },
    result: 'fail',
    evidence,
    resources: ['a', 'b'],
    values: { port: 1 },
    certainty: 'probable',
  });
});

test('parts that are not given are left out', () =>
  expect(pass('x', say('oui', 'yes'), { resources: [] })).toEqual({
    id: 'x',
    text: { fr: 'oui', en: 'yes' },
    result: 'pass',
    evidence: [],
  }));

test('what is unknown has the refusal, where there is one', () => {
  expect(unknown('x', say('a', 'b'), denied('ecs:ListServices')).refusal?.permission).toBe(
    'ecs:ListServices',
  );
  expect(unknown('x', say('a', 'b'), undefined)).not.toHaveProperty('refusal');
});

test.each([
  [true, 'pass', 'good'],
  [false, 'fail', 'bad'],
])('what holds: %s', (holds, result, en) =>
  expect(held('x', holds, say('bon', 'good'), say('mauvais', 'bad'))).toMatchObject({ result, text: { en } }),
);
