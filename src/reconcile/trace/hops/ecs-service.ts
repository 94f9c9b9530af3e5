import type { Json, Kind } from '#model/fact.ts';
import type { Check } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code, type Text } from '#model/text.ts';
import { fail, held, pass, say, unknown } from '../checks.ts';
import { type Graph, type Properties, refusedDetail, seenOf } from '../graph.ts';
import type { Absent, Arrival, HopModel, Next, Passage } from '../hop.ts';
import { type Stopped, stoppedFor } from '../stop-reasons.ts';
import { asNumber, asObjects, asText, isObject } from '../values.ts';
import { bindingTo } from './bindings.ts';
import { nearOf } from './listeners.ts';
import { TARGET_GROUP } from './routing.ts';
import { SERVICE } from './target-group.ts';

const TASK_DEFINITION: Kind = 'AWS::ECS::TaskDefinition';

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
const revisionOf = (definition: string | undefined): number | undefined => {
  const revision = Number(/:(\d+)$/.exec(definition ?? '')?.[1]);
  return Number.isInteger(revision) ? revision : undefined;
};

/** Whether a service has all the tasks that it wants, of the revision that it wants. */
export function isSettled(seen: Properties): boolean {
  const [running, desired] = [asNumber(seen.runningCount), asNumber(seen.desiredCount)];
  return (
    running !== undefined &&
    desired !== undefined &&
    running >= desired &&
    desired > 0 &&
    (asText(seen.rolloutState) ?? 'COMPLETED') === 'COMPLETED'
  );
}

/** Services of ECS: their tasks, their deployments, what their tasks stopped for. Amazon ECS API Reference. */
export const ecsServices: HopModel = {
  kinds: [SERVICE],
  role: 'service',
  pass(arrival, graph): Passage {
    const { resource, request } = arrival;
    const seen = seenOf(resource);
    const definition = graph.out(resource, 'uses-task-definition', TASK_DEFINITION)[0];
    const stopped = isSettled(seen) && !hasUnhealthy(graph, resource) ? [] : stoppedFor(seen);
    const values: Record<string, Json> = {
      cluster: resource.scope ?? '',
      service: resource.name,
      ...(resource.region !== undefined && { region: resource.region }),
      taskDefinition: asText(seen.taskDefinition) ?? '',
    };
    const at = { resource, seen, values, stopped };
    const onward = { ...request, port: portOf(arrival) };
    const next: Next[] = definition
      ? [{ resource: definition, request: onward }]
      : unseenDefinition(graph, resource, asText(seen.taskDefinition)).map((absent) => ({
          absent,
          request: onward,
        }));
    if (seen.status === undefined && seen.desiredCount === undefined)
      return {
        checks: [
          unknown(
            'service-short-of-tasks',
            say('service non décrit', 'service not described'),
            refusedDetail(resource),
            {
              resources: [resource.id],
              values,
            },
          ),
        ],
        next,
      };
    return {
      checks: [
        ...activeCheck(at),
        ...taskChecks(at),
        ...revisionChecks(at, definition),
        ...deploymentChecks(at),
        ...graceChecks(at, graph),
        ...stopChecks(at),
      ],
      next,
    };
  },
};

/** The definition that a service runs, where that was not read. */
function unseenDefinition(graph: Graph, service: Resource, name: string | undefined): Absent[] {
  if (name === undefined) return [];
  const text = say(`définition de tâche ${code(name)} non lue`, `task definition ${code(name)} not read`);
  const refusal = graph.unseen(TASK_DEFINITION, nearOf(service));
  return [
    {
      kind: TASK_DEFINITION,
      name: name.replace(/:\d+$/, ''),
      role: 'container',
      status: 'unverified',
      checks: [unknown('container-port-mismatch', text, refusal, { resources: [service.id] })],
    },
  ];
}

interface At {
  resource: Resource;
  seen: Properties;
  values: Record<string, Json>;
  stopped: readonly Stopped[];
}

const partsOf = ({ resource, values }: At, more: Record<string, Json> = {}) => ({
  evidence: resource.observed,
  resources: [resource.id],
  values: { ...values, ...more },
});

const hasUnhealthy = (graph: Graph, service: Resource): boolean =>
  graph
    .out(service, 'registers-in', TARGET_GROUP)
    .some((group) => asObjects(seenOf(group).targets).some(({ state }) => state === 'unhealthy'));

/** The port of the container that the group before it sends to. */
function portOf({ resource, from, request }: Arrival): number {
  return asNumber(bindingTo(resource, from)?.containerPort) ?? request.port;
}

