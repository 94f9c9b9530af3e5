import { assess, type ChangeView, checkKnown, type Left, type Sorted, sortSteps } from '#act/assess.ts';
import type { OpenAccount } from '#act/aws-account.ts';
import { historyOf } from '#act/journal/history.ts';
import { select } from '#act/order.ts';
import type { Plan } from '#act/plan-file.ts';
import { type RunEnd, runSteps } from '#act/run.ts';
import { createRun, interrupted, openRun, type Run, runToResume } from '#act/runs.ts';
import { colon, leftLines, newsLines, plain, stepLines } from '#act/words.ts';
import { InputError } from '#lib/input-error.ts';
import type { Step } from '#model/step.ts';
import { codes, type Language, visible } from '#model/text.ts';
import {
  type ActHooks,
  accountFor,
  compareAfter,
  handFor,
  keptFinding,
  langOf,
  locked,
  print,
  ROOT,
  readPlan,
  TIME,
  typed,
} from './act-session.ts';
import type { ApplyOptions } from './apply-command.ts';
import { EXIT } from './exit.ts';

const WORDS = { fr: 'appliquer', en: 'apply' } as const;

/**
 * Shows what steps of a plan would change, and changes it where that is said or typed; gives the exit code: 0 where all
 * was done or nothing was asked for, 1 where something stopped it, 3 where something could not be told.
 */
export async function runApply(
  asked: readonly string[],
  options: ApplyOptions,
  hooks: ActHooks = {},
): Promise<number> {
  if (options.resume !== undefined) {
    if (asked.length > 0)
      throw new InputError('--resume carries on the steps of the run: give no others with it');
    return await resume(options, hooks);
  }
  const lang = langOf(options);
  const plan = readPlan(options.from);
  const { steps, added } = select(plan.steps, asked);
  if (steps.length === 0) {
    print([lang === 'fr' ? 'Le plan n’a pas d’étape.' : 'The plan has no steps.']);
    return EXIT.established;
  }
  // nothing of it is sent: no account is opened for it
  if (steps.every(({ changes }) => changes.length === 0)) return showByHand(asked, steps, lang);
  const account = await accountFor(options, steps);
  try {
    await checkKnown(account, steps);
    const provers = { account, time: TIME, ...(hooks.probe && { probe: hooks.probe }) };
    const sorted = await sortSteps(steps, plan.proofs, provers);
    const views = await assess(account, sorted.steps, plan.audit.startedAt);
    show(plan, account, sorted, views, added, lang);
    const refused = refusal(asked, sorted, views, lang);
    if (refused !== undefined) return refused;
    if (views.every(({ standing }) => standing === 'done')) {
      print(['', lang === 'fr' ? 'Tout est déjà fait.' : 'All of it is already done.']);
      return EXIT.established;
    }
    if (!options.yes && !(await typed(WORDS[lang], lang))) {
      print([
        '',
        lang === 'fr'
          ? 'Rien n’a été changé. `--yes` applique ce qui est montré.'
          : 'Nothing was changed. `--yes` applies what is shown.',
      ]);
      return EXIT.established;
    }
    return await locked(async (check) => {
      const open = interrupted(ROOT).at(-1);
      if (open !== undefined)
        throw new InputError(
          `run ${open} was interrupted: first carry it on with \`constat apply --resume ${open}\`, or undo it with \`constat rollback ${open}\``,
        );
      const run = await createRun(
        ROOT,
        {
          audit: plan.audit,
          steps: sorted.steps,
          proofs: plan.proofs.filter(({ id }) => sorted.steps.some((step) => step.proofs.includes(id))),
          findings: plan.findings.map(keptFinding),
        },
        { ...account.identity, autoRollback: options.autoRollback ?? false },
        TIME,
      );
      return await carryOn(account, run, check, options.autoRollback ?? false, hooks, lang);
    });
  } finally {
    account.close();
  }
}

/** Steps that only a person can take: what each takes. */
function showByHand(asked: readonly string[], steps: readonly Step[], lang: Language): number {
  const left = steps.map(
    (step): Left => ({ step, because: step.state === 'needs-input' ? 'needs-input' : 'by-hand' }),
  );
  for (const one of left) print(['', ...leftLines(one, lang)]);
  return refusal(asked, { steps: [], left, proven: [] }, [], lang) ?? EXIT.established;
}

/** Carries on a run that was killed or that stopped. */
async function resume(options: ApplyOptions, hooks: ActHooks): Promise<number> {
  const lang = langOf(options);
  return await locked(async (check) => {
    const run = await openRun(
      ROOT,
      options.resume === true ? runToResume(ROOT) : String(options.resume),
      TIME,
    );
    const { started, ended, done } = historyOf(run.journal.entries);
    if (ended === 'done' || ended === 'rolled-back')
      throw new InputError(`run ${run.id} has ended (${ended}): there is nothing to resume`);
    const account = await accountFor(options, run.plan.steps);
    try {
      if (account.identity.account !== started?.account)
        throw new InputError(
          `run ${run.id} is of account ${started?.account}, and these credentials are of ${account.identity.account}`,
        );
      for (const step of run.plan.steps)
        print([
          `${visible(step.id)}  ${plain(step.title, lang)}${colon(lang)} ${done.has(step.id) ? (lang === 'fr' ? 'fait' : 'done') : lang === 'fr' ? 'reste à faire ou à vérifier' : 'left to do or to look at'}`,
        ]);
      if (!options.yes && !(await typed(WORDS[lang], lang))) {
        print([
          '',
          lang === 'fr'
            ? 'Rien n’a été changé. `--yes` reprend l’exécution.'
            : 'Nothing was changed. `--yes` carries the run on.',
        ]);
        return EXIT.established;
      }
      run.journal.write({ event: 'resumed' });
      return await carryOn(
        account,
        run,
        check,
        started.autoRollback || options.autoRollback === true,
        hooks,
        lang,
      );
    } finally {
      account.close();
    }
  });
}

