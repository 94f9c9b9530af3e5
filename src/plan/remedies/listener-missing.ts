import { createListener } from '../listeners.ts';
import { defineRemedy } from '../remedy.ts';

/** A listener where none is: nothing that exists is changed. */
export const listenerMissing = defineRemedy({
  for: ['listener-missing'],
  plan: (problem) => [createListener(problem, problem.number('port'))],
});
