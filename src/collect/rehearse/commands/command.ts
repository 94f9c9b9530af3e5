import type { ExecResult, ResolvedCommandContext } from 'just-bash';
import type { Machine } from '../machine.ts';

export type CommandContext = ResolvedCommandContext;

/** A command of the simulated machine: what it prints, given its words. */
export type Run = (
  args: string[],
  context: CommandContext,
  machine: Machine,
) => ExecResult | Promise<ExecResult>;

/** Commands by name. */
export type CommandTable = Record<string, Run>;

/** A command that went well and printed this. */
export const printed = (stdout = '', exitCode = 0): ExecResult => ({ stdout, stderr: '', exitCode });

/** A line of output; nothing for an empty one. */
export const line = (text: string): ExecResult =>
  printed(text === '' || text.endsWith('\n') ? text : `${text}\n`);
