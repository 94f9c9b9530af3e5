import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';
import { redeploy, serviceOf } from '../services.ts';

/** Tasks that did not start are tried again, after what kept their image, their secrets or their logs from them is mended. */
export const imagePullFailing = defineRemedy({
  for: ['image-pull-failing', 'logs-unwritable'],
  plan(problem) {
    const { name } = serviceOf(problem);
    return [
      redeploy(
        problem,
        say(
          `Des tâches de ${name} n’ont pas démarré. Une fois la cause levée, ECS les relance de lui-même, mais après un délai qui s’allonge, et plus du tout si le disjoncteur a joué.`,
          `Tasks of ${name} have not started. Once the cause is mended, ECS starts them again by itself, but after a delay that grows, and not at all where the circuit breaker has tripped.`,
        ),
      ),
    ];
  },
});
