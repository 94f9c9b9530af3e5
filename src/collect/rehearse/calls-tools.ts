import { type Found, literal, type Script } from './script.ts';
import { toolFor } from './tools/all.ts';
import { commandName, commandWithin } from './wrappers.ts';

/** Tools that tell nothing of an estate by themselves. */
const COMMON = new Set(['git', 'node', 'curl', 'wget', 'make', 'pip', 'python']);
/** Package managers start a program by its name, `pnpm exec wrangler deploy` or `yarn wrangler deploy`. */
const MANAGERS = new Set(['npm', 'yarn', 'pnpm', 'bun']);
const STARTS = new Set(['exec', 'dlx', 'x']);

function tells(name: string): boolean {
  const tool = toolFor(commandName(name));
  return tool !== undefined && !COMMON.has(tool.names[0]);
}

/** The program that a command starts in the end. */
function started({ name = '', node }: Found): string {
  const words = node.args.map((arg) => (arg.type === 'Word' ? (literal(arg) ?? arg.text) : ''));
  const [inner = '', ...rest] = commandWithin([name, ...words]);
  if (!MANAGERS.has(inner)) return inner;
  return rest.find((word) => !word.startsWith('-') && !STARTS.has(word)) ?? '';
}

/** Whether a script calls, by any name in it, a tool that deploys or reads an estate. */
export const callsTools = (script: Script): boolean =>
  script.names.values().some(tells) || script.commands.some((command) => tells(started(command)));
