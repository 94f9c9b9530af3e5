import { ciMissing } from './ci-missing.ts';
import { composePublishesDatabase } from './compose-publishes-database.ts';
import { dashboardExposed } from './dashboard-exposed.ts';
import { failureMasked } from './failure-masked.ts';
import type { PatchRemedy } from './patch.ts';
import { restoreProcedureMissing } from './restore-procedure-missing.ts';
import { rollbackUndocumented } from './rollback-undocumented.ts';
import { scriptInjection } from './script-injection.ts';
import { secretRotationMissing } from './secret-rotation-missing.ts';
import { securityHeadersMissing } from './security-headers-missing.ts';
import { smokeTestMissing } from './smoke-test-missing.ts';
import { unitWithoutRestart } from './unit-without-restart.ts';
import { workerEnvironmentIncomplete } from './worker-environment-incomplete.ts';
import { workerObservabilityOff } from './worker-observability-off.ts';
import { workersDevOpenBesideAccess } from './workers-dev-open-beside-access.ts';
import { workflowWithoutConcurrency } from './workflow-without-concurrency.ts';

/** Every patch, in the order in which they are shown. */
export const remedies: readonly PatchRemedy[] = [
  scriptInjection,
  failureMasked,
  composePublishesDatabase,
  dashboardExposed,
  unitWithoutRestart,
  workflowWithoutConcurrency,
  workersDevOpenBesideAccess,
  workerObservabilityOff,
  workerEnvironmentIncomplete,
  securityHeadersMissing,
  smokeTestMissing,
  ciMissing,
  rollbackUndocumented,
  restoreProcedureMissing,
  secretRotationMissing,
];
