import type { Json, RelationFact } from '#model/fact.ts';
import { type Answered, objectOf, objectsOf, textOf, textsOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';
import { pagesBindingsIn } from './pages-bindings.ts';

const PROJECTS = '/accounts/{account_id}/pages/projects';

/** Projects, with what of them was deployed last and what is bound to each environment. Cloudflare API, “Pages Project”. */
export const pages = defineCloudflareCollector({
  id: 'pages',
  title: { fr: 'Projets Pages', en: 'Pages projects' },
  kinds: ['Cloudflare::Pages::Project'],
  permissions: { [PROJECTS]: 'Pages Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::Pages::Project'], async () => {
      // more than 10 a page is an error there
      for (const project of await cf.every(PROJECTS, { by: 'page', size: 10 })) {
        const name = textOf(project.name);
        if (name === undefined) continue;
        const configs = objectOf(project.deployment_configs);
        const environments = ['production', 'preview'].flatMap((environment) => {
          const config = objectOf(configs[environment]);
          return Object.keys(config).length > 0 ? [{ environment, ...pagesBindingsIn(config) }] : [];
        });
        cf.see({
          kind: 'Cloudflare::Pages::Project',
          name,
          told: PROJECTS,
          address: `/accounts/${cf.account}/pages/projects/${name}`,
          otherNames: [textOf(project.subdomain)],
          properties: {
            productionBranch: textOf(project.production_branch),
            subdomain: textOf(project.subdomain),
            domains: textsOf(project.domains),
            repository: repositoryOf(objectOf(project.source)),
            deployment: deploymentOf(objectOf(project.canonical_deployment ?? project.latest_deployment)),
            environments: environments.map(
              ({ environment, list, secrets, compatibilityDate }): Json => ({
                environment,
                bindings: list,
                secrets,
                ...(compatibilityDate !== undefined && { compatibilityDate }),
              }),
            ),
          },
          relations: distinct(environments.flatMap(({ relations }) => relations)),
        });
      }
    });
  },
});

const distinct = (relations: readonly RelationFact[]): RelationFact[] => [
  ...new Map(relations.map((one) => [JSON.stringify(one), one])).values(),
];

function repositoryOf({ type, config }: Answered): string | undefined {
  const { owner, repo_name: repository } = objectOf(config);
  const [host, who, what] = [textOf(type), textOf(owner), textOf(repository)];
  return host !== undefined && who !== undefined && what !== undefined ? `${host}:${who}/${what}` : undefined;
}

/** When it was, of which commit, and whether it ended well. */
function deploymentOf(deployment: Answered): Json | undefined {
  const at = textOf(deployment.created_on);
  if (at === undefined) return undefined;
  const trigger = objectOf(deployment.deployment_trigger);
  const metadata = objectOf(trigger.metadata);
  const stage = objectOf(deployment.latest_stage);
  const said = {
    at,
    environment: textOf(deployment.environment),
    triggeredBy: textOf(trigger.type),
    branch: textOf(metadata.branch),
    commit: textOf(metadata.commit_hash),
    stage: textOf(stage.name),
    status: textOf(stage.status),
    aliases: textsOf(deployment.aliases),
    stages: objectsOf(deployment.stages).length || undefined,
  };
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
