import { junitOf } from '#act/junit.ts';
import { type Proven, proofsOf, prove } from '#act/prove.ts';
import { proofLines } from '#act/words.ts';
import { InputError } from '#lib/input-error.ts';
import { replaceFile } from '#store/replace-file.ts';
import { type ActHooks, accountFor, langOf, print, readPlan, TIME } from './act-session.ts';
import { EXIT } from './exit.ts';
import type { ProveOptions } from './prove-command.ts';

/**
 * Runs the proofs of a report, prints what each expects and what there is; gives the exit code: 0 where all pass, 1 where
 * one fails, 3 where one could not be told.
 */
export async function runProve(
  asked: readonly string[],
  options: ProveOptions,
  { probe, host }: ActHooks = {},
): Promise<number> {
  const lang = langOf(options);
  const plan = readPlan(options.from);
  const proofs = proofsOf(plan, asked);
  // the account is opened for those that ask it alone
  const account = proofs.some(({ check }) => check?.type === 'aws')
    ? await accountFor(options, plan.steps)
    : undefined;
  const all: Proven[] = [];
  try {
    for (const proof of proofs) {
      const proven = await prove(proof, {
        time: TIME,
        ...(account && { account }),
        ...(probe && { probe }),
        ...(host && { host: host.ask }),
      });
      all.push(proven);
      print(proofLines(proven, lang));
    }
  } finally {
    account?.close();
    host?.close();
  }
  const count = (result: Proven['result']) => all.filter((one) => one.result === result).length;
  const [passed, failed, unknown] = [count('pass'), count('fail'), count('unknown')];
  print([
    lang === 'fr'
      ? `${passed} passent · ${failed} échouent · ${unknown} sans réponse`
      : `${passed} pass · ${failed} fail · ${unknown} unknown`,
  ]);
  if (options.junit !== undefined) write(options.junit, junitOf(all, plan.audit.estate.name));
  if (failed > 0) return EXIT.findings;
  return unknown > 0 ? EXIT.notEstablished : EXIT.established;
}

function write(file: string, text: string): void {
  try {
    replaceFile(file, text);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new InputError(`${file}: cannot be written (${why}); give another file with --junit`);
  }
}
