import { createLogGroup } from '../log-groups.ts';
import { defineRemedy } from '../remedy.ts';

/** A group that tasks write to and that is not there: they do not start without it. */
export const logGroupMissing = defineRemedy({
  for: ['log-group-missing'],
  plan: (problem) => [
    createLogGroup(problem, problem.text('logGroup'), problem.maybeNumber('retentionInDays')),
  ],
});
