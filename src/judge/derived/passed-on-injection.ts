import type { Artifacts, JobSource, LocalAction, StepSource, WorkflowSource } from '#model/artifacts.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { contextsIn, type Injection, pastedContexts, writtenBy } from './injection.ts';
import { calledWorkflow, usedAction } from './local-uses.ts';
import { at } from './place.ts';
import { isGuarded } from './reach.ts';

/** An action or a reusable workflow of the repository, which pastes what it is given into a script. */
type Callee = LocalAction | WorkflowSource;
type Lists = Pick<Artifacts, 'actions' | 'workflows'>;

/** A step or a job that hands texts to a callee. */
interface Handing {
  callee: Callee | 'unread' | undefined;
  given: readonly { name: string; value: string; line: number }[];
  /** Where the callee is named. */
  line: number;
  guarded: boolean;
}

/** A context that a callee pastes into a script, its own inputs among them (`inputs.title`). */
interface Paste {
  context: string;
  places: FileEvidence[];
  guarded: boolean;
}

/** Text of an outsider that reaches a script through an action or a workflow that the job uses. */
export interface PassedOn extends Injection {
  through: string;
  /** Where the callee is given the text, and where it pastes it. */
  places: FileEvidence[];
}

/** Pastes of one callee that are followed. */
const MOST = 50;

/** The injections of a job that take place in actions and workflows of the repository. */
export const passedOnBy = (
  job: JobSource,
  file: string,
  started: readonly string[],
  lists: Lists,
): PassedOn[] =>
  handingsOf(job, lists).flatMap((handing) =>
    handedPastes(handing, file, lists).flatMap(({ context, places, guarded }): PassedOn[] => {
      const { callee, line } = handing;
      const written = writtenBy(context, started, guarded);
      const first = places[0]?.file === file ? places : [at(file, line), ...places];
      return written && typeof callee === 'object'
        ? [{ context, line: first[0]?.line ?? line, ...written, through: callee.file, places: first }]
        : [];
    }),
  );

/** Whether a job hands text of an outsider to an action or a workflow of the repository that was not read. */
export const handsToUnread = (job: JobSource, started: readonly string[], lists: Lists): boolean =>
  handingsOf(job, lists).some(
    ({ callee, given }) =>
      callee === 'unread' &&
      given.some(({ value }) => contextsIn(value).some((context) => writtenBy(context, started, false))),
  );

/** What the job hands on, and each of its steps. */
function handingsOf(job: JobSource, lists: Lists): Handing[] {
  const called = {
    callee: calledWorkflow(job, lists),
    given: job.with ?? [],
    line: job.uses?.line ?? job.line,
    guarded: isGuarded(job),
  };
  return [called, ...job.steps.map((step) => handingOf(step, lists, job))];
}

const handingOf = (step: StepSource, lists: Lists, job?: JobSource): Handing => ({
  callee: usedAction(step, lists),
  given: Object.entries(step.with).map(([name, value]) => ({
    name,
    value,
    line: step.withLines?.[name] ?? step.line,
  })),
  line: step.uses?.line ?? step.line,
  guarded: isGuarded(job, step),
});

/** The pastes of a callee in the words of the one who hands to it: an input is what it is given, or its default. */
function handedPastes({ callee, given, guarded }: Handing, file: string, lists: Lists): Paste[] {
  if (callee === undefined || callee === 'unread') return [];
  const isAction = 'using' in callee;
  const declared = (isAction ? callee.inputs : callee.takes?.inputs) ?? [];
  return pastesOf(callee, lists).flatMap((paste): Paste[] => {
    const input = /^inputs\.(.+)$/.exec(paste.context)?.[1];
    const both = { ...paste, guarded: guarded || paste.guarded };
    // what a workflow pastes of the event is its own fault, also when nobody gives it anything
    if (input === undefined) return isAction && paste.context.startsWith('github.') ? [both] : [];
    const named = ({ name }: { name: string }) => name.toLowerCase() === input;
    const own = given.find(named);
    const standard = declared.find(named);
    const place = own ? at(file, own.line) : at(callee.file, standard?.line ?? 1);
    return contextsIn(own?.value ?? standard?.default ?? '').map((context) => ({
      ...both,
      context,
      places: [place, ...paste.places],
    }));
  });
}

/** What each callee pastes, kept with the list of actions: one that many use is read once. */
const known = new WeakMap<readonly LocalAction[], Map<Callee, Paste[]>>();

function pastesOf(callee: Callee, lists: Lists): Paste[] {
  const kept = known.get(lists.actions) ?? new Map<Callee, Paste[]>();
  known.set(lists.actions, kept);
  const before = kept.get(callee);
  if (before) return before;
  // one that leads back to itself adds nothing
  kept.set(callee, []);
  const pastes = new Map<string, Paste>();
  for (const paste of allPastes(callee, lists)) {
    const same = pastes.get(paste.context);
    // the one behind no condition says more
    if (same ? same.guarded && !paste.guarded : pastes.size < MOST) pastes.set(paste.context, paste);
  }
  kept.set(callee, [...pastes.values()]);
  return [...pastes.values()];
}

function* allPastes(callee: Callee, lists: Lists): Generator<Paste> {
  const { file } = callee;
  const jobs = 'using' in callee ? [{ steps: callee.steps }] : callee.jobs;
  for (const job of jobs) {
    const whole = 'id' in job ? job : undefined;
    for (const step of job.steps) {
      const guarded = isGuarded(whole, step);
      for (const { context, line } of pastedContexts(step))
        yield { context, places: [at(file, line)], guarded };
    }
    const handings = whole ? handingsOf(whole, lists) : job.steps.map((step) => handingOf(step, lists));
    for (const handing of handings) yield* handedPastes(handing, file, lists);
  }
}
