import type { Json } from '#model/fact.ts';
import type { Call, Run } from '#model/workflow.ts';
import type { Caller } from './contexts.ts';
import { authenticationOf, noteRemainingSecrets } from './credentials.ts';
import { maskArguments, maskNote } from './mask-arguments.ts';
import type { RecordedCall, Session } from './session.ts';
import { isSymbolic } from './symbols.ts';
import type { Variant } from './variants.ts';
import type { JsonObject } from './workflow-document.ts';

/** The calls of a session as they are reported: symbols written out, secrets masked, each once. */
export function reportedCalls(session: Session, own: string): Call[] {
  const seen = new Set<string>();
  const calls: Call[] = [];
  for (const recorded of session.calls) {
    const call = reported(recorded, session, own);
    const key = JSON.stringify(call);
    if (seen.has(key)) continue;
    seen.add(key);
    calls.push(call);
  }
  return withEachTag(calls);
}

/** The repository of a reference: without tag and digest. */
const repositoryOf = (reference: string): string => reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');

const wordsOf = (call: Call): string[] =>
  Array.isArray(call.arguments.words) ? call.arguments.words.filter((word) => typeof word === 'string') : [];

/** `docker push --all-tags X` pushes each tag that the run gave X before: one call each. */
function withEachTag(calls: readonly Call[]): Call[] {
  return calls.flatMap((call, index) => {
    const isAll =
      call.tool === 'docker' && call.operation === 'push' && (call.arguments.a ?? call.arguments['all-tags']);
    const [pushed] = wordsOf(call);
    if (!isAll || pushed === undefined) return [call];
    const tags = calls.slice(0, index).flatMap((before) => {
      if (before.tool !== 'docker') return [];
      if (before.operation === 'tag') return wordsOf(before).slice(1, 2);
      const given =
        before.operation === 'build' || before.operation === 'buildx build' ? before.arguments.t : [];
      return [given ?? []].flat().filter((tag) => typeof tag === 'string');
    });
    const own = [...new Set(tags)].filter((tag) => repositoryOf(tag) === pushed && tag !== pushed);
    const { a: _a, 'all-tags': _all, ...rest } = call.arguments;
    return own.length ? own.map((tag) => ({ ...call, arguments: { ...rest, words: [tag] } })) : [call];
  });
}

function reported(recorded: RecordedCall, session: Session, own: string): Call {
  const { tool, operation, line, verb, certainty, file, remote, condition, prediction, why } = recorded;
  const shown = (text: string) => session.symbols.render(text);
  const values = session.symbols.renderDeep(recorded.arguments) as Record<string, Json>;
  return {
    tool,
    operation: maskNote(shown(operation)).slice(0, 300),
    arguments: maskArguments(values, operation),
    ...(file !== own && { file }),
    line,
    verb,
    certainty,
    ...(remote !== undefined && { remote: shown(remote) }),
    ...(condition !== undefined && { condition: shown(condition) }),
    ...(prediction && { prediction }),
    ...(why && { why: { fr: shown(why.fr), en: shown(why.en) } }),
  };
}

/** What a finished job gives besides its session. */
export interface Finished {
  job: string;
  variant: Variant;
  caller: Caller | undefined;
  /** The file that holds the job. */
  file: string;
  matrix: JsonObject;
  environment?: string;
  url?: string;
}

/** The run that a session has become. */
export function runOf(session: Session, done: Finished): Run {
  const { caller, variant, file } = done;
  const own = caller?.file ?? file;
  noteRemainingSecrets(session);
  const show = <T>(value: T): T => session.symbols.renderDeep(value);
  const bound = Object.fromEntries(
    [...variant.bindings]
      .filter(
        ([name]) =>
          name !== 'github.ref_type' && !(name === 'github.ref' && variant.bindings.has('github.ref_name')),
      )
      .filter(([name, value]) => name !== 'github.ref' || !isSymbolic(value) || session.symbols.sole(value))
      .map(([name, value]) => [name.replace(/^inputs\./, ''), value]),
  );
  return {
    job: caller ? `${caller.job} / ${done.job}` : done.job,
    events: [caller?.event ?? variant.event],
    inputs: show({ ...(variant.asked || caller ? variant.inputs : {}), ...bound }),
    matrix: show({ ...caller?.matrix, ...done.matrix }),
    chain: [...(caller?.chain ?? []), file],
    ...(done.environment && { environment: show(done.environment) }),
    ...(done.url && { url: show(done.url) }),
    ...authenticationOf(session),
    credentials: session.credentials.map((credential) => show(credential)),
    secrets: [...session.secrets.keys()].sort(),
    variables: [...session.variables].sort(),
    calls: reportedCalls(session, own),
    notes: [...session.notes].map(maskNote),
  };
}
