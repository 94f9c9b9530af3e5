import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';
import { deploys, serviceOf } from '../services.ts';

/** A service that is switched off. One that wants tasks and has too few has another cause. */
export const serviceShortOfTasks = defineRemedy({
  for: ['service-short-of-tasks'],
  plan(problem) {
    if (problem.maybeNumber('desired') !== 0) return [];
    const own = serviceOf(problem);
    const declared = problem.resource?.facts
      .filter(({ sort }) => sort === 'declared')
      .map(({ properties }) => properties?.desiredCount)
      .find((count) => typeof count === 'number' && count > 0);
    const known = typeof declared === 'number' ? declared : problem.maybeNumber('expected');
    if (known === undefined) problem.lacks('desiredCount');
    const wanted = known ?? 0;
    return [
      {
        ...deploys(problem, own),
        risk: 'none',
        title:
          known === undefined
            ? say(`Demander des tâches à ${own.name}`, `Ask ${own.name} for tasks`)
            : say(
                `Demander ${wanted} ${wanted > 1 ? 'tâches' : 'tâche'} à ${own.name}`,
                `Ask ${own.name} for ${wanted} ${wanted === 1 ? 'task' : 'tasks'}`,
              ),
        reason: say(
          `Aucune tâche n’est demandée à ${own.name}\u00a0: le service est arrêté.`,
          `No task is asked of ${own.name}: the service is stopped.`,
        ),
        cost: say('le prix des tâches', 'the price of the tasks'),
        changes: [
          {
            write: own.update({ desiredCount: wanted }),
            state: own.describe('services[0].desiredCount'),
            after: wanted,
            undo: own.update({ desiredCount: { $before: '@' } }),
          },
        ],
      },
    ];
  },
});
