import { historyOf } from '#act/journal/history.ts';
import { rollBack, rollbackPlan, rollbackRefusals } from '#act/rollback.ts';
import { openRun } from '#act/runs.ts';
import { newsLines, refusalLines, stayLines, undoLines } from '#act/words.ts';
import { InputError } from '#lib/input-error.ts';
import {
  type ActHooks,
  accountFor,
  compareAfter,
  handFor,
  langOf,
  locked,
  print,
  ROOT,
  TIME,
  typed,
} from './act-session.ts';
import { EXIT } from './exit.ts';
import type { RollbackOptions } from './rollback-command.ts';

const WORDS = { fr: 'annuler', en: 'undo' } as const;

/**
 * Undoes what a run did, where that is said or typed; gives the exit code: 0 where every state is what was captured or
 * nothing was asked for, 1 where one is not, or may not be touched.
 */
export async function runRollback(
  id: string,
  options: RollbackOptions,
  hooks: ActHooks = {},
): Promise<number> {
  const lang = langOf(options);
  const fr = lang === 'fr';
  return await locked(async (check) => {
    const run = await openRun(ROOT, id, TIME);
    const history = historyOf(run.journal.entries);
    if (history.ended === 'rolled-back') {
      print([fr ? `L’exécution ${id} est déjà annulée.` : `Run ${id} is already undone.`]);
      return EXIT.established;
    }
    const account = await accountFor(options, run.plan.steps);
    try {
      if (account.identity.account !== history.started?.account)
        throw new InputError(
          `run ${id} is of account ${history.started?.account}, and these credentials are of ${account.identity.account}`,
        );
      const hand = handFor(account, run, check);
      const { undo, stay } = rollbackPlan(run.plan.steps, history);
      if (undo.length === 0 && stay.length === 0) {
        print([fr ? `L’exécution ${id} n’a rien changé.` : `Run ${id} changed nothing.`]);
        return EXIT.established;
      }
      for (const made of undo) print(undoLines(made, lang));
      for (const made of stay) print(stayLines(made, lang));
      const refusals = await rollbackRefusals(hand, undo);
      if (refusals.length > 0) {
        print(['', fr ? 'Refusé, rien n’est changé\u00a0:' : 'Refused, nothing is changed:']);
        for (const refusal of refusals) print(refusalLines(refusal, lang));
        return EXIT.findings;
      }
      if (stay.length > 0 && !options.yes)
        print(['', fr ? `${stay.length} changement(s) resteront.` : `${stay.length} change(s) will stay.`]);
      if (!options.yes && !(await typed(WORDS[lang], lang))) {
        print([
          '',
          fr
            ? 'Rien n’a été changé. `--yes` annule ce qui est montré.'
            : 'Nothing was changed. `--yes` undoes what is shown.',
        ]);
        return EXIT.established;
      }
      const isBack = await rollBack(hand, run.plan.steps, (news) => print(newsLines(news, lang)));
      print([
        '',
        isBack
          ? fr
            ? 'Annulé\u00a0: chaque état est celui qui avait été relevé.'
            : 'Undone: every state is what was captured.'
          : fr
            ? `Annulation arrêtée. \`constat rollback ${id}\` la reprend.`
            : `The rollback stopped. \`constat rollback ${id}\` carries it on.`,
      ]);
      await compareAfter(hooks, run.plan, lang);
      return isBack ? EXIT.established : EXIT.findings;
    } finally {
      run.journal.close();
      account.close();
    }
  });
}
