import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';
import { serviceOf } from '../services.ts';

/** Health checks that count before the container has started end tasks that would have been sound. */
export const gracePeriodShort = defineRemedy({
  for: ['grace-period-short'],
  plan(problem) {
    const own = serviceOf(problem);
    const wanted = problem.maybeNumber('expected') ?? problem.number('gracePeriod');
    const state = own.describe('services[0].healthCheckGracePeriodSeconds || `0`');
    return [
      {
        title: say(
          `Donner à ${own.name} un délai de grâce de ${wanted}\u00a0s`,
          `Give ${own.name} a grace period of ${wanted} s`,
        ),
        reason: say(
          `Le conteneur met jusqu’à ${code(wanted)}\u00a0s à démarrer\u00a0: le répartiteur le juge avant.`,
          `The container takes up to ${code(wanted)} s to start: the load balancer judges it before.`,
        ),
        risk: 'none',
        duration: say('aussitôt, pour les prochaines tâches', 'at once, for the next tasks'),
        changes: [
          {
            write: own.update({ healthCheckGracePeriodSeconds: wanted }),
            state,
            after: wanted,
            undo: own.update({ healthCheckGracePeriodSeconds: { $before: '@' } }),
          },
        ],
        proofs: [],
        provides: problem.provided('health'),
        alone: `service ${own.cluster}/${own.service}`,
      },
    ];
  },
});
