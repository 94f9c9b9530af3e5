import type { HostState } from '#model/host.ts';
import { note, notUnderstood, refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';

/** `/proc/meminfo`, in kibibytes. proc(5); kernels before 3.14 do not tell `MemAvailable`. */
export function memoryOf(text: string): HostState['memory'] | undefined {
  const of = (name: string): number | undefined => {
    const value = new RegExp(`^${name}:\\s{1,20}(\\d{1,15}) kB`, 'm').exec(text)?.[1];
    return value === undefined ? undefined : Number(value) * 1024;
  };
  const bytes = of('MemTotal');
  const free = of('MemFree');
  const availableBytes =
    of('MemAvailable') ??
    (free === undefined ? undefined : free + (of('Buffers') ?? 0) + (of('Cached') ?? 0));
  if (bytes === undefined || availableBytes === undefined) return undefined;
  const swapBytes = of('SwapTotal') ?? 0;
  return { bytes, availableBytes, swapBytes, swapUsedBytes: swapBytes - (of('SwapFree') ?? 0) };
}

export const memory = defineSection({
  parts: ['memory'],
  round: 1,
  commands: () => [{ id: 'memory', operation: 'cat /proc/meminfo', script: 'cat /proc/meminfo' }],
  read(answers, state) {
    const answer = answers.get('memory');
    if (!answer || refuse(state, 'memory', answer)) return;
    const found = memoryOf(answer.stdout);
    if (found) state.memory = found;
    else note(state, 'memory', notUnderstood(answer));
  },
});
