import type { Refusal } from '#model/lookup.ts';
import type { Conditions, Fault } from '../api/faults.ts';

/** One thing that goes wrong with a read. */
export interface Case {
  name: string;
  fault: () => Fault;
  conditions?: Conditions;
  /** How it is told; undefined: it passes, and nothing is told but the calls. */
  told?: Refusal['sort'];
  /** Does nothing to an answer that has no second page, or no body: nothing may have changed then. */
  mayPass?: true;
  /** Milliseconds that an answer may take, where none comes. */
  timeout?: number;
}

type Pages = { result: unknown; result_info?: { total_count?: number; total_pages?: number } };

/** Every page of a list is its first one, and none the last. */
function repeated(): Fault {
  const known = new Map<string, Pages>();
  return {
    kind: 'patch',
    patch: (envelope: Pages, { path, headers }) => {
      const list = `${path} ${headers['cf-r2-jurisdiction'] ?? ''}`;
      const first = known.get(list) ?? envelope;
      known.set(list, first);
      const info = first.result_info;
      if (info === undefined) return first;
      const goesOn =
        info.total_count === undefined
          ? { cursor: 'again', cursors: { after: 'again' } }
          : { total_count: 10_000, total_pages: 500 };
      return { ...first, result_info: { ...info, ...goesOn } };
    },
  };
}

const error = (status: number, code: number, message: string): Fault => ({
  kind: 'answer',
  status,
  body: { success: false, errors: [{ code, message }], messages: [], result: null },
});

const ONCE = { times: 1 };
const lasting: Case[] = [
  { name: 'permission denied', fault: () => ({ kind: 'deny' }), told: 'denied' },
  { name: '403 without a word', fault: () => ({ kind: 'answer', status: 403, body: {} }), told: 'denied' },
  { name: '401', fault: () => ({ kind: 'status', status: 401 }), told: 'denied' },
  { name: '404', fault: () => ({ kind: 'status', status: 404 }), told: 'failed' },
  { name: '429 to the end', fault: () => ({ kind: 'throttle' }), told: 'throttled' },
  {
    name: '429 to the end, with a time to wait',
    fault: () => ({ kind: 'throttle', retryAfter: 120 }),
    told: 'throttled',
  },
  {
    name: '429 until tomorrow',
    fault: () => ({ kind: 'throttle', retryAfter: 86_400 }),
    told: 'throttled',
  },
  { name: '500', fault: () => ({ kind: 'status', status: 500 }), told: 'failed' },
  { name: 'a time-out', fault: () => ({ kind: 'timeout' }), told: 'failed', timeout: 400 },
  { name: 'a reset', fault: () => ({ kind: 'reset' }), told: 'failed' },
  { name: 'a truncated answer', fault: () => ({ kind: 'truncate' }), told: 'failed' },
  { name: 'half an answer', fault: () => ({ kind: 'garble' }), told: 'failed' },
  {
    name: 'a page of another server',
    fault: () => ({ kind: 'answer', body: '<html>Sign in to the network</html>' }),
    told: 'failed',
  },
  {
    name: 'success without a result',
    fault: () => ({ kind: 'answer', body: { success: true, errors: [], messages: [] } }),
    told: 'failed',
  },
  {
    name: 'a result that is none',
    fault: () => ({ kind: 'answer', body: { success: true, errors: [], messages: [], result: null } }),
    told: 'failed',
  },
  {
    name: 'a result of another form',
    fault: () => ({ kind: 'answer', body: { success: true, errors: [], messages: [], result: 'ok' } }),
    told: 'failed',
  },
  { name: 'a cut page', fault: () => ({ kind: 'cut-page' }), told: 'failed', mayPass: true },
  { name: 'a page repeated for ever', fault: repeated, told: 'failed', mayPass: true },
  {
    name: 'a product that is not enabled',
    fault: () => error(403, 1_234, 'This product is not enabled for your account.'),
    told: 'unavailable',
  },
  {
    name: 'a product of another plan',
    fault: () => error(400, 1_235, 'Please upgrade your plan in the dashboard.'),
    told: 'unavailable',
  },
];

const passing: Case[] = [
  { name: '429 once', fault: () => ({ kind: 'throttle', retryAfter: 7 }) },
  { name: '500 once', fault: () => ({ kind: 'status', status: 500 }) },
  { name: 'a time-out once', fault: () => ({ kind: 'timeout' }), timeout: 400 },
  { name: 'a reset once', fault: () => ({ kind: 'reset' }) },
  { name: 'a truncated answer once', fault: () => ({ kind: 'truncate' }) },
  { name: 'half an answer once', fault: () => ({ kind: 'garble' }) },
].map((one): Case => ({ ...(one as Case), conditions: ONCE }));

/** What is made go wrong with every read in turn. */
export const CASES: readonly Case[] = [...lasting, ...passing];
