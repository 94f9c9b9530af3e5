import { expect, test } from 'vitest';
import { fact, resource } from '../test-estate.ts';
import { lastChangeOf, lastChangesOf } from './last-change.ts';

const queue = (name: string, by?: string) =>
  resource('AWS::SQS::Queue', name, [fact('repo')], {
    lastChange: {
      event: 'SetQueueAttributes',
      at: '2026-11-20T08:15:00.000Z',
      ...(by !== undefined && { by }),
    },
  });

test('a change is told with who made it, where the record says', () => {
  expect(lastChangeOf(queue('jobs', 'ops/alice'))).toEqual({
    fr: 'Dernier changement\u00a0: `SetQueueAttributes` par `ops/alice`, le 2026-11-20.',
    en: 'Last change: `SetQueueAttributes` by `ops/alice`, on 2026-11-20.',
  });
  expect(lastChangeOf(queue('jobs'))?.en).toBe('Last change: `SetQueueAttributes`, on 2026-11-20.');
});

test('of several, those that no record tells of are left out', () => {
  const silent = resource('AWS::SQS::Queue', 'old', [fact('repo')]);
  expect(lastChangesOf([queue('jobs'), silent]).map(({ en }) => en)).toEqual([
    '`jobs`: last change: `SetQueueAttributes`, on 2026-11-20.',
  ]);
});
