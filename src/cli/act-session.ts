import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Time } from '#act/account.ts';
import { accountsOf } from '#act/assess.ts';
import { type OpenAccount, openAccount } from '#act/aws-account.ts';
import { type Comparison, compareFindings } from '#act/compare.ts';
import { openHome } from '#act/journal/folder.ts';
import { takeLock } from '#act/journal/lock.ts';
import { type Plan, planOf } from '#act/plan-file.ts';
import type { HostAsker, ProbeRunner } from '#act/prove.ts';
import type { KeptFinding, KeptPlan, Run } from '#act/runs.ts';
import { type Hand, WAITS } from '#act/transition.ts';
import { comparisonLines } from '#act/words.ts';
import { Refused } from '#collect/readers/aws/refusal.ts';
import { InputError } from '#lib/input-error.ts';
import { languageOf } from '#lib/locale.ts';
import type { Step } from '#model/step.ts';
import type { Language } from '#model/text.ts';
import type { AccountOptions } from './account-options.ts';

/** What a command that acts is given by whoever starts it. */
export interface ActHooks {
  /** Asks the network for the proofs that need it; without it they are unknown. */
  probe?: ProbeRunner;
  /** Asks hosts for the proofs that need it; without it they are unknown. */
  host?: { ask: HostAsker; close(): void };
  /** Takes the audit again once a run has ended; its findings are compared with those of the plan. */
  afterRun?: (plan: KeptPlan) => Promise<Parameters<typeof compareFindings>[1] | undefined>;
}

/** The folder in which the command was started: `.constat/` is there. */
export const ROOT = '.';

export const TIME: Time = {
  now: () => new Date(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export const langOf = ({ lang }: Pick<AccountOptions, 'lang'>): Language => lang ?? languageOf(process.env);

export const print = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
};

/**
 * The plan of a report.
 * @throws InputError where there is none
 */
export function readPlan(file: string): Plan {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new InputError(
      `${file}: cannot be read (${why}); give the report of an audit with --from, as \`constat audit --aws\` writes it`,
    );
  }
  return planOf(text, file);
}

/**
 * The account that the options open.
 * @throws InputError where nobody opens it, or where it is another than the one that the steps are of
 */
export async function accountFor(options: AccountOptions, steps: readonly Step[]): Promise<OpenAccount> {
  const { profile, role, maxRate } = options;
  const regions = steps.flatMap(({ changes }) => changes.map(({ state }) => state.region));
  const region = process.env.AWS_REGION ?? regions.find((one) => one !== undefined) ?? 'us-east-1';
  const access = {
    ...(profile !== undefined && { profile }),
    ...(role !== undefined && { role }),
    ...(maxRate !== undefined && { maxRate }),
  };
  const account = await openAccount(access, region).catch((error: unknown) => {
    if (error instanceof Refused) throw new InputError(error.refusal.why.en.replaceAll('`', ''));
    throw error;
  });
  const other = [...accountsOf(steps)].find((id) => id !== account.identity.account);
  if (other === undefined) return account;
  account.close();
  throw new InputError(
    `the plan is for account ${other}, and these credentials are of ${account.identity.account}: give others with --profile or --role`,
  );
}

/** What a run works with, while the lock is held. */
export const handFor = (account: OpenAccount, run: Run, check: () => void): Hand => ({
  account,
  journal: run.journal,
  time: TIME,
  waits: WAITS,
  run: run.id,
  since: run.plan.audit.startedAt,
  check,
});

/**
 * Does something while no other run of this folder can, and lets go of the lock however it ends.
 * @throws InputError where another run holds it
 */
export async function locked<T>(act: (check: () => void) => Promise<T>): Promise<T> {
  const lock = takeLock(await openHome(ROOT), TIME.now);
  try {
    return await act(() => lock.check());
  } finally {
    lock.release();
  }
}

/** Whether somebody at a terminal types the word that is shown. Without a terminal nobody does. */
export async function typed(word: string, lang: Language): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const question = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const said = await question.question(
      lang === 'fr'
        ? `\nTaper « ${word} » pour continuer, autre chose pour ne rien changer\u00a0: `
        : `\nType ${word} to go on, anything else to change nothing: `,
    );
    return said.trim() === word;
  } finally {
    question.close();
  }
}

/** Takes the audit again where that is wired, and prints what became of the findings. */
export async function compareAfter(
  { afterRun }: ActHooks,
  plan: KeptPlan,
  lang: Language,
): Promise<Comparison | undefined> {
  const audited = await afterRun?.(plan);
  if (!audited) return undefined;
  const comparison = compareFindings(plan.findings, audited);
  // what the run was not meant to mend is as it was
  const meant = new Set(plan.steps.flatMap(({ findings }) => findings));
  print(['', ...comparisonLines(comparison, lang, meant)]);
  return comparison;
}

/** What of a finding is kept with a run. */
export const keptFinding = ({
  gap,
  fingerprint,
  rule,
  severity,
  title,
  message,
  muted,
}: Plan['findings'][number]): KeptFinding => ({
  gap,
  fingerprint,
  rule,
  severity,
  title,
  message,
  ...(muted && { muted }),
});
