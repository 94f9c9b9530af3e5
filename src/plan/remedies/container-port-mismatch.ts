import type { Json } from '#model/fact.ts';
import { code } from '#model/text.ts';
import { type DraftChange, say } from '../draft.ts';
import { literal } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';
import { newRevision } from '../revisions.ts';
import { deploys, type Service, serviceOf } from '../services.ts';

/**
 * The group sends to a port that the container does not expose. Where it exposes one, the service is led to it, which
 * needs no new revision; else a revision that exposes the port is registered and deployed.
 */
export const containerPortMismatch = defineRemedy({
  for: ['container-port-mismatch'],
  plan(problem) {
    const own = serviceOf(problem);
    const container = problem.text('container');
    const port = problem.number('containerPort');
    const exposed = problem.maybe('actual');
    const [only, ...others] = (Array.isArray(exposed) ? exposed : [exposed]).filter(
      (one) => typeof one === 'number',
    );
    const leads = only !== undefined && others.length === 0;
    return [
      {
        ...deploys(problem, own),
        title: leads
          ? say(
              `Diriger ${own.name} vers le port ${code(only)} du conteneur ${code(container)}`,
              `Lead ${own.name} to port ${code(only)} of the container ${code(container)}`,
            )
          : say(
              `Exposer le port ${code(port)} du conteneur ${code(container)}`,
              `Expose port ${code(port)} of the container ${code(container)}`,
            ),
        reason: say(
          `Le répartiteur envoie les requêtes au port ${code(port)}, que le conteneur ${code(container)} n’expose pas.${leads ? ` L’autre voie serait d’enregistrer une révision qui expose ${code(port)}.` : ''}`,
          `The load balancer sends requests to port ${code(port)}, which the container ${code(container)} does not expose.${leads ? ` The other way would be to register a revision that exposes ${code(port)}.` : ''}`,
        ),
        changes: leads ? [leadTo(own, container, port, only)] : expose(problem, own, port),
      },
    ];
  },
});

const BALANCERS =
  'services[0].loadBalancers[*].{targetGroupArn: targetGroupArn, containerName: containerName, containerPort: containerPort}';

/** The groups in which a service registers are given whole: the others stay as they are. */
function leadTo({ describe, update }: Service, container: string, port: number, to: number): DraftChange {
  const is = `containerName==${literal(container)} && containerPort==\`${port}\``;
  const changed = `[[?!(${is})], [?${is}].{targetGroupArn: targetGroupArn, containerName: containerName, containerPort: \`${to}\`}][]`;
  return {
    write: update({ loadBalancers: { $before: changed } }),
    state: describe(BALANCERS),
    after: { $before: changed },
    undo: update({ loadBalancers: { $before: '@' } }),
  };
}

function expose(problem: Problem, own: Service, port: number): DraftChange[] {
  const index = problem.number('containerIndex');
  const mappings: Json = [{ containerPort: port, protocol: 'tcp' }];
  return newRevision(problem, own, {
    query: `contains(taskDefinition.containerDefinitions[${index}].portMappings[].containerPort, \`${port}\`)`,
    after: true,
    set: [{ path: `/containerDefinitions/${index}/portMappings`, value: mappings }],
  });
}
