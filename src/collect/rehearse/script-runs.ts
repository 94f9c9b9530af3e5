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

const ARGUMENT = /^argument (\d)$/;

/**
 * A script on its own: rehearsed without arguments, with unknown ones, and with each value that it compares one with;
 * only parsed where nothing reaches it. One run for each set of arguments that changes what is called.
 */
export async function scriptRuns(
  repository: Repository,
  file: string,
  script: Script,
  reachedFrom: string[],
  whole: Budget,
): Promise<ScriptRun[]> {
  const { symbols } = repository;
  const places = [...script.read.keys()].filter((name) => /^[1-9]$/.test(name)).map(Number);
  const takes = Math.max(
    0,
    ...places,
    script.read.has('@') || script.read.has('#') || script.read.has('*') ? 1 : 0,
  );
  const unknown = Array.from({ length: takes }, (_, i) => symbols.of(`argument ${i + 1}`));
  const defaulted = [...script.defaulted].some((name) => /^[1-9]$/.test(name));
  // Without arguments only where that is meant: `s3://shop-$1` would become the false literal `s3://shop-`.
  const queue: string[][] = takes === 0 ? [[]] : defaulted ? [[], unknown] : [unknown];
  const tried = new Set<string>();
  const runs = new Map<string, ScriptRun>();
  const budget = new Budget(LIMITS.scriptUnits, LIMITS.scriptMs, whole);
  for (let words = queue.shift(); words && tried.size < LIMITS.forks; words = queue.shift()) {
    const key = JSON.stringify(words);
    if (tried.has(key) || (tried.size > 0 && budget.isSpent)) continue;
    tried.add(key);
    const session = new Session(repository, file);
    await runScript(session, script.source, {
      file,
      line: 1,
      environment: new Map(),
      cwd: ROOT,
      arguments: words,
      run: reachedFrom.length > 0,
      budget,
    });
    for (const [name, values] of session.compared) {
      const place = Number(ARGUMENT.exec(name)?.[1] ?? 0);
      if (!place) continue;
      for (const value of [...values].slice(0, LIMITS.values))
        queue.push(
          value.startsWith('-')
            ? [value, symbols.of('argument 2')]
            : words.map((word, i) => (i === place - 1 ? value : word)),
        );
    }
    const calls = reportedCalls(session, '');
    const same = JSON.stringify(calls);
    if (!runs.has(same))
      runs.set(same, {
        file,
        reachedFrom,
        arguments: words.map((word) => symbols.render(word)),
        calls: calls.map(({ file: at, ...call }) =>
          at === file ? call : { ...call, ...(at && { file: at }) },
        ),
        notes: [...session.notes].map(maskNote),
      });
    if (reachedFrom.length === 0) break;
  }
  return withoutCovered([...runs.values()]);
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
