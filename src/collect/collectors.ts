import type { Collector } from './collector.ts';
import { markdown } from './docs/markdown.ts';
import type { Tree } from './readers/tree.ts';
import { cloudformation } from './repo/cloudformation.ts';
import { compose } from './repo/compose.ts';
import { dockerfile } from './repo/dockerfile.ts';
import { environmentFile } from './repo/environment-file.ts';
import { manifests } from './repo/manifests.ts';
import { mappings } from './repo/mappings.ts';
import { migrations } from './repo/migrations.ts';
import { operationSigns } from './repo/operation-signs.ts';
import { practices } from './repo/practices.ts';
import { samConfig } from './repo/sam-config.ts';
import { scriptCopies } from './repo/script-copies.ts';
import { scriptReferences } from './repo/script-references.ts';
import { scriptTraits } from './repo/script-traits.ts';
import { taskDefinition } from './repo/task-definition.ts';

/** Collectors of a repository's files that every audit loads. Workflows and scripts are the rehearsal's. */
export const collectors: readonly Collector[] = [
  dockerfile,
  compose,
  taskDefinition,
  cloudformation,
  samConfig,
  environmentFile,
  manifests,
  scriptReferences,
  markdown,
];

/** Files beside which a script may wipe a database of Cloudflare: whether it asks first is then looked at. */
const MAY_WIPE = /wrangler|\.sql$/i;

/** What files say of how an estate is cared for: read where the questions of a profile are asked. */
const ofOperations: readonly Collector[] = [scriptCopies, practices, mappings, migrations, operationSigns];

/** Collectors that cost more to load, each loaded where a path may be one that it reads, in use or not. */
const onDemand: readonly { path: RegExp; load: (given: ReadonlySet<string>) => Promise<Collector> }[] = [
  {
    path: /\.(?:tf|tofu|tfvars)|terragrunt\.hcl/i,
    load: async () => (await import('./repo/terraform.ts')).terraform,
  },
  {
    path: /\.tfstate/i,
    load: async (given) => (await import('./repo/terraform-state.ts')).terraformState(given),
  },
  { path: /cdk[^/]{0,40}\.json/i, load: async () => (await import('./repo/cdk.ts')).cdk },
  {
    path: /wrangler[^/]{0,80}\.(?:toml|jsonc?)/i,
    load: async () => (await import('./repo/wrangler.ts')).wrangler,
  },
  {
    path: /(?:^|\/)_(?:headers|redirects)$/i,
    load: async () => (await import('./repo/static-rules.ts')).staticRules,
  },
  {
    path: /serverless[^/]{0,40}\.(?:ya?ml|json)/i,
    load: async () => (await import('./repo/serverless.ts')).serverless,
  },
  // a dynamic file may bear any name, and labels stand in any compose file: the text tells
  { path: /\.(?:ya?ml|toml|service)/i, load: async () => (await import('./repo/traefik.ts')).traefik },
  {
    path: /nginx|sites-(?:available|enabled)\/|conf\.d\/|\.conf(?:\.|$)/i,
    load: async () => (await import('./repo/nginx.ts')).nginx,
  },
  {
    path: /\.(?:service|timer|socket|target|path|mount|automount|slice|swap|container|network|volume|pod|kube|image|build)(?:$|\.)/i,
    load: async () => (await import('./repo/systemd.ts')).systemd,
  },
  { path: /cron/i, load: async () => (await import('./repo/cron.ts')).cron },
  {
    path: /\.(?:sh|bash|zsh)(?:\.\w{1,6})?$|(?:docker|container|make|vagrant)file|user[-_]?data|^\.github\/workflows\//i,
    load: async () => (await import('./repo/installs.ts')).installs,
  },
  {
    path: /caddy[^/]{0,60}$/i,
    load: async () => (await import('./repo/caddy.ts')).caddy,
  },
  {
    path: /haproxy[^/]{0,80}\.cfg|(?:^|\/)haproxy\/[^/]{0,200}\.cfg/i,
    load: async () => (await import('./repo/haproxy.ts')).haproxy,
  },
];

/**
 * Every collector for the files of a tree. States that the user gave are read by themselves.
 * @param asksOperations the questions of a profile are asked
 */
export async function collectorsFor(
  { files }: Pick<Tree, 'files'>,
  given: ReadonlySet<string> = new Set(),
  asksOperations = true,
): Promise<readonly Collector[]> {
  const asked = onDemand.filter(({ path }) => files.some((file) => path.test(file.path)));
  const mayWipe = asksOperations || files.some(({ path }) => MAY_WIPE.test(path));
  return [
    ...collectors,
    ...(mayWipe ? [scriptTraits] : []),
    ...(asksOperations ? ofOperations : []),
    ...(await Promise.all(asked.map(({ load }) => load(given)))),
  ];
}
