import { describe, expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { evaluate, fits } from './policy.ts';

const policy = (...statements: Record<string, Json>[]): Json => ({
  Version: '2012-10-17',
  Statement: statements,
});
const allow = (more: Record<string, Json> = {}) => ({
  Effect: 'Allow',
  Action: 'ecs:*',
  Resource: '*',
  ...more,
});
const service = 'arn:aws:ecs:eu-west-3:123456789012:service/prod/api';
const of = (...statements: Record<string, Json>[]) => [policy(...statements)];

test.each([
  ['ecs:*', 'ecs:UpdateService', true],
  ['*', 'anything', true],
  ['ecs:Update?ervice', 'ecs:UpdateService', true],
  ['ecs:Describe*', 'ecs:UpdateService', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'aXbY', false],
  ['', '', true],
])('%s fits %s: %s', (pattern, text, expected) => {
  expect(fits(pattern, text)).toBe(expected);
});

test('a hostile pattern costs its length times that of the text', () => {
  const started = performance.now();
  expect(fits(`${'*a'.repeat(500)}b`, 'a'.repeat(2_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});

describe('a request of an identity', () => {
  test('is allowed by a statement that holds for all', () => {
    expect(evaluate(of(allow()), 'ecs:UpdateService', service, true)).toBe('allowed');
  });

  test('is denied when nothing allows it, and when something denies it', () => {
    expect(evaluate(of(allow()), 'ecr:PutImage', undefined, true)).toBe('denied');
    expect(
      evaluate(
        of(allow(), { Effect: 'Deny', Action: 'ecs:Update*', Resource: '*' }),
        'ecs:UpdateService',
        service,
        true,
      ),
    ).toBe('denied');
  });

  test('is bound to its resource', () => {
    const statement = allow({ Resource: 'arn:aws:ecs:*:*:service/dev/*' });
    expect(evaluate(of(statement), 'ecs:UpdateService', service, true)).toBe('denied');
    expect(evaluate(of(statement), 'ecs:UpdateService', undefined, true)).toBe('unknown');
  });

  test('is not known where a condition, a variable or a document that was not read decides', () => {
    const condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-3' } };
    expect(evaluate(of(allow({ Condition: condition })), 'ecs:UpdateService', service, true)).toBe('unknown');
    expect(
      evaluate(
        of(allow({ Resource: 'arn:aws:ecs:*:*:service/${aws:username}' })),
        'ecs:UpdateService',
        service,
        true,
      ),
    ).toBe('unknown');
    expect(evaluate([], 'ecs:UpdateService', service, false)).toBe('unknown');
    expect(
      evaluate(
        of(allow(), { Effect: 'Deny', Action: '*', Resource: '*', Condition: condition }),
        'ecs:UpdateService',
        service,
        true,
      ),
    ).toBe('unknown');
  });

  test('is judged by what a statement leaves out, too', () => {
    const statement = { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' };
    expect(evaluate(of(statement), 'ecs:UpdateService', service, true)).toBe('allowed');
    expect(evaluate(of(statement), 'iam:PassRole', undefined, true)).toBe('denied');
  });

  test('actions are compared without regard to case', () => {
    expect(evaluate(of(allow({ Action: ['ECS:updateservice'] })), 'ecs:UpdateService', service, true)).toBe(
      'allowed',
    );
  });
});