async function carryOn(
  account: OpenAccount,
  run: Run,
  check: () => void,
  autoRollback: boolean,
  hooks: ActHooks,
  lang: Language,
): Promise<number> {
  print(['', `${lang === 'fr' ? 'Exécution' : 'Run'} ${run.id}`]);
  let end: RunEnd;
  try {
    end = await runSteps(handFor(account, run, check), run.plan.steps, {
      proofs: run.plan.proofs,
      provers: { account, time: TIME, ...(hooks.probe && { probe: hooks.probe }) },
      autoRollback,
      tell: (news) => print(newsLines(news, lang)),
    });
  } finally {
    run.journal.close();
  }
  print(['', ENDS[end.result][lang].replaceAll('RUN', run.id)]);
  const comparison = await compareAfter(hooks, run.plan, lang);
  if (end.result !== 'done' || (comparison?.caused.length ?? 0) > 0) return EXIT.findings;
  return end.unknown > 0 ? EXIT.notEstablished : EXIT.established;
}

const ENDS: Record<RunEnd['result'], { fr: string; en: string }> = {
  done: {
    fr: 'Fait. `constat rollback RUN` l’annule.',
    en: 'Done. `constat rollback RUN` undoes it.',
  },
  stopped: {
    fr: 'Arrêté. `constat apply --resume RUN` reprend, `constat rollback RUN` annule ce qui a été fait.',
    en: 'Stopped. `constat apply --resume RUN` carries on, `constat rollback RUN` undoes what was done.',
  },
  'rolled-back': {
    fr: 'Annulé\u00a0: chaque état est celui qui avait été relevé.',
    en: 'Undone: every state is what was captured.',
  },
  'rollback-stopped': {
    fr: 'Annulation arrêtée. `constat rollback RUN` la reprend.',
    en: 'The rollback stopped. `constat rollback RUN` carries it on.',
  },
};

function show(
  plan: Plan,
  account: OpenAccount,
  { steps, left, proven }: Sorted,
  views: readonly ChangeView[],
  added: readonly string[],
  lang: Language,
): void {
  const fr = lang === 'fr';
  const { estate, startedAt } = plan.audit;
  print([
    `${fr ? 'Plan de l’audit du' : 'Plan of the audit of'} ${startedAt}, ${visible(estate.name)}`,
    `${fr ? 'Compte' : 'Account'} ${account.identity.account}, ${visible(account.identity.arn)}`,
  ]);
  if (added.length > 0) {
    const names = codes(added, added.length)[lang].replaceAll('`', '');
    print([
      fr
        ? `Ajouté, parce que d’autres étapes en ont besoin\u00a0: ${names}`
        : `Added, because other steps need them: ${names}`,
    ]);
  }
  for (const step of proven)
    print([
      '',
      `${visible(step.id)}  ${plain(step.title, lang)}${colon(lang)} ${fr ? 'déjà fait, ses preuves passent' : 'already done, its proofs pass'}`,
    ]);
  for (const step of steps)
    print([
      '',
      ...stepLines(
        step,
        views.filter((view) => view.step === step),
        lang,
      ),
    ]);
  for (const one of left) print(['', ...leftLines(one, lang)]);
}

/** The exit code where nothing may be changed; what is wrong has been shown, and is summed up in one line. */
function refusal(
  asked: readonly string[],
  { steps, left }: Sorted,
  views: readonly ChangeView[],
  lang: Language,
): number | undefined {
  const fr = lang === 'fr';
  const idsOf = (standing: ChangeView['standing']) => [
    ...new Set(views.filter((view) => view.standing === standing).map(({ step }) => step.id)),
  ];
  const named = (ids: readonly string[]) => ids.map((id) => visible(id)).join(', ');
  const blocked = left.filter(({ step }) => asked.includes(step.id));
  const changed = idsOf('changed');
  const uncaptured = idsOf('not-captured');
  const unread = idsOf('unread');
  const lines = [
    ...(blocked.length > 0
      ? [
          fr
            ? `demandé, et ne peut pas être appliqué\u00a0: ${named(blocked.map(({ step }) => step.id))}`
            : `asked for, and cannot be applied: ${named(blocked.map(({ step }) => step.id))}`,
        ]
      : []),
    ...(changed.length > 0
      ? [fr ? `changé depuis l’audit\u00a0: ${named(changed)}` : `changed since the audit: ${named(changed)}`]
      : []),
    ...(uncaptured.length > 0
      ? [fr ? `état non relevé\u00a0: ${named(uncaptured)}` : `state not captured: ${named(uncaptured)}`]
      : []),
    ...(unread.length > 0 ? [fr ? `pas lu\u00a0: ${named(unread)}` : `not read: ${named(unread)}`] : []),
  ];
  if (lines.length === 0) {
    if (steps.length > 0) return undefined;
    print(['', fr ? 'Aucune étape ne peut être appliquée.' : 'No step can be applied.']);
    return EXIT.established;
  }
  print([
    '',
    `${fr ? 'Refusé, rien n’est changé' : 'Refused, nothing is changed'}${colon(lang)} ${lines.join(' · ')}`,
  ]);
  return changed.length + uncaptured.length + blocked.length > 0 ? EXIT.findings : EXIT.notEstablished;
}