function activeCheck(at: At): Check[] {
  const status = asText(at.seen.status);
  if (status === undefined || status === 'ACTIVE') return [];
  return [
    fail(
      'service-inactive',
      say(`service dans l’état ${code(status)}`, `service in state ${code(status)}`),
      partsOf(at),
    ),
  ];
}

function taskChecks(at: At): Check[] {
  const [running, desired] = [asNumber(at.seen.runningCount), asNumber(at.seen.desiredCount)];
  if (running === undefined || desired === undefined) return [];
  const text = say(
    `${running} ${running > 1 ? 'tâches' : 'tâche'} sur ${desired} ${desired > 1 ? 'demandées' : 'demandée'}`,
    `${running} of ${desired} desired ${desired === 1 ? 'task' : 'tasks'} running`,
  );
  if (desired === 0 && running === 0)
    return [
      fail(
        'service-short-of-tasks',
        say('aucune tâche demandée\u00a0: le service est arrêté', 'no task desired: the service is stopped'),
        partsOf(at, { desired, running }),
      ),
    ];
  return [held('service-short-of-tasks', running >= desired, text, text, partsOf(at, { desired, running }))];
}

/** Revisions: what runs, what is wanted, and what was registered since. */
function revisionChecks(at: At, definition: Resource | undefined): Check[] {
  const wanted = asText(at.seen.taskDefinition);
  const primary = asObjects(at.seen.deployments).find(({ status }) => status === 'PRIMARY');
  const older = asObjects(at.seen.deployments).filter(
    (one) =>
      one.status === 'ACTIVE' &&
      (asNumber(one.running) ?? 0) > 0 &&
      one.taskDefinition !== primary?.taskDefinition,
  );
  const old = older[0] && lastPart(asText(older[0].taskDefinition) ?? '');
  const isStuck = old !== undefined && (asNumber(primary?.running) ?? 0) === 0;
  if (isStuck)
    return [
      fail(
        'service-behind-revision',
        say(
          `${code(old)} tourne encore, ${code(wanted ?? '')} n’a pas démarré`,
          `${code(old)} still runs, ${code(wanted ?? '')} has not started`,
        ),
        partsOf(at, { actual: old, expected: wanted ?? '' }),
      ),
    ];
  // said of the family, which several services may run
  const latest = definition && asNumber(seenOf(definition).latestRevision);
  const own = revisionOf(wanted);
  if (latest === undefined || own === undefined || !definition)
    return wanted === undefined
      ? []
      : [
          pass(
            'service-behind-revision',
            say(`révision ${code(wanted)}`, `revision ${code(wanted)}`),
            partsOf(at),
          ),
        ];
  const text = { fr: `révision ${code(wanted ?? '')}`, en: `revision ${code(wanted ?? '')}` };
  return [
    held(
      'service-behind-revision',
      own >= latest,
      say(`${text.fr}, la dernière`, `${text.en}, the latest`),
      say(
        `${text.fr}, alors que la ${latest} est enregistrée`,
        `${text.en}, although ${latest} is registered`,
      ),
      {
        ...partsOf(at, { latest: `${definition.name}:${latest}`, actual: wanted ?? '' }),
        certainty: 'probable',
      },
    ),
  ];
}

function deploymentChecks(at: At): Check[] {
  const state = asText(at.seen.rolloutState);
  if (state !== 'FAILED') {
    const isGuarded = at.seen.circuitBreaker === true;
    return isGuarded && state === 'COMPLETED'
      ? [pass('deployment-failed', say('déploiement terminé', 'deployment completed'), partsOf(at))]
      : [];
  }
  const why = asText(at.seen.rolloutStateReason);
  const because: Text = why === undefined ? say('', '') : say(`\u00a0: ${code(why)}`, `: ${code(why)}`);
  return [
    fail(
      'deployment-failed',
      say(`déploiement en échec${because.fr}`, `deployment failed${because.en}`),
      partsOf(at),
    ),
  ];
}

