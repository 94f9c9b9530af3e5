import type { Resource } from '#model/resource.ts';
import { defineBlueprint, has, reaches } from './blueprint.ts';

/** What a distribution or a product brings, and the container of a service of Compose, make no row of their own. */
const isNews = ({ properties }: Resource): boolean => properties.builtIn !== true;

/** Something that a host runs under systemd or Docker, reached by ssh. */
export const hostService = defineBlueprint({
  id: 'host-service',
  title: { fr: 'Service sur un hôte', en: 'Service on a host' },
  applies: (view) =>
    reaches(view, 'Host') &&
    has(view, 'Compose::Service', 'Systemd::Unit', 'Docker::Container', 'Docker::Image'),
  components: [
    {
      name: 'host',
      kinds: ['Host'],
      shared: true,
      absent: { fr: 'aucun hôte n’est nommé', en: 'no host is named' },
    },
    {
      name: 'service',
      kinds: ['Compose::Service', 'Systemd::Unit', 'Docker::Container'],
      fits: isNews,
      absent: { fr: 'ni service ni unité n’est déclaré', en: 'no service or unit is declared' },
    },
    {
      name: 'workflow',
      kinds: ['GitHub::Actions::Workflow'],
      fits: (resource, view) => view.system.workflows.some((file) => file.endsWith(`/${resource.name}`)),
      absent: { fr: 'aucun workflow ne déploie sur cet hôte', en: 'no workflow deploys to this host' },
    },
    {
      name: 'reverse proxy',
      kinds: ['Nginx::Server', 'Traefik::Router'],
      fits: isNews,
      optional: true,
      absent: { fr: 'aucun serveur mandataire n’est déclaré', en: 'no reverse proxy is declared' },
    },
    {
      name: 'domain',
      kinds: ['AWS::Route53::RecordSet', 'Cloudflare::DNS::Record'],
      absent: { fr: 'aucun nom de domaine n’est déclaré', en: 'no domain name is declared' },
    },
  ],
});
