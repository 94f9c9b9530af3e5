import { type ShellCommand, shellCommands } from '#lib/shell-commands.ts';
import type { StepSource } from '#model/artifacts.ts';

const ofStep = new WeakMap<StepSource, ShellCommand[]>();

/** The commands of a step's script, read once; none where another language than a shell's is asked for. */
export function stepCommands(step: StepSource): ShellCommand[] {
  const { run, shell } = step;
  if (!run || (shell && !/^(ba|z|da)?sh\b/.test(shell))) return [];
  const known =
    ofStep.get(step) ?? shellCommands(run.text).map((one) => ({ ...one, line: run.line + one.line }));
  ofStep.set(step, known);
  return known;
}
