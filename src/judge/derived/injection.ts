import type { JobSource, StepSource } from '#model/artifacts.ts';
import { embeddedExpressions, flowingContexts } from './expressions.ts';
import { isGuarded, type Reach, reachOf } from './reach.ts';

/** What GitHub's own guide says that outsiders write, and the events that carry it. */
const UNTRUSTED: readonly [context: RegExp, events: RegExp][] = [
  [/^github\.event\.issue\.(title|body)$/, /^(issues|issue_comment)$/],
  [/^github\.event\.comment(\.body)?$/, /comment$/],
  [/^github\.event\.discussion\.(title|body)$/, /^discussion/],
  [/^github\.event\.review\.body$/, /^pull_request_review$/],
  [
    /^github\.(head_ref|event\.pull_request\.(title|body|head\.ref|head\.label|head\.repo\.(default_branch|description|homepage)))$/,
    /^pull_request/,
  ],
  [/^github\.event\.(head_commit|commits\.\*)\.(message|author\.(name|email))$/, /^push$/],
  [
    /^github\.event\.workflow_run\.(head_branch|head_commit\.(message|author\.(name|email))|head_repository\.description|display_title|pull_requests\.\*\.head\.ref)$/,
    /^workflow_run$/,
  ],
  [/^github\.event\.pages\.\*\.page_name$/, /^gollum$/],
];
const WIDEST: readonly Reach[] = ['secrets', 'fork', 'writers'];

/** Text of an outsider that becomes part of a script before a shell or a JavaScript engine reads it. */
export interface Injection {
  context: string;
  line: number;
  /** Who can write the text; `guarded` when a condition looks at who asks. */
  reach: Reach | 'guarded';
  /** The events that carry it. */
  events: string[];
}

/** The injections of a step of a job, under the events that start its workflow. */
export const injectionsOf = (job: JobSource, step: StepSource, started: readonly string[]): Injection[] =>
  pastedContexts(step).flatMap(({ context, line }): Injection[] => {
    const written = writtenBy(context, started, isGuarded(job, step));
    return written ? [{ context, line, ...written }] : [];
  });

/** Who writes a context under the events that start a workflow; undefined where no outsider does. */
export function writtenBy(
  context: string,
  started: readonly string[],
  guarded: boolean,
): Pick<Injection, 'reach' | 'events'> | undefined {
  const carried = UNTRUSTED.find(([pattern]) => pattern.test(context))?.[1];
  const events = carried ? started.filter((event) => carried.test(event)) : [];
  const widest = WIDEST.find((reach) => events.some((event) => reachOf(event) === reach));
  const reach = widest && widest !== 'writers' && guarded ? 'guarded' : widest;
  return reach && { reach, events };
}

/** The contexts that a step pastes into its script, and the lines where it does. */
export const pastedContexts = (step: StepSource): { context: string; line: number }[] =>
  scriptsOf(step).flatMap((script) =>
    embeddedExpressions(script.text).flatMap(({ expression, line }) =>
      contextsOf(expression, step).map((context) => ({ context, line: script.line + line })),
    ),
  );

/** The contexts whose value flows into a text. */
export const contextsIn = (text: string): string[] =>
  embeddedExpressions(text).flatMap(({ expression }) => flowingContexts(expression));

/** The texts of a step that are run. */
function scriptsOf(step: StepSource): { text: string; line: number }[] {
  if (step.run) return [step.run];
  const { script } = step.with;
  return script && step.uses?.text.startsWith('actions/github-script@')
    ? [{ text: script, line: step.line }]
    : [];
}

/** The contexts that end up in a script, also through a variable of the step that is read as an expression. */
function contextsOf(expression: string, step: StepSource): string[] {
  return flowingContexts(expression).flatMap((context) => {
    const variable = /^env\.(.+)$/.exec(context)?.[1];
    const value =
      variable && Object.entries(step.environment).find(([name]) => name.toLowerCase() === variable)?.[1];
    return value ? contextsIn(value) : [context];
  });
}
