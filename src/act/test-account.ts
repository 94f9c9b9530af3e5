import type { Json } from '#model/fact.ts';
import type { AwsRead, AwsWrite, Change, Step } from '#model/step.ts';
import type { Account, Answered, Call, Time, Writer } from './account.ts';
import type { Journal } from './journal/journal.ts';
import type { KeptPlan } from './runs.ts';
import type { Hand } from './transition.ts';

/** What a test lets go wrong. */
export class Crash extends Error {}

/**
 * For tests: an account of named lists. `Add` appends to one, each time that it is sent, and `Take` removes its last
 * element: neither can be done twice without being seen. `Lose` adds and gives no answer, `Drop` does nothing and gives
 * none, `Refuse` is refused; `Busy` asks to wait twice, and then adds.
 */
export class TestAccount implements Account {
  readonly identity = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/test' };
  readonly lists = new Map<string, Json[]>();
  /** What was done, in order: `Add a 1`. */
  readonly effects: string[] = [];
  readonly sent: Call[] = [];
  writer: Writer | undefined;
  /** Called at each place where a run may be killed. */
  at: (place: string) => void = () => {};
  /** How many reads of a list still show what it was before a change. */
  lag = 0;
  #busy = 2;
  readonly #old = new Map<string, { left: number; value: Json[] }>();

  async read({ input }: AwsRead): Promise<Json> {
    this.at('read');
    const name = String(input.list);
    const old = this.#old.get(name);
    if (old && old.left > 0) {
      old.left -= 1;
      return [...old.value];
    }
    return [...(this.lists.get(name) ?? [])];
  }

  document(read: AwsRead): Promise<unknown> {
    return this.read(read);
  }

  async send(call: Call): Promise<Answered> {
    this.at('before the call');
    this.sent.push(call);
    const { list, value = null } = call.input as { list: string; value?: Json };
    const items = this.lists.get(list) ?? [];
    const done = (next: Json[]): void => {
      this.#old.set(list, { left: this.lag, value: items });
      this.lists.set(list, next);
      this.effects.push(`${call.operation} ${list} ${JSON.stringify(value)}`);
      this.at('before the answer');
    };
    if (call.operation === 'Refuse') return { answer: 'rejected', status: 400, error: 'ValidationError' };
    if (call.operation === 'Busy' && this.#busy-- > 0)
      return { answer: 'throttled', status: 429, error: 'Throttling' };
    if (call.operation === 'Drop') return { answer: 'unknown', error: 'TimeoutError' };
    done(call.operation === 'Take' ? items.slice(0, -1) : [...items, value]);
    return call.operation === 'Lose'
      ? { answer: 'unknown', error: 'TimeoutError' }
      : { answer: 'accepted', status: 200, request: `request-${this.sent.length}` };
  }

  async known(): Promise<void> {}

  async lastWriter(): Promise<Writer | undefined> {
    return this.writer;
  }
}

export const readOf = (list: string): AwsRead => ({
  service: 'test',
  operation: 'GetList',
  input: { list },
  query: '@',
});

const writeOf = (operation: string, list: string, value?: Json): AwsWrite => ({
  service: 'test',
  operation,
  input: { list, ...(value !== undefined && { value }) },
});

/** A change that appends a value to a list that is empty. */
export const adding = (list: string, value: Json, operation = 'Add'): Change => ({
  write: writeOf(operation, list, value),
  state: readOf(list),
  before: [],
  after: [value],
  undo: writeOf('Take', list),
});

/** A step of the plan, with what the test says of it. */
export const stepOf = (id: string, changes: Change[], more: Partial<Step> = {}): Step => ({
  id,
  title: { fr: `étape ${id}`, en: `step ${id}` },
  reason: { fr: 'parce que', en: 'because' },
  risk: 'none',
  after: [],
  findings: [],
  command: `aws test add --step ${id}`,
  state: 'ready',
  proofs: [],
  changes,
  ...more,
});

export const planOfSteps = (steps: Step[]): KeptPlan => ({
  audit: {
    id: '20261128-00000000',
    startedAt: '2026-11-28T08:00:00.000Z',
    estate: { name: 'shop', path: '.' },
  },
  steps,
  proofs: [],
  findings: [],
});

/** Time that passes only while somebody waits. */
export function virtualTime(): Time & { slept: number } {
  const time = {
    slept: 0,
    now: () => new Date(Date.UTC(2026, 10, 28, 9) + time.slept),
    sleep: async (ms: number) => {
      time.slept += ms;
    },
  };
  return time;
}

/** What a run works with in a test. */
export const handOf = (account: Account, journal: Journal, time: Time): Hand => ({
  account,
  journal,
  time,
  waits: { state: 60_000, underWay: 20_000, first: 250 },
  run: 'test',
  since: '2026-11-28T08:00:00.000Z',
  check() {},
});
