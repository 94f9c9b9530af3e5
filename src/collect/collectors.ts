import type { Collector } from './collector.ts';
import { markdown } from './docs/markdown.ts';
import type { Tree } from './readers/tree.ts';
import { cloudformation } from './repo/cloudformation.ts';
import { compose } from './repo/compose.ts';
import { dockerfile } from './repo/dockerfile.ts';
import { environmentFile } from './repo/environment-file.ts';
import { manifests } from './repo/manifests.ts';
import { samConfig } from './repo/sam-config.ts';
import { scriptReferences } from './repo/script-references.ts';
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

const TERRAFORM = /\.(?:tf|tofu|tfvars)(?:$|\.)|(?:^|\/)terragrunt\.hcl$/i;

/** Every collector for the files of a tree: one that costs more to load is loaded where a file asks for it. */
export async function collectorsFor({ files }: Pick<Tree, 'files'>): Promise<readonly Collector[]> {
  if (!files.some(({ path }) => TERRAFORM.test(path))) return collectors;
  const { terraform } = await import('./repo/terraform.ts');
  return [...collectors, terraform];
}
