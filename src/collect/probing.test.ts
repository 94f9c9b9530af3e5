import { beforeEach, expect, test, vi } from 'vitest';
import type { Operation } from '#model/coverage.ts';
import type { ProbeAnswers } from '#model/probe.ts';
import { Probing } from './probing.ts';

const probe = vi.hoisted(() => vi.fn());
vi.mock('./readers/probe/probe.ts', () => ({ probe }));
beforeEach(() => probe.mockReset());

const operation = (failed: number): Operation => ({
  name: 'GET',
  calls: 3,
  denied: 0,
  throttled: 0,
  failed,
});
const answers = (url: string, more: Partial<ProbeAnswers> = {}): ProbeAnswers => ({
  url,
  host: 'shop.test',
  at: '2026-11-28T10:00:00.000Z',
  names: [],
  tls: [],
  journey: { hops: [], end: 'answered' },
  origins: [],
  operations: [operation(0)],
  milliseconds: 1,
  ...more,
});
const clock = () => new Date('2026-11-28T10:00:00Z');

test('nothing is sent, and nothing told, until somebody asks', () => {
  expect(new Probing(clock).coverage()).toEqual([]);
  expect(probe).not.toHaveBeenCalled();
});

test('a URL is asked with what is to be asked beside it, by the clock of the audit', async () => {
  probe.mockResolvedValue(answers('https://shop.test/'));
  const balancers = [{ host: 'lb.test', port: 443, scheme: 'https', hostHeader: 'shop.test' }];
  await new Probing(clock).ask('https://shop.test/', { balancers });
  expect(probe).toHaveBeenCalledWith('https://shop.test/', { balancers }, { clock });
});

test('each URL has its row; what could not be sent or was cut off is not all', async () => {
  const probing = new Probing(clock);
  for (const [url, more] of [
    ['https://a.test/', {}],
    ['https://b.test/', { operations: [operation(0), operation(1)] }],
    ['https://c.test/', { spent: 'time' }],
  ] as [string, Partial<ProbeAnswers>][]) {
    probe.mockResolvedValueOnce(answers(url, more));
    await probing.ask(url, {});
  }
  expect(
    probing.coverage().map(({ source, scope, state, reason }) => [source, scope, state, reason?.en]),
  ).toEqual([
    ['probe', 'https://a.test/', 'complete', undefined],
    ['probe', 'https://b.test/', 'partial', 'not every request could be made'],
    ['probe', 'https://c.test/', 'partial', 'not every request could be made'],
  ]);
});
