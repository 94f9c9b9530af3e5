import type { Json } from '../fact.ts';
import type { Resource } from '../resource.ts';
import { code, type Text } from '../text.ts';

type Properties = Readonly<Record<string, Json>>;

const SERVICE = 'AWS::ECS::Service';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** Under which property the services tell how a thing is, as their documents spell it; the first one that is there. */
const STATES = ['stackStatus', 'keyState', 'state', 'status'] as const;
/** What is said of everything that works tells nothing. */
const USUAL =
  /^(?:active|available|enabled|deployed|issued|ok|ready|running|in-use|succeeded|(?:create|update|import)_complete)$/i;

const isNumber = (value: Json | undefined): value is number => typeof value === 'number';

/** How many tasks of an ECS service run, of how many; undefined where its description was not read. */
export function tasksOf({ kind, properties }: Pick<Resource, 'kind' | 'properties'>) {
  const { runningCount: running, desiredCount: desired } = properties;
  if (kind !== SERVICE || !isNumber(running) || !isNumber(desired)) return undefined;
  return { running, desired };
}

/** How many targets of a group are healthy, of how many; undefined where its health was not read. */
export function targetsOf({ kind, properties }: Pick<Resource, 'kind' | 'properties'>) {
  const { targets } = properties;
  if (kind !== TARGET_GROUP || !Array.isArray(targets)) return undefined;
  const states = targets.map((target) => (isObject(target) ? String(target.state ?? '') : ''));
  return { healthy: states.filter((state) => state === 'healthy').length, all: states.length };
}

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How something observed is, where that is worth a word: its tasks, its targets, a state that is not the usual one. */
export function observedState(
  resource: Pick<Resource, 'kind' | 'properties' | 'observed'>,
): Text | undefined {
  if (resource.observed.length === 0) return undefined;
  const tasks = tasksOf(resource);
  if (tasks)
    return {
      fr: `${tasks.running} ${tasks.running > 1 ? 'tâches' : 'tâche'} sur ${tasks.desired}`,
      en: `${tasks.running} of ${tasks.desired} ${tasks.desired === 1 ? 'task' : 'tasks'} running`,
    };
  const targets = targetsOf(resource);
  if (targets) return targetsText(targets);
  const state = stateIn(resource.properties);
  return state === undefined || USUAL.test(state)
    ? undefined
    : { fr: `état ${code(state)}`, en: `state ${code(state)}` };
}

const targetsText = ({ healthy, all }: { healthy: number; all: number }): Text =>
  all === 0
    ? { fr: 'aucune cible', en: 'no target' }
    : {
        fr: `${healthy} ${healthy > 1 ? 'cibles saines' : 'cible saine'} sur ${all}`,
        en: `${healthy} of ${all} ${all === 1 ? 'target' : 'targets'} healthy`,
      };

function stateIn(properties: Properties): string | undefined {
  const name = STATES.find((key) => typeof properties[key] === 'string');
  return name === undefined ? undefined : String(properties[name]);
}
