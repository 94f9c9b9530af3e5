import { type Command, parse, type Script } from 'unbash';
import type { Json } from '#model/fact.ts';
import { Symbols } from '../symbols.ts';
import { toolFor } from './all.ts';
import type { AnswerContext, Named, ParsedCall } from './tool.ts';

/** The words of one command line as a shell would hand them over; `⟨x y⟩` is one word. For tests. */
function argvOf(line: string): string[] {
  const script: Script = parse(line.replace(/⟨[^⟩]*⟩/g, (symbol) => symbol.replaceAll(' ', '\u00a0')));
  const command = script.commands[0]?.command as Command;
  return [command.name, ...command.args].flatMap((word) =>
    word && 'value' in word ? [String(word.value).replaceAll('\u00a0', ' ')] : [],
  );
}

export function parsed(line: string): ParsedCall {
  const argv = argvOf(line);
  const tool = toolFor(argv[0] ?? '');
  if (!tool) throw new Error(`no recorder for ${argv[0]}`);
  return tool.parse(argv);
}

/** What a command line names. */
export const namedBy = (line: string): Named[] => toolFor(argvOf(line)[0] ?? '')?.named(parsed(line)) ?? [];

/** {@link namedBy} on one line each: `requires AWS::ECS::Service web @prod`. */
export function says(line: string): string[] {
  const call = parsed(line);
  const verb = toolFor(argvOf(line)[0] ?? '')?.verb(call);
  return namedBy(line).map(
    ({ kind, name, scope, verb: own }) =>
      `${own ?? verb} ${kind} ${name}${scope === undefined ? '' : ` @${scope}`}`,
  );
}

/** A machine with these files, for answers and records. */
export const machine = (files: Record<string, string> = {}, stdin = ''): AnswerContext => ({
  symbols: new Symbols(),
  now: 1_767_225_600,
  stdin,
  readFile: async (path) => files[path.replace(/^\.\//, '')],
});

/** What a command line prints, symbols rendered. */
export async function prints(line: string, context = machine()): Promise<string> {
  const answer = await toolFor(argvOf(line)[0] ?? '')?.answer(parsed(line), context);
  return context.symbols.render(answer ?? '');
}

/** What is recorded of a command line. */
export async function recorded(line: string, context = machine()): Promise<Record<string, Json>> {
  const call = parsed(line);
  return (await toolFor(argvOf(line)[0] ?? '')?.record?.(call, context)) ?? {};
}
