import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';
import { redeploy } from '../services.ts';

/**
 * Targets on another port than the one that the service registers: they are of tasks from before it was changed, and a
 * deployment registers new ones.
 */
export const targetPortMismatch = defineRemedy({
  for: ['target-port-mismatch'],
  plan(problem) {
    const [port, wanted] = [problem.text('port'), problem.text('containerPort')];
    return [
      redeploy(
        problem,
        say(
          `Les cibles sont inscrites sur le port ${code(port)}, le service expose ${code(wanted)}\u00a0: de nouvelles tâches s’inscrivent sur le bon.`,
          `The targets are registered on port ${code(port)}, the service exposes ${code(wanted)}: new tasks register on the right one.`,
        ),
      ),
    ];
  },
});
