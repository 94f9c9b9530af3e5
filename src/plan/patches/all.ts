import { composePublishesDatabase } from './compose-publishes-database.ts';
import type { PatchRemedy } from './patch.ts';
import { workflowWithoutConcurrency } from './workflow-without-concurrency.ts';

/** Every patch, in the order in which they are shown. */
export const remedies: readonly PatchRemedy[] = [composePublishesDatabase, workflowWithoutConcurrency];
