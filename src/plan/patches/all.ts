import { composePublishesDatabase } from './compose-publishes-database.ts';
import { continuousIntegrationMissing } from './continuous-integration-missing.ts';
import type { PatchRemedy } from './patch.ts';
import { restoreProcedureMissing } from './restore-procedure-missing.ts';
import { secretRotationMissing } from './secret-rotation-missing.ts';
import { securityHeadersMissing } from './security-headers-missing.ts';
import { smokeTestMissing } from './smoke-test-missing.ts';
import { workerEnvironmentIncomplete } from './worker-environment-incomplete.ts';
import { workflowWithoutConcurrency } from './workflow-without-concurrency.ts';

/** Every patch, in the order in which they are shown. */
export const remedies: readonly PatchRemedy[] = [
  composePublishesDatabase,
  workflowWithoutConcurrency,
  workerEnvironmentIncomplete,
  securityHeadersMissing,
  smokeTestMissing,
  continuousIntegrationMissing,
  restoreProcedureMissing,
  secretRotationMissing,
];