/** A health check that counts before the container has started ends tasks that would have been sound. */
function graceChecks(at: At, graph: Graph): Check[] {
  const grace = asNumber(at.seen.healthCheckGracePeriodSeconds);
  const group = graph.out(at.resource, 'registers-in', TARGET_GROUP)[0];
  if (grace === undefined || !group) return [];
  const check = seenOf(group);
  const [interval, threshold] = [
    asNumber(check.healthCheckIntervalSeconds),
    asNumber(check.unhealthyThresholdCount),
  ];
  const definition = graph.out(at.resource, 'uses-task-definition', TASK_DEFINITION)[0];
  const starts = definition ? startPeriodOf(seenOf(definition)) : 0;
  const ended = at.stopped.find(({ reason }) => reason === 'health-check');
  const values = {
    gracePeriod: grace,
    ...(interval !== undefined && threshold !== undefined && { patience: interval * threshold }),
  };
  if (starts > grace)
    return [
      fail(
        'grace-period-short',
        say(
          `délai de grâce de ${grace}\u00a0s, le conteneur met jusqu’à ${starts}\u00a0s à démarrer`,
          `grace period of ${grace} s, the container takes up to ${starts} s to start`,
        ),
        { ...partsOf(at, { ...values, expected: starts }), certainty: 'probable' },
      ),
    ];
  return [
    ended
      ? unknown(
          'grace-period-short',
          say(
            `délai de grâce de ${grace}\u00a0s\u00a0: des tâches ont été arrêtées par le contrôle de santé`,
            `grace period of ${grace} s: tasks were stopped by the health check`,
          ),
          undefined,
          partsOf(at, values),
        )
      : pass(
          'grace-period-short',
          say(`délai de grâce\u00a0: ${grace}\u00a0s`, `grace period: ${grace} s`),
          partsOf(at, values),
        ),
  ];
}

/** The longest time that a container of a definition is given to start, in seconds. */
function startPeriodOf(seen: Properties): number {
  return Math.max(
    0,
    ...asObjects(seen.containers).map(({ healthCheckSettings: check }) =>
      isObject(check) ? (asNumber(check.startPeriod) ?? 0) : 0,
    ),
  );
}

const STOP_TEXTS: Record<Stopped['reason'], { id: string; text: Text }> = {
  'image-missing': {
    id: 'image-pull-failing',
    text: say('l’image demandée n’existe pas', 'the image that is asked for is not there'),
  },
  'image-architecture-mismatch': {
    id: 'image-architecture-mismatch',
    text: say(
      'l’image n’est pas de l’architecture des tâches',
      'the image is not of the tasks’ architecture',
    ),
  },
  'image-pull-failing': {
    id: 'image-pull-failing',
    text: say('l’image ne peut pas être tirée', 'the image cannot be pulled'),
  },
  'secret-unreadable': {
    id: 'secret-unreadable',
    text: say('un secret ne peut pas être lu', 'a secret cannot be read'),
  },
  'log-group-missing': {
    id: 'logs-unwritable',
    text: say('les journaux ne peuvent pas être écrits', 'logs cannot be written'),
  },
  'health-check': {
    id: 'tasks-stopped-by-health-check',
    text: say('des tâches sont arrêtées par le contrôle de santé', 'tasks are stopped by the health check'),
  },
  'out-of-memory': {
    id: 'container-out-of-memory',
    text: say('des conteneurs manquent de mémoire', 'containers run out of memory'),
  },
  'container-crashing': {
    id: 'container-crashing',
    text: say('des conteneurs s’arrêtent d’eux-mêmes', 'containers end by themselves'),
  },
  'no-capacity': {
    id: 'capacity-missing',
    text: say('aucune place pour les tâches', 'no room for the tasks'),
  },
};

/** What the tasks stopped for, where the service is not as it should be. */
function stopChecks(at: At): Check[] {
  const refusal =
    isSettled(at.seen) || Array.isArray(at.seen.stoppedTasks) ? undefined : refusedDetail(at.resource);
  if (at.stopped.length === 0 && refusal)
    return [
      unknown(
        'container-crashing',
        say('ce qui a arrêté les dernières tâches n’a pas été lu', 'what ended the last tasks was not read'),
        refusal,
        partsOf(at),
      ),
    ];
  return at.stopped.map((one) => {
    const { id, text } = STOP_TEXTS[one.reason];
    const { exitCode } = one;
    const [ended, endedEn] =
      exitCode === undefined ? ['', ''] : [`, code de sortie ${exitCode}`, `, exit code ${exitCode}`];
    const shown = code(one.message);
    return fail(id, say(`${text.fr}\u00a0: ${shown}${ended}`, `${text.en}: ${shown}${endedEn}`), {
      ...partsOf(at, {
        reason: one.reason,
        ...(one.because && { because: one.because }),
        ...(one.exitCode !== undefined && { exitCode: one.exitCode }),
      }),
    });
  });
}
