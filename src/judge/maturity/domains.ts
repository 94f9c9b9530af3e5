import type { Domain } from '#model/maturity.ts';
import { backupAndRestore } from './backup-and-restore.ts';
import { deliveryAndFeedback } from './delivery-and-feedback.ts';
import { deploymentScripts } from './deployment-scripts.ts';
import { environments } from './environments.ts';
import { observability } from './observability.ts';
import { organisation } from './organisation.ts';
import { rollback } from './rollback.ts';
import { scalingAndCost } from './scaling-and-cost.ts';
import { secretRotation } from './secret-rotation.ts';
import { security } from './security.ts';
import { supplyChain } from './supply-chain.ts';

/** The domains of the profile `devops`, in the order of the report. */
export const domains: readonly Domain[] = [
  deploymentScripts,
  rollback,
  environments,
  security,
  scalingAndCost,
  deliveryAndFeedback,
  backupAndRestore,
  secretRotation,
  organisation,
  observability,
  supplyChain,
];
