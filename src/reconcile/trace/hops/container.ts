import type { Json, Kind } from '#model/fact.ts';
import type { Check } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Properties, refusedDetail, seenOf } from '../graph.ts';
import type { HopModel, HopSide, Passage } from '../hop.ts';
import { imageSide } from '../images.ts';
import { logSide } from '../logs.ts';
import { asNumber, asObjects, asText, asTexts, isObject } from '../values.ts';
import { bindingsOf } from './bindings.ts';
import { TARGET_GROUP } from './routing.ts';
import { SERVICE } from './target-group.ts';

const TASK_DEFINITION: Kind = 'AWS::ECS::TaskDefinition';

/** Addresses on which only the container itself reaches what listens. */
const LOCAL = /^(?:127\.|localhost$|::1$)/i;

/** Variables that say where the container itself listens; those of any other name may be the port of something else. */
const OWN_PORT =
  /^(?:(?:APP|APPLICATION|API|HTTPS?|WEB|SERVER|SERVICE|NODE|LISTEN|LISTENING|BIND|CONTAINER)_)?PORT$/i;

/** Whether every target of the group before a service is well. */
function isAnswered(group: Resource | undefined): boolean {
  const targets = asObjects(group && seenOf(group).targets);
  return targets.length > 0 && targets.every(({ state }) => state === 'healthy');
}

/** Task definitions: the container that answers, its port, its image and where its lines go. */
export const taskDefinitions: HopModel = {
  kinds: [TASK_DEFINITION],
  role: 'container',
  pass(arrival, graph): Passage {
    const { resource, from, request, passed } = arrival;
    const group = passed.findLast(({ kind }) => kind === TARGET_GROUP);
    const seen = seenOf(resource);
    const containers = asObjects(seen.containers);
    if (!Array.isArray(seen.containers))
      return {
        checks: [
          unknown(
            'container-port-mismatch',
            say('définition de tâche non lue', 'task definition not read'),
            refusedDetail(resource),
            { resources: [resource.id] },
          ),
        ],
      };
    const bound = from?.kind === SERVICE ? bindingsOf(from) : [];
    const name =
      asText(bound.find(({ targetGroupArn }) => targetGroupArn === group?.id)?.containerName) ??
      asText(bound[0]?.containerName);
    const container =
      containers.find((one) => one.name === name) ?? (containers.length === 1 ? containers[0] : undefined);
    const values: Record<string, Json> = {
      taskDefinition: `${resource.name}:${asNumber(seen.revision) ?? ''}`,
      ...(resource.region !== undefined && { region: resource.region }),
      ...(from?.kind === SERVICE && { cluster: from.scope ?? '', service: from.name }),
    };
    const side = containers.flatMap((one): HopSide[] => {
      const image = imageSide(graph, resource, one, seen);
      const logs = logSide(graph, resource, one);
      return [...(image ? [image] : []), ...(logs ? [logs] : [])];
    });
    // which container answers, and on which port, is told by the service
    const isUntold = from?.kind === SERVICE && !Array.isArray(seenOf(from).loadBalancers);
    const checks = isUntold
      ? []
      : container
        ? portChecks(
            resource,
            container,
            containers.indexOf(container),
            request.port,
            values,
            isAnswered(group),
          )
        : missingContainer(resource, name, values);
    return { checks, side };
  },
};

function missingContainer(
  resource: Resource,
  name: string | undefined,
  values: Record<string, Json>,
): Check[] {
  if (name === undefined) return [];
  return [
    fail(
      'container-port-mismatch',
      say(`aucun conteneur ${code(name)} dans la définition`, `no container ${code(name)} in the definition`),
      { evidence: resource.observed, resources: [resource.id], values: { ...values, container: name } },
    ),
  ];
}

/** Whether the container takes what the group sends: the port that it exposes, the one its variables say, the address. */
function portChecks(
  resource: Resource,
  container: Properties,
  index: number,
  port: number,
  values: Record<string, Json>,
  isAnswering: boolean,
): Check[] {
  const ports = portsOf(container);
  const listens = isObject(container.listens) ? container.listens : {};
  const shown = code(asText(container.name) ?? '');
  const parts = (more: Record<string, Json>) => ({
    evidence: resource.observed,
    resources: [resource.id],
    values: {
      ...values,
      container: asText(container.name) ?? '',
      containerIndex: index,
      containerPort: port,
      ...more,
    },
  });
  /** Where a variable stands among those of the container. */
  const placeOf = (variable: string) => ({
    variable,
    variableIndex: asTexts(container.variables).indexOf(variable),
  });
  const checks: Check[] = [];
  if (ports.length > 0)
    checks.push(
      held(
        'container-port-mismatch',
        ports.includes(port),
        say(`${shown} expose ${port}`, `${shown} exposes ${port}`),
        say(
          `${shown} expose ${ports.join(', ')}, le groupe envoie à ${port}`,
          `${shown} exposes ${ports.join(', ')}, the group sends to ${port}`,
        ),
        parts({ actual: ports, expected: port }),
      ),
    );
  // targets that are well are answered to: what variables seem to say is something else
  if (isAnswering) return checks;
  const said = Object.entries(listens).filter(([, value]) => typeof value === 'number');
  const own = said.find(([name]) => name === 'PORT') ?? said.filter(([name]) => OWN_PORT.test(name))[0];
  if (own && ports.includes(port))
    checks.push(
      held(
        'container-listens-elsewhere',
        own[1] === port,
        say(`${code(`${own[0]}=${own[1]}`)}`, `${code(`${own[0]}=${own[1]}`)}`),
        say(
          `${code(`${own[0]}=${own[1]}`)}, le groupe envoie à ${port}`,
          `${code(`${own[0]}=${own[1]}`)}, the group sends to ${port}`,
        ),
        // another variable may say where it listens
        { ...parts({ ...placeOf(own[0]), actual: own[1] ?? '', expected: port }), certainty: 'probable' },
      ),
    );
  const local = Object.entries(listens).find(([, value]) => typeof value === 'string' && LOCAL.test(value));
  const address = Object.entries(listens).find(([, value]) => typeof value === 'string');
  if (local)
    checks.push(
      fail(
        'container-listens-locally',
        say(
          `${code(`${local[0]}=${local[1]}`)}\u00a0: seul le conteneur lui-même peut le joindre`,
          `${code(`${local[0]}=${local[1]}`)}: only the container itself can reach it`,
        ),
        { ...parts({ ...placeOf(local[0]), actual: local[1], expected: '0.0.0.0' }), certainty: 'probable' },
      ),
    );
  else if (address)
    checks.push(
      pass(
        'container-listens-locally',
        say(code(`${address[0]}=${address[1]}`), code(`${address[0]}=${address[1]}`)),
        parts({}),
      ),
    );
  return checks;
}

/** The ports that a container exposes. */
const portsOf = (container: Properties): number[] =>
  Array.isArray(container.ports) ? container.ports.flatMap((one) => asNumber(one) ?? []) : [];
