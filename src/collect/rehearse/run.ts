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
  return calls;
}

function reported(recorded: RecordedCall, session: Session, own: string): Call {
  const { tool, operation, line, verb, certainty, file, remote, condition } = recorded;
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
