import type { Domain } from '#model/maturity.ts';
import { backupAndRestore } from './backup-and-restore.ts';
import { organisation } from './organisation.ts';
import { secretRotation } from './secret-rotation.ts';
import { supplyChain } from './supply-chain.ts';

/** The domains of the profile `devops`, in the order of the report. */
export const domains: readonly Domain[] = [backupAndRestore, secretRotation, organisation, supplyChain];
