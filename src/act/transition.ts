import { createHash } from 'node:crypto';
import { Refused } from '#collect/readers/aws/refusal.ts';
import { InputError } from '#lib/input-error.ts';
import type { Json } from '#model/fact.ts';
import type { AwsRead, AwsWrite } from '#model/step.ts';
import { code, type Text, visible } from '#model/text.ts';
import type { Account, Call, Time, Writer } from './account.ts';
import { callOf, stateAfter } from './call.ts';
import { isSame } from './differences.ts';
import type { Of } from './journal/event.ts';
import type { Past } from './journal/history.ts';
import type { Journal } from './journal/journal.ts';
import { Unresolved } from './resolve.ts';

/** One state that is led from one value to another by one write. */
export interface Transition {
  of: Of;
  write: AwsWrite;
  state: AwsRead;
  /** Undefined where the audit captured none. */
  from: Json | undefined;
  /** May hold `{ "$find": name }` of the write's finds. */
  to: Json;
  /** What `{ "$before": query }` of the write looks into. */
  captured: Json | undefined;
}

/** How long what is waited for may take, in milliseconds. */
export interface Waits {
  /** Until the state of an accepted write is seen. */
  state: number;
  /** Until a call of which nobody knows what became can no longer take effect. */
  underWay: number;
  /** Before the first look again; each further one is half as long again, ten seconds at most. */
  first: number;
}

export const WAITS: Waits = { state: 300_000, underWay: 20_000, first: 250 };
const LONGEST_PAUSE = 10_000;
/** A service that asks to wait is asked again this often at most. */
const MOST_TIMES = 5;

export type Outcome =
  | { is: 'done'; by: 'call' | 'found'; after: Json }
  /** It is neither what was captured nor what it was to become: nothing was sent. */
  | { is: 'changed'; now: Json; writer?: Writer }
  /** Nothing was changed. */
  | { is: 'failed'; why: Text }
  /** Something was sent, and the state is not what it was to become. */
  | { is: 'look'; why: Text; now?: Json };

/** What a run works with. */
export interface Hand {
  account: Account;
  journal: Journal;
  time: Time;
  waits: Waits;
  run: string;
  /** When the audit captured the states, ISO 8601. */
  since: string;
  /** Before each call: throws where the run may no longer change anything. */
  check(): void;
}

/**
 * Leads a state from one value to another, so that killed at any instant and begun again it is done once: what the
 * journal tells and what the state is now decide together. A call is never sent while the state is not the one before
 * it; of one whose answer is unknown the state is awaited first; one that was accepted is never sent again.
 */
export async function carry(hand: Hand, transition: Transition, past: Past): Promise<Outcome> {
  const entries = hand.journal.entries.length;
  try {
    return await carried(hand, transition, past);
  } catch (error) {
    const why = whyOf(error);
    if (!why) throw error;
    const begun = isBegun(past) || hand.journal.entries.length > entries;
    return begun ? { is: 'look', why } : { is: 'failed', why };
  }
}

/** Whether a call may have been sent of which nobody has seen the end. */
const isBegun = ({ stage }: Past): boolean =>
  stage === 'intended' || stage === 'unknown' || stage === 'accepted';

async function carried(hand: Hand, transition: Transition, past: Past): Promise<Outcome> {
  const { account, waits } = hand;
  const { state, from, write } = transition;
  const to = past.after ?? (await stateAfter(account, write, transition.to, transition.captured));
  if (past.stage === 'confirmed') return { is: 'done', by: past.own ? 'call' : 'found', after: to };
  const begun = isBegun(past);
  const now = begun
    ? await settled(hand, state, to, past.stage === 'accepted' ? waits.state : waits.underWay)
    : await account.read(state);
  if (isSame(now, to)) return confirmed(hand, transition.of, past.own ? 'call' : 'found', to);
  if (past.stage === 'accepted') return { is: 'look', now, why: NOT_SEEN };
  if (from === undefined) return { is: 'failed', why: NOT_CAPTURED };
  if (!isSame(now, from)) {
    if (begun) return { is: 'look', now, why: UNKNOWN_END };
    const writer = await account.lastWriter(state, hand.since);
    return { is: 'changed', now, ...(writer && { writer }) };
  }
  return await sent(hand, transition, to, past);
}

