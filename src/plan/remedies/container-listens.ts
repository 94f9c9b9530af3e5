import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { literal } from '../jmespath.ts';
import { defineRemedy } from '../remedy.ts';
import { newRevision } from '../revisions.ts';
import { deploys, serviceOf } from '../services.ts';

/** A variable leads the container to listen where nobody asks: a revision that says where it is asked. */
export const containerListens = defineRemedy({
  for: ['container-listens-elsewhere', 'container-listens-locally'],
  plan(problem) {
    const own = serviceOf(problem);
    const variable = problem.text('variable');
    const container = problem.text('container');
    const value = String(problem.maybe('expected') ?? '');
    const actual = String(problem.maybe('actual') ?? '');
    const at = `containerDefinitions[${problem.number('containerIndex')}]`;
    const place = `/containerDefinitions/${problem.number('containerIndex')}/environment/${problem.number('variableIndex')}`;
    return [
      {
        ...deploys(problem, own),
        title: say(
          `Donner ${code(`${variable}=${value}`)} au conteneur ${code(container)} de ${own.name}`,
          `Give ${code(`${variable}=${value}`)} to the container ${code(container)} of ${own.name}`,
        ),
        reason: say(
          `Avec ${code(`${variable}=${actual}`)}, le conteneur n’écoute pas là où le répartiteur l’interroge. Si le programme ne lit pas cette variable, c’est lui qu’il faut changer.`,
          `With ${code(`${variable}=${actual}`)}, the container does not listen where the load balancer asks it. If the program does not read this variable, it is the program that has to change.`,
        ),
        changes: newRevision(problem, own, {
          query: `taskDefinition.${at}.environment[?name==${literal(variable)}].value | [0]`,
          after: value,
          set: [{ path: `${place}/value`, value }],
          expects: { query: '@', equals: actual },
        }),
      },
    ];
  },
});
