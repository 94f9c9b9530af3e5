import { maskSecrets } from '#lib/mask.ts';
import { type ShellCommand, shellCommands } from '#lib/shell-commands.ts';
import type { ScriptRun } from '#model/workflow.ts';
import { Budget } from './budget.ts';
import { LIMITS } from './limits.ts';
import { maskNote } from './mask-arguments.ts';
import type { Repository } from './repository.ts';
import { ROOT } from './repository.ts';
import { reportedCalls } from './run.ts';
import { runScript } from './run-script.ts';
import type { Script } from './script.ts';
import { Session } from './session.ts';
import type { Symbols } from './symbols.ts';
import { isGuardValue } from './variants.ts';

type ReportedCall = ReturnType<typeof reportedCalls>[number];

const ARGUMENT = /^argument (\d)$/;
const VARIABLE = /^\$([A-Za-z_]\w*)$/;

/** With what a script is started: its arguments, and variables of its surroundings. */
interface Start {
  words: readonly string[];
  variables: Readonly<Record<string, string>>;
}

/**
 * A script on its own: rehearsed without arguments, with unknown ones, and with each value that it compares one with,
 * an argument or a variable that it takes from outside. One run for each start that changes what is called.
 */
export async function scriptRuns(
  repository: Repository,
  file: string,
  script: Script,
  reachedFrom: string[],
  whole: Budget,
): Promise<ScriptRun[]> {
  const { symbols } = repository;
  const queue = firstStarts(script, symbols);
  const tried = new Set<string>();
  const runs = new Map<string, ScriptRun>();
  const commands = shellCommands(script.source, { errexit: false }).map(withoutValues);
  const budget = new Budget(LIMITS.scriptUnits, LIMITS.scriptMs, whole);
  for (let start = queue.shift(); start && tried.size < LIMITS.starts; start = queue.shift()) {
    const { words, variables } = start;
    const key = JSON.stringify(start);
    if (tried.has(key) || (tried.size > 0 && budget.isSpent)) continue;
    tried.add(key);
    const run = async (lacking: boolean) => {
      const session = new Session(repository, file);
      session.lacking = lacking;
      await runScript(session, script.source, {
        file,
        line: 1,
        environment: new Map(Object.entries(variables)),
        cwd: ROOT,
        arguments: words,
        run: true,
        budget,
      });
      return session;
    };
    const session = await run(false);
    queue.push(...nextStarts(start, session.compared, symbols));
    const made = reportedCalls(session, '');
    // “look for it, or else create it”: the names of what is created are those of a run that finds nothing
    const calls =
      session.looks && !budget.isSpent ? withCreations(made, reportedCalls(await run(true), '')) : made;
    const same = JSON.stringify(calls);
    if (!runs.has(same))
      runs.set(same, {
        file,
        reachedFrom,
        arguments: [
          ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
          ...words.map((word) => symbols.render(word)),
        ],
        calls: calls.map(({ file: at, ...call }) =>
          at === file ? call : { ...call, ...(at && { file: at }) },
        ),
        notes: [...session.notes].map(maskNote),
        commands,
      });
  }
  return withoutCovered([...runs.values()]);
}

/** The calls of a run, with what a run that finds nothing creates beside them; what that one makes, no other only parses. */
function withCreations(calls: readonly ReportedCall[], lacking: readonly ReportedCall[]): ReportedCall[] {
  const placeOf = ({ file, line, operation }: ReportedCall) => `${file}:${line} ${operation}`;
  const own = new Set(calls.flatMap((call) => (call.certainty === 'rehearsed' ? placeOf(call) : [])));
  const created = lacking.filter(
    (call) => call.certainty === 'rehearsed' && call.verb === 'creates' && !own.has(placeOf(call)),
  );
  const made = new Set(created.map(placeOf));
  return [...calls.filter((call) => !made.has(placeOf(call))), ...created];
}

function firstStarts(script: Script, symbols: Symbols): Start[] {
  const places = [...script.read.keys()].filter((name) => /^[1-9]$/.test(name)).map(Number);
  const takes = Math.max(
    0,
    ...places,
    script.read.has('@') || script.read.has('#') || script.read.has('*') ? 1 : 0,
  );
  const unknown = Array.from({ length: takes }, (_, i) => symbols.of(`argument ${i + 1}`));
  const defaulted = [...script.defaulted].some((name) => /^[1-9]$/.test(name));
  // Without arguments only where that is meant: `s3://shop-$1` would become the false literal `s3://shop-`.
  const all = takes === 0 ? [[]] : defaulted ? [[], unknown] : [unknown];
  return all.map((words) => ({ words, variables: {} }));
}

/** The starts to try next: each literal that an argument or a variable from outside was compared with. */
function nextStarts(
  { words, variables }: Start,
  compared: ReadonlyMap<string, ReadonlySet<string>>,
  symbols: Symbols,
): Start[] {
  return [...compared].flatMap(([name, values]): Start[] => {
    const place = Number(ARGUMENT.exec(name)?.[1] ?? 0);
    const variable = VARIABLE.exec(name)?.[1];
    const chosen = [...values].slice(0, LIMITS.values);
    if (variable !== undefined)
      return chosen
        .filter((value) => value === '' || !isGuardValue(value))
        .map((value) => ({ words, variables: { ...variables, [variable]: value } }));
    if (!place) return [];
    return chosen.map((value) => ({
      variables,
      words:
        value === ''
          ? words.slice(0, place - 1)
          : value.startsWith('-')
            ? [value, symbols.of('argument 2')]
            : words.map((word, i) => (i === place - 1 ? value : word)),
    }));
  });
}

/** What one run only parsed is left out where another really called it; a run that is then empty, too. */
function withoutCovered(runs: ScriptRun[]): ScriptRun[] {
  const made = new Set(
    runs.flatMap(({ calls }) =>
      calls.filter((call) => call.certainty === 'rehearsed').map((call) => `${call.file}:${call.line}`),
    ),
  );
  const kept = runs.map((run) => ({
    ...run,
    calls: run.calls.filter(
      (call) => call.certainty === 'rehearsed' || !made.has(`${call.file}:${call.line}`),
    ),
  }));
  const full = kept.filter((run) => run.calls.length > 0);
  return full.length ? full : kept.slice(0, 1);
}

/** Words that say what a command does; what it is given may be a secret. */
const MOST_WORDS = 6;
const PLAIN_WORD = /^(?:.{0,24}|[\w.-]+(?:\/[\w.-]+)*\.\w{1,4})$/;

const withoutValues = ({ words, ...command }: ShellCommand): ShellCommand => ({
  ...command,
  words: maskSecrets(
    words
      .slice(0, MOST_WORDS)
      .map((word, index) => (index < 2 || PLAIN_WORD.test(word) ? word : '…'))
      .join('\n'),
  ).split('\n'),
});