/** Sends a write whose state is the one before it, and looks what came of it. */
async function sent(hand: Hand, transition: Transition, to: Json, past: Past): Promise<Outcome> {
  const { account, journal, waits, time } = hand;
  const { of, write, state, from, captured } = transition;
  const token = tokenOf(hand.run, of);
  for (let times = 1; ; times += 1) {
    const call: Call = await callOf(account, write, captured, token);
    hand.check();
    journal.write({
      event: 'intended',
      ...of,
      service: call.service,
      operation: call.operation,
      token,
      after: to,
    });
    const answered = await account.send(call);
    journal.write({ event: 'answered', ...of, ...answered });
    const { answer } = answered;
    if (answer === 'throttled' && times < MOST_TIMES) {
      await time.sleep(Math.min(LONGEST_PAUSE, waits.first * 4 ** times));
      continue;
    }
    if (answer === 'accepted') {
      const now = await settled(hand, state, to, waits.state);
      return isSame(now, to) ? confirmed(hand, of, 'call', to) : { is: 'look', now, why: NOT_SEEN };
    }
    const why = refusedBy(call, answered.error ?? answer, answered.status);
    const now = await settled(hand, state, to, answer === 'unknown' ? waits.underWay : 0);
    // what was refused is somebody else's doing where it is done all the same
    if (isSame(now, to)) return confirmed(hand, of, answer === 'unknown' || past.own ? 'call' : 'found', to);
    return isSame(now, from) ? { is: 'failed', why } : { is: 'look', now, why };
  }
}

function confirmed(hand: Hand, of: Of, by: 'call' | 'found', after: Json): Outcome {
  hand.journal.write({ event: 'confirmed', by, ...of });
  return { is: 'done', by, after };
}

/** The state once it is what is awaited, or as it is when the time is over. */
export async function settled(hand: Hand, state: AwsRead, awaited: Json, most: number): Promise<Json> {
  const { account, time, waits } = hand;
  const end = time.now().getTime() + most;
  for (let pause = waits.first; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    const now = await account.read(state);
    const left = end - time.now().getTime();
    if (isSame(now, awaited) || left <= 0) return now;
    await time.sleep(Math.min(pause, left));
  }
}

/** Letters and digits, 32 of them: what every API that takes a token takes. The same for each try of one change. */
const tokenOf = (run: string, { step, change, way }: Of): string =>
  createHash('sha256')
    .update(JSON.stringify([run, step, change, way]))
    .digest('hex')
    .slice(0, 32);

/** What is told of an error that was foreseen; undefined of another. */
export function whyOf(error: unknown): Text | undefined {
  if (error instanceof Refused) return error.refusal.why;
  if (error instanceof InputError) return { fr: error.message, en: error.message };
  if (error instanceof Unresolved)
    return {
      fr: `${code(error.placeholder)} ne donne rien\u00a0: ce dont l’étape a besoin n’est pas là`,
      en: `${code(error.placeholder)} gives nothing: what the step needs is not there`,
    };
  return undefined;
}

const refusedBy = ({ service, operation }: Call, fault: string, status: number | undefined): Text => {
  const name = `${code(`${service} ${operation}`)}`;
  const what = `${code(visible(fault))}${status === undefined ? '' : `, HTTP ${status}`}`;
  return { fr: `${name} a échoué (${what})`, en: `${name} failed (${what})` };
};

const NOT_SEEN: Text = {
  fr: 'le changement a été accepté, et l’état n’est pas celui qui était attendu',
  en: 'the change was accepted, and the state is not the one that was expected',
};
const UNKNOWN_END: Text = {
  fr: 'un appel resté sans réponse a peut-être été exécuté en partie, ou quelqu’un d’autre a changé l’état',
  en: 'a call without an answer may have been carried out in part, or somebody else changed the state',
};
const NOT_CAPTURED: Text = {
  fr: 'l’audit n’a pas relevé l’état de départ\u00a0: refaire l’audit avec accès au compte',
  en: 'the audit did not capture the state before: audit again with access to the account',
};
