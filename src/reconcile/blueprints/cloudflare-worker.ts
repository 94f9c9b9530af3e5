import type { Resource } from '#model/resource.ts';
import { defineBlueprint, has, type SystemView } from './blueprint.ts';

const data = [
  'Cloudflare::D1::Database',
  'Cloudflare::KV::Namespace',
  'Cloudflare::R2::Bucket',
  'Cloudflare::Queue',
  'Cloudflare::DurableObjects::Namespace',
  'Cloudflare::Hyperdrive::Config',
  'Cloudflare::Vectorize::Index',
] as const;

const SCRIPT = 'Cloudflare::Workers::Script';

/** A script that answers on `workers.dev`, or that a schedule, a queue or another script starts, needs no address of its own. */
const isReachedOtherwise = (view: SystemView): boolean =>
  view.own.some(
    ({ id, kind, properties }) =>
      kind === 'Cloudflare::Workers::CronTrigger' ||
      kind === 'Cloudflare::Pages::Project' ||
      (kind === SCRIPT && (properties.workersDev === true || isStarted(id, view))),
  );

const isStarted = (script: string, { relations, reachable }: SystemView): boolean =>
  relations.some(
    ({ from, to, type }) =>
      to === script &&
      (type === 'uses' || reachable.some(({ id, kind }) => id === from && kind === 'Cloudflare::Queue')),
  );

/** The base of a configuration with environments is part of none of them: nobody knows whether it is deployed at all. */
const isOfEnvironments = ({ environments, facts }: Resource, { system }: SystemView): boolean =>
  environments.length > 0 ||
  system.environments.length === 0 ||
  facts.some(({ condition, sort }) => condition === undefined && sort === 'declared');

/** A Worker or Pages project. Cloudflare Workers documentation, “Routes and domains”. */
export const cloudflareWorker = defineBlueprint({
  id: 'cloudflare-worker',
  title: { fr: 'Worker sur Cloudflare', en: 'Worker on Cloudflare' },
  applies: (view) => has(view, SCRIPT, 'Cloudflare::Pages::Project'),
  components: [
    {
      name: 'script',
      kinds: [SCRIPT, 'Cloudflare::Pages::Project'],
      fits: isOfEnvironments,
      absent: { fr: 'aucun Worker n’est déclaré', en: 'no Worker is declared' },
    },
    {
      name: 'workflow',
      kinds: ['GitHub::Actions::Workflow'],
      fits: (resource, view) => view.system.workflows.some((file) => file.endsWith(`/${resource.name}`)),
      absent: {
        fr: 'aucun workflow ne déploie cet environnement',
        en: 'no workflow deploys this environment',
      },
    },
    {
      name: 'route',
      kinds: [
        'Cloudflare::Workers::Domain',
        'Cloudflare::Workers::Route',
        'Cloudflare::DNS::Record',
        'Cloudflare::Zone',
      ],
      fits: isOfEnvironments,
      needlessFor: isReachedOtherwise,
      absent: { fr: 'ni route ni domaine n’est déclaré', en: 'no route or domain is declared' },
    },
    {
      name: 'data',
      kinds: data,
      fits: isOfEnvironments,
      optional: true,
      absent: { fr: 'aucune base ni file n’est liée', en: 'no database or queue is bound' },
    },
    {
      name: 'schedule',
      kinds: ['Cloudflare::Workers::CronTrigger'],
      fits: isOfEnvironments,
      optional: true,
      absent: { fr: 'aucune tâche planifiée', en: 'no schedule' },
    },
    {
      name: 'secrets',
      kinds: ['Cloudflare::Workers::Secret'],
      optional: true,
      absent: { fr: 'aucun secret n’est nommé', en: 'no secret is named' },
    },
  ],
});
