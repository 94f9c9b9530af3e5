import type { Json } from '#model/fact.ts';
import type { Properties } from './graph.ts';
import { asNumber, asObjects, asText, asTexts, isObject } from './values.ts';

/** Why tasks of a service do not start or do not stay, as its events and its stopped tasks tell. */
export const STOP_REASONS = [
  'image-missing',
  'image-architecture-mismatch',
  'image-pull-failing',
  'secret-unreadable',
  'log-group-missing',
  'health-check',
  'out-of-memory',
  'container-crashing',
  'no-capacity',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/**
 * Words of the agent's and the service's messages. Amazon ECS Developer Guide, “Stopped tasks error messages” and “Service
 * event messages”. The first that fits is the most certain.
 */
const MESSAGES: readonly [pattern: RegExp, reason: StopReason][] = [
  [
    /CannotPull.*(?:manifest unknown|not found|does not exist|no such manifest|ImageNotFound)/is,
    'image-missing',
  ],
  [
    /image Manifest does not contain descriptor matching platform|exec format error/i,
    'image-architecture-mismatch',
  ],
  [
    /CannotPull|pull (?:command failed|image manifest)|failed to (?:pull|resolve) (?:ref|image)/i,
    'image-pull-failing',
  ],
  // the agent reads secrets and signs in to the registry in one go, and says afterwards which of the two failed
  [
    /ResourceInitializationError(?:: unable to pull secrets or registry auth)?:.*(?:registry auth from Amazon ECR|ecr registry auth|api\.ecr\.)/is,
    'image-pull-failing',
  ],
  [/ResourceInitializationError.*(?:secret|ssm|parameter|asm|registry auth)/is, 'secret-unreadable'],
  [/ResourceInitializationError.*(?:log|awslogs|CreateLogStream)/is, 'log-group-missing'],
  [/failed (?:ELB|container) health checks|Task failed (?:ELB|container) health/i, 'health-check'],
  [/OutOfMemory|out of memory/i, 'out-of-memory'],
  [/unable to place a task|RESOURCE:|Capacity is unavailable/i, 'no-capacity'],
  [/Essential container in task exited/i, 'container-crashing'],
];

/** Messages that say that something did not answer in time, or that no way led there. */
const UNREACHABLE =
  /i\/o timeout|context deadline exceeded|dial tcp|request canceled|Client\.Timeout|unable to (?:reach|connect)|no route to host|RequestError: send request failed/i;
/** Messages that say that somebody answered, and refused. */
const REFUSED =
  /AccessDenied|not authorized|access denied|403 Forbidden|no basic auth credentials|pull access denied/i;

export interface Stopped {
  reason: StopReason;
  /** The message, cut. */
  message: string;
  /** How it failed where that is told: the network, or a permission. */
  because?: 'unreachable' | 'refused';
  count: number;
  exitCode?: number;
}

const LONGEST = 160;
/** What of a message is looked at: the patterns are tried at each of its characters. */
const LONGEST_READ = 2_000;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function classified(message: string): StopReason | undefined {
  return MESSAGES.find(([pattern]) => pattern.test(message.slice(0, LONGEST_READ)))?.[1];
}

/** What the stopped tasks and the events of a service tell, each reason once with how often it was seen. */
export function stoppedFor(service: Properties): Stopped[] {
  const tasks = asObjects(service.stoppedTasks);
  const fromTasks = tasks.flatMap((task): Stopped[] => {
    const parts = asObjects(task.containers);
    const exit = parts
      .map(({ exitCode }) => asNumber(exitCode))
      .find((one) => one !== undefined && one !== 0);
    const messages = [asText(task.stoppedReason), ...parts.map(({ reason }) => asText(reason))].filter(
      (one) => one !== undefined,
    );
    // what a container says of itself is more exact than that one ended
    const found = messages
      .map((message) => ({ message, reason: classified(message) }))
      .sort((a, b) => rank(a.reason) - rank(b.reason))[0];
    if (!found?.reason) return [];
    const because = messages.some((message) => UNREACHABLE.test(message))
      ? ('unreachable' as const)
      : messages.some((message) => REFUSED.test(message))
        ? ('refused' as const)
        : undefined;
    return [
      {
        reason:
          found.reason === 'container-crashing' && exit === undefined ? 'container-crashing' : found.reason,
        message: cut(found.message),
        count: 1,
        ...(because && { because }),
        ...(exit !== undefined && { exitCode: exit }),
      },
    ];
  });
  const fromEvents = eventsOf(service.events).flatMap((message): Stopped[] => {
    const reason = classified(message);
    if (!reason || reason === 'container-crashing') return [];
    const because = UNREACHABLE.test(message)
      ? ('unreachable' as const)
      : REFUSED.test(message)
        ? ('refused' as const)
        : undefined;
    return [{ reason, message: cut(message), count: 1, ...(because && { because }) }];
  });
  const merged = new Map<StopReason, Stopped>();
  for (const one of [...fromTasks, ...fromEvents]) {
    const known = merged.get(one.reason);
    merged.set(one.reason, known ? { ...one, ...known, count: known.count + 1 } : one);
  }
  return [...merged.values()].sort((a, b) => rank(a.reason) - rank(b.reason));
}

const rank = (reason: StopReason | undefined): number =>
  reason === undefined ? STOP_REASONS.length : STOP_REASONS.indexOf(reason);

/** Events are texts, or texts with a time. */
const eventsOf = (value: Json | undefined): string[] =>
  Array.isArray(value)
    ? [...asTexts(value), ...value.filter(isObject).flatMap(({ message }) => asText(message) ?? [])]
    : [];
