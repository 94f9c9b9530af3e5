import { kindOf } from '#model/kinds/kinds.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import { isOfHost } from '../../derived/hosts.ts';
import { lastChangesOf } from '../../derived/last-change.ts';
import { some, titled } from '../../derived/place.ts';

/** What the provider makes, and what follows from something declared: the log group of a function, a record of a zone. */
function follows(resource: Resource, declared: ReadonlySet<string>): boolean {
  const seen = resource.facts.find(({ sort }) => sort === 'observed');
  if (seen?.builtIn) return true;
  const group = /^\/aws\/(?:lambda|codebuild|apigateway|rds\/(?:instance|cluster))\/([^/]+)/.exec(
    resource.name,
  )?.[1];
  return group !== undefined && declared.has(group);
}

/** What a host runs and what its engine runs are of one machine. */
const worldOf = ({ kind, provider }: Resource): string => (isOfHost(kind) ? 'host' : provider);

/** Networks and volumes that Compose makes for a project are told with its services. */
const isOfProject = ({ kind, name, properties }: Resource, projects: ReadonlySet<string>): boolean =>
  (kind === 'Docker::Network' || kind === 'Docker::Volume') &&
  ((typeof properties.project === 'string' && projects.has(properties.project)) ||
    [...projects].some((project) => name.startsWith(`${project}_`)));

/** What runs and is written nowhere is rebuilt by nobody, and paid for by everybody. */
export const resourceUndeclared = defineRule({
  id: 'resource-undeclared',
  severity: 'low',
  subject: 'estate',
  title: {
    fr: 'Ressource du compte ou de l’hôte que rien ne déclare',
    en: 'Resource of the account or the host that nothing declares',
  },
  risk: {
    fr: 'Nul fichier ne permet de la reconstruire, et personne ne sait à quoi elle sert ni si elle sert encore.',
    en: 'No file can rebuild it, and nobody knows what it is for or whether it still serves.',
  },
  remedy: {
    fr: 'Déclarer ces ressources, ou supprimer celles qui ne servent plus.',
    en: 'Declare these resources, or delete those that no longer serve.',
  },
  evaluate({ resources, relations, systems }) {
    // an account that holds nothing of what the files declare is somebody else's
    const matched = resources.filter(({ status }) => status === 'verified' || status === 'drifted');
    if (matched.length === 0) return notApplicable;
    const providers = new Set(matched.map(worldOf));
    const projects = new Set(
      resources.flatMap(({ kind, scope, observed }) =>
        kind === 'Compose::Service' && scope !== undefined && observed.length > 0 ? [scope] : [],
      ),
    );
    const declared = new Set(matched.map(({ name }) => name));
    const own = new Set(matched.map(({ id }) => id));
    // what something declared runs with (its target group, its role) is known through it
    const reached = new Set(relations.flatMap(({ from, to }) => (own.has(from) ? [to] : [])));
    // files that declare something without naming it may mean any of its kind
    const unnamed = new Set(
      resources.flatMap(({ nameStatus, observed, kind }) =>
        nameStatus === 'logical' && observed.length === 0 ? [kind] : [],
      ),
    );
    const found = resources.filter(
      (one) =>
        one.status === 'undocumented' &&
        providers.has(worldOf(one)) &&
        !isOfProject(one, projects) &&
        !reached.has(one.id) &&
        !unnamed.has(one.kind) &&
        !follows(one, declared),
    );
    const groups = Map.groupBy(
      found,
      ({ system, kind, account }) =>
        `${system ?? ''}\n${system === undefined ? kindOf(kind).domain : ''}${isOfHost(kind) ? `\n${account ?? ''}` : ''}`,
    );
    return gaps(
      [...groups].flatMap(([key, list]): Gap[] => {
        const evidence = some(list.flatMap(({ observed }) => observed.slice(0, 1)).slice(0, 4));
        if (!evidence) return [];
        const system = systems.find(({ id }) => id === list[0]?.system);
        const about: Text = system
          ? { fr: code(system.title), en: code(system.title) }
          : {
              fr: `Domaine ${code(kindOf(list[0]?.kind ?? 'Host').domain)}`,
              en: `Domain ${code(kindOf(list[0]?.kind ?? 'Host').domain)}`,
            };
        const changes = lastChangesOf(list).slice(0, 4);
        const names = codes(
          list.map(({ name }) => name),
          8,
        );
        const [first] = list;
        const holder =
          first && isOfHost(first.kind)
            ? { fr: `L’hôte ${code(first.account ?? '')} a`, en: `The host ${code(first.account ?? '')} has` }
            : { fr: 'Le compte contient', en: 'The account holds' };
        return [
          {
            key,
            systems: system ? [system.id] : [],
            environments: list.flatMap(({ environments }) => environments),
            resources: list.map(({ id }) => id),
            title: titled(
              about,
              `${list.length} ${list.length > 1 ? 'ressources que rien ne déclare' : 'ressource que rien ne déclare'}`,
              `${list.length} ${list.length > 1 ? 'resources that nothing declares' : 'resource that nothing declares'}`,
            ),
            message: {
              fr: [
                `${holder.fr} ${names.fr}, qu’aucun fichier lu ne nomme.`,
                ...changes.map(({ fr }) => fr),
              ].join(' '),
              en: [
                `${holder.en} ${names.en}, which no file that was read names.`,
                ...changes.map(({ en }) => en),
              ].join(' '),
            },
            evidence,
          },
        ];
      }),
    );
  },
});
