import path from 'node:path';
import type { Call, ScriptRun } from '#model/workflow.ts';
import { maskArguments, maskNote } from './mask-arguments.ts';
import { pythonCommands } from './python/commands.ts';
import { Symbols } from './symbols.ts';
import { toolFor } from './tools/all.ts';
import { commandWithin } from './wrappers.ts';

/** Tools whose calls by a program are calls of an estate; what others do there, a shell script would do better. */
const FOLLOWED: ReadonlySet<string> = new Set(['wrangler']);
const LONGEST = 300_000;
const MOST_RUN = 'npm yarn pnpm bun'.split(' ');
const STARTS = new Set(['exec', 'dlx', 'x']);
const ROOT = '/';

/** `pnpm exec wrangler deploy` starts `wrangler deploy`. */
function startedBy(argv: readonly string[]): string[] {
  const [name = '', ...rest] = commandWithin(argv);
  if (!MOST_RUN.includes(name)) return [name, ...rest];
  const at = rest.findIndex((word) => !word.startsWith('-') && !STARTS.has(word));
  return at < 0
    ? [name]
    : commandWithin(rest.slice(at).map((word, index) => (index ? word : word.replace(/@[\w.^~-]+$/, ''))));
}

/**
 * What a Python program of the repository would call, as far as its text says: one run, nothing executed. Undefined
 * where it calls nothing that is followed.
 */
export async function pythonRun(
  file: string,
  text: string,
  reachedFrom: string[],
  read: (file: string) => string | undefined,
): Promise<ScriptRun | undefined> {
  if (text.length > LONGEST) return undefined;
  const calls: Call[] = [];
  for (const { argv, folder, line, isFailureIgnored } of pythonCommands(text, path.posix.join(ROOT, file))) {
    const words = startedBy(argv);
    const tool = toolFor(words[0] ?? '');
    if (!tool || !FOLLOWED.has(tool.names[0])) continue;
    const call = tool.parse(words);
    const given = tool.record
      ? await tool.record(call, {
          symbols: new Symbols(),
          now: 0,
          stdin: '',
          readFile: async (one) => read(path.posix.resolve(ROOT, folder ?? '', one).slice(ROOT.length)),
        })
      : { ...call.options, ...(call.words.length > 0 && { words: call.words }) };
    calls.push({
      tool: call.tool,
      operation: call.operation,
      arguments: maskArguments(given, call.operation),
      line,
      verb: tool.verb(call),
      certainty: 'static',
      ...(isFailureIgnored && { isFailureIgnored }),
    });
  }
  if (calls.length === 0) return undefined;
  return {
    file,
    reachedFrom,
    arguments: [],
    calls,
    notes: [maskNote('a Python program: read, not rehearsed')],
  };
}
