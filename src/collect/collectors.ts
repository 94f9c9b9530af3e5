import type { Collector } from './collector.ts';
import { markdown } from './docs/markdown.ts';
import { cloudformation } from './repo/cloudformation.ts';
import { compose } from './repo/compose.ts';
import { dockerfile } from './repo/dockerfile.ts';
import { environmentFile } from './repo/environment-file.ts';
import { manifests } from './repo/manifests.ts';
import { samConfig } from './repo/sam-config.ts';
import { scriptReferences } from './repo/script-references.ts';
import { taskDefinition } from './repo/task-definition.ts';

/** Every collector of a repository's files. Workflows and scripts are the rehearsal's. */
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
