import { describe, expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { evaluate } from './policy.ts';

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

describe('a request of an identity', () => {
  test('is allowed by a statement that holds for all', () => {
    expect(evaluate(of(allow()), { action: 'ecs:UpdateService', resource: service }, true)).toBe('allowed');
  });

  test('is denied when nothing allows it, and when something denies it', () => {
    expect(evaluate(of(allow()), { action: 'ecr:PutImage' }, true)).toBe('denied');
    expect(
      evaluate(
        of(allow(), { Effect: 'Deny', Action: 'ecs:Update*', Resource: '*' }),
        { action: 'ecs:UpdateService', resource: service },
        true,
      ),
    ).toBe('denied');
  });

  test('is bound to its resource', () => {
    const statement = allow({ Resource: 'arn:aws:ecs:*:*:service/dev/*' });
    expect(evaluate(of(statement), { action: 'ecs:UpdateService', resource: service }, true)).toBe('denied');
    expect(evaluate(of(statement), { action: 'ecs:UpdateService' }, true)).toBe('unknown');
  });

  test('is not known where a condition, a variable or a document that was not read decides', () => {
    const condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-3' } };
    expect(
      evaluate(of(allow({ Condition: condition })), { action: 'ecs:UpdateService', resource: service }, true),
    ).toBe('unknown');
    expect(
      evaluate(
        of(allow({ Resource: 'arn:aws:ecs:*:*:service/${aws:username}' })),
        { action: 'ecs:UpdateService', resource: service },
        true,
      ),
    ).toBe('unknown');
    expect(evaluate([], { action: 'ecs:UpdateService', resource: service }, false)).toBe('unknown');
    expect(
      evaluate(
        of(allow(), { Effect: 'Deny', Action: '*', Resource: '*', Condition: condition }),
        { action: 'ecs:UpdateService', resource: service },
        true,
      ),
    ).toBe('unknown');
  });

  test('is judged by what a statement leaves out, too', () => {
    const statement = { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' };
    expect(evaluate(of(statement), { action: 'ecs:UpdateService', resource: service }, true)).toBe('allowed');
    expect(evaluate(of(statement), { action: 'iam:PassRole' }, true)).toBe('denied');
  });

  test('actions are compared without regard to case', () => {
    expect(
      evaluate(
        of(allow({ Action: ['ECS:updateservice'] })),
        { action: 'ecs:UpdateService', resource: service },
        true,
      ),
    ).toBe('allowed');
  });

  test('is allowed to pass a role to the one service that a statement names', () => {
    const passed = of(
      allow({
        Action: 'iam:PassRole',
        Condition: { StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] } },
      }),
    );
    const pass = (to: string) => ({ action: 'iam:PassRole', context: { 'iam:passedtoservice': to } });
    expect(evaluate(passed, pass('ecs-tasks.amazonaws.com'), true)).toBe('allowed');
    expect(evaluate(passed, pass('lambda.amazonaws.com'), true)).toBe('denied');
    expect(evaluate(passed, { action: 'iam:PassRole' }, true)).toBe('unknown');
  });

  test('for a name of which a part is not known is allowed where all of them are', () => {
    const put = { action: 's3:PutObject', resource: 'arn:aws:s3:::shop/v⟨sha⟩.zip' };
    const on = (resource: string) => of(allow({ Action: 's3:*', Resource: resource }));
    expect(evaluate(on('arn:aws:s3:::shop/*'), put, true)).toBe('allowed');
    expect(evaluate(on('arn:aws:s3:::shop/v1*'), put, true)).toBe('unknown');
    expect(evaluate(on('arn:aws:s3:::shop'), put, true)).toBe('denied');
  });
});
