import type { Estate } from '#model/estate.ts';
import type { Json } from '#model/fact.ts';
import { tasksOf } from '#model/kinds/observed-state.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, gaps, notApplicable, ok, type Verdict } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { failuresAt, severityIn, standingOf } from '../../derived/path-failures.ts';
import { joined, sentence, standingTexts } from '../../derived/path-texts.ts';
import { some, titled } from '../../derived/place.ts';

/** What ECS writes when tasks do not stay up: Amazon ECS Developer Guide, “Service event messages”. */
const STUCK =
  /unable to (?:consistently start tasks|place a task)|failed (?:container|ELB) health checks|deployment failed|is unhealthy/i;

const texts = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.flatMap((one) => (typeof one === 'string' ? [one] : [])) : [];

/** Why the last task stopped, as ECS tells it: its reason, or that of the container that ended. */
function lastStop({ stoppedTasks }: Resource['properties']): string | undefined {
  const [last] = Array.isArray(stoppedTasks) ? stoppedTasks : [];
  if (typeof last !== 'object' || last === null || Array.isArray(last)) return undefined;
  return typeof last.stoppedReason === 'string' ? last.stoppedReason : undefined;
}

const onPaths = ({ paths }: Estate, { id }: Resource) => failuresAt(paths, 'service-short-of-tasks', id);

/** A service that wants no task is sound, unless requests are led to it. */
function stopped(resource: Resource, estate: Estate): Verdict {
  const failures = onPaths(estate, resource);
  const [first] = failures;
  const evidence = some(resource.observed.slice(0, 1));
  if (!first || !evidence) return ok;
  const standing = standingOf(failures);
  return gaps([
    {
      severity: severityIn(standing, 'high'),
      title: titled(
        code(resource.name),
        'arrêté, alors qu’un chemin y mène',
        'stopped, although a path leads to it',
      ),
      message: joined([sentence(first.check.text), ...standingTexts(standing, estate)]),
      evidence,
    },
  ]);
}

/**
 * A service that wants more tasks than run, and that ECS does not bring forward by itself: its deployment has failed, or
 * is over and no task is starting, or its events or stopped tasks say that they do not stay up. One that is being
 * deployed is sound. On a path, what explains it is told.
 */
export const serviceShortOfTasks = defineRule({
  id: 'service-short-of-tasks',
  severity: 'medium',
  subject: 'resource',
  title: { fr: 'Service ECS auquel il manque des tâches', en: 'ECS service short of tasks' },
  risk: {
    fr: 'Le service répond moins, ou ne répond plus.',
    en: 'The service answers less, or no longer answers.',
  },
  remedy: {
    fr: 'Lire les événements du service et la raison d’arrêt de ses tâches, corriger ce qu’ils nomment (image, secret, contrôle de santé, mémoire, réseau), puis redéployer.',
    en: 'Read the events of the service and why its tasks stopped, mend what they name (image, secret, health check, memory, network), then deploy again.',
  },
  evaluate(resource, estate) {
    const tasks = tasksOf(resource);
    if (!tasks) return notApplicable;
    const { running, desired } = tasks;
    if (running >= desired) return desired === 0 ? stopped(resource, estate) : ok;
    const { rolloutState, pendingCount } = resource.properties;
    const event = texts(resource.properties.events).find((text) => STUCK.test(text));
    const stop = lastStop(resource.properties);
    const isStuck = rolloutState === 'FAILED' || (rolloutState === 'COMPLETED' && pendingCount === 0);
    if (!isStuck && event === undefined && stop === undefined) return notApplicable;
    const evidence = some(resource.observed.slice(0, 1));
    if (!evidence) return notApplicable;
    const said = [
      ...(rolloutState === 'FAILED'
        ? [{ fr: 'son déploiement a échoué', en: 'its deployment has failed' }]
        : []),
      ...(stop === undefined
        ? []
        : [{ fr: `dernier arrêt\u00a0: ${code(stop)}`, en: `last stop: ${code(stop)}` }]),
      ...(event === undefined
        ? []
        : [{ fr: `événement\u00a0: ${code(event)}`, en: `event: ${code(event)}` }]),
    ];
    const also = (lang: 'fr' | 'en') =>
      said.map((one) => one[lang]).join(lang === 'fr' ? '\u00a0; ' : '; ') || undefined;
    const standing = standingOf(onPaths(estate, resource));
    return gaps([
      {
        severity: severityIn(standing, running === 0 ? 'high' : 'medium'),
        title: titled(
          code(resource.name),
          `${running} ${running > 1 ? 'tâches' : 'tâche'} sur ${desired}`,
          `${running} of ${desired} ${desired === 1 ? 'task' : 'tasks'} running`,
        ),
        message: joined([
          {
            fr: `Le service veut ${desired} ${desired > 1 ? 'tâches' : 'tâche'} et en a ${running}${also('fr') ? `\u00a0; ${also('fr')}` : ''}.`,
            en: `The service wants ${desired} ${desired === 1 ? 'task' : 'tasks'} and has ${running}${also('en') ? `; ${also('en')}` : ''}.`,
          },
          ...standingTexts(standing, estate),
        ]),
        evidence,
      },
    ]);
  },
});
