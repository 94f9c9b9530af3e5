import { InputError } from '#lib/input-error.ts';
import type { Proof, ProofCheck } from '#model/step.ts';
import { visible } from '#model/text.ts';
import type { Account, Time } from './account.ts';
import { isSame } from './differences.ts';
import { whyOf } from './transition.ts';

/** A check that asks a host. */
export type HostCheck = Extract<ProofCheck, { type: 'host' }>;

/** A check that asks the network, and neither an account nor a host. */
export type ProbeCheck = Exclude<ProofCheck, { type: 'aws' | 'host' }>;

/** How a check ended. */
export interface ProofResult {
  result: 'pass' | 'fail' | 'unknown';
  /** What was seen, on one line. */
  got: string;
  /** Milliseconds until then. */
  ms: number;
}

/** Runs one check of the network once; whoever starts the command gives it. */
export type ProbeRunner = (check: ProbeCheck) => Promise<ProofResult>;

/** Asks a host one question; gives what it answers. */
export type HostAsker = (check: HostCheck) => Promise<{ answer: string } | { why: string; final?: boolean }>;

export interface Proven extends ProofResult {
  proof: Proof;
}

/** What checks are run with; what is not given leaves its checks unknown. */
export interface Provers {
  account?: Pick<Account, 'read'>;
  probe?: ProbeRunner;
  host?: HostAsker;
  time: Time;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const LONGEST_GOT = 300;

/**
 * Runs the check of a proof, again and again until it passes or the time that the proof gives is over. Where nobody could
 * look the result is `unknown`, and never a failure.
 */
export async function prove(proof: Proof, provers: Provers): Promise<Proven> {
  const { time } = provers;
  const { check } = proof;
  const started = time.now().getTime();
  const since = () => time.now().getTime() - started;
  const end = (check?.within ?? 0) * 1000;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    const { result, got, final } = check ? await once(check, provers) : NO_CHECK;
    const left = end - since();
    if (result === 'pass' || final || left <= 0)
      return { proof, result, got: visible(got, LONGEST_GOT), ms: since() };
    await time.sleep(Math.min(pause, left));
  }
}

interface Once {
  result: ProofResult['result'];
  got: string;
  /** To look again would give the same. */
  final?: boolean;
}

const NO_CHECK: Once = { result: 'unknown', got: 'no check: its command is for a shell', final: true };

async function once(check: ProofCheck, { account, probe, host }: Provers): Promise<Once> {
  if (check.type === 'host') return ofHost(check, host);
  if (check.type !== 'aws') {
    if (!probe) return { result: 'unknown', got: 'nothing was sent: the network is not asked', final: true };
    // the time that it may take is waited for here
    const { within: _within, ...rest } = check;
    return await probe(rest as ProbeCheck);
  }
  if (!account) return { result: 'unknown', got: 'nothing was asked: no account is open', final: true };
  try {
    const got = await account.read(check.read);
    return { result: isSame(got, check.equals) ? 'pass' : 'fail', got: JSON.stringify(got) };
  } catch (error) {
    const why = whyOf(error);
    if (!why) throw error;
    return { result: 'unknown', got: why.en.replaceAll('`', ''), final: true };
  }
}

async function ofHost(check: HostCheck, ask: HostAsker | undefined): Promise<Once> {
  if (!ask) return { result: 'unknown', got: 'nothing was asked: hosts are not read', final: true };
  const told = await ask(check);
  if ('why' in told) return { result: 'unknown', got: told.why, ...(told.final && { final: true }) };
  return { result: check.equals.includes(told.answer) ? 'pass' : 'fail', got: told.answer || 'nothing' };
}

/** What a proof expects, on one line, in the words of the check where there is one. */
export function expectedOf({ check, expected }: Proof): string {
  return check?.type === 'aws'
    ? visible(JSON.stringify(check.equals), LONGEST_GOT)
    : visible(expected.en, LONGEST_GOT);
}

/**
 * The proofs of some steps or with some ids; all without any.
 * @throws InputError for an id that is neither
 */
export function proofsOf(
  { steps, proofs }: { steps: readonly { id: string; proofs: string[] }[]; proofs: readonly Proof[] },
  asked: readonly string[],
): Proof[] {
  if (asked.length === 0) return [...proofs];
  const wanted = new Set<string>();
  for (const id of asked) {
    const step = steps.find((one) => one.id === id);
    if (!step && !proofs.some((one) => one.id === id))
      throw new InputError(`${id}: neither a step nor a proof of this report`);
    for (const proof of step?.proofs ?? [id]) wanted.add(proof);
  }
  return proofs.filter(({ id }) => wanted.has(id));
}
