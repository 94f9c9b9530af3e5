import { defineBlueprint, has } from './blueprint.ts';

const data = [
  'Cloudflare::D1::Database',
  'Cloudflare::KV::Namespace',
  'Cloudflare::R2::Bucket',
  'Cloudflare::Queue',
] as const;

/** A Worker or Pages project. Cloudflare Workers documentation, “Routes and domains”. */
export const cloudflareWorker = defineBlueprint({
  id: 'cloudflare-worker',
  title: { fr: 'Worker sur Cloudflare', en: 'Worker on Cloudflare' },
  applies: (view) => has(view, 'Cloudflare::Workers::Script', 'Cloudflare::Pages::Project'),
  components: [
    {
      name: 'script',
      kinds: ['Cloudflare::Workers::Script', 'Cloudflare::Pages::Project'],
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
      kinds: ['Cloudflare::Workers::Route', 'Cloudflare::DNS::Record', 'Cloudflare::Zone'],
      absent: { fr: 'ni route ni domaine n’est déclaré', en: 'no route or domain is declared' },
    },
    {
      name: 'data',
      kinds: data,
      optional: true,
      absent: { fr: 'aucune base ni file n’est liée', en: 'no database or queue is bound' },
    },
    {
      name: 'secrets',
      kinds: ['Cloudflare::Workers::Secret'],
      optional: true,
      absent: { fr: 'aucun secret n’est nommé', en: 'no secret is named' },
    },
  ],
});
