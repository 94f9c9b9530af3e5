import type { Script } from './script.ts';
import { toolFor } from './tools/all.ts';
import { commandName } from './wrappers.ts';

/** Tools that tell nothing of an estate by themselves. */
const COMMON = new Set(['git', 'node', 'curl', 'wget', 'make', 'pip', 'python']);

/** Whether a script calls, by any name in it, a tool that deploys or reads an estate. */
export const callsTools = (script: Script): boolean =>
  [...script.names].some((name) => {
    const tool = toolFor(commandName(name));
    return tool !== undefined && !COMMON.has(tool.names[0]);
  });
