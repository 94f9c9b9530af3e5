import type { CollectedEstate } from '#collect/collect.ts';
import type { Estate } from '#model/estate.ts';
import type { Finding } from '#model/finding.ts';
import type { Patch } from '#model/patch.ts';
import type { Proof, Step } from '#model/step.ts';
import type { Text } from '#model/text.ts';
import { keyOfRead } from '#plan/before.ts';
import { type Captured, capturesOf, finish } from '#plan/finish.ts';
import { PlanError } from '#plan/order.ts';
import { patchesOf } from '#plan/patches/patches.ts';
import { draftsOf } from '#plan/plan.ts';

/** The steps that mend an audit's findings. */
export interface Planned {
  steps: Step[];
  proofs: Proof[];
  patches: Patch[];
  /** Why there is no plan. */
  warnings: Text[];
}

/**
 * The plan of what was found, with the present state of all that it changes: read now, once it is known what that is.
 * Where no account was looked at nothing can be captured, and steps say so.
 * @param files the repository's texts as they stand, and the folder in which patches are saved, from its root
 */
export async function planned(
  collected: Pick<CollectedEstate, 'states'>,
  findings: readonly Finding[],
  estate: Estate,
  files: { exact: (file: string) => string | undefined; patchFolder: string },
): Promise<Planned> {
  const { paths, resources, artifacts, hosts } = estate;
  const patches = patchesOf(findings, estate, files.exact);
  try {
    const saved = patches.map((patch) => ({ ...patch, savedAs: `${files.patchFolder}/${patch.id}.patch` }));
    const drafts = draftsOf({ findings, paths, resources, artifacts, hosts, patches: saved });
    const reads = capturesOf(drafts);
    const states = reads.length > 0 ? ((await collected.states(reads)) ?? []) : [];
    const captured: Captured = new Map(
      states.flatMap((state, index) => {
        const read = reads[index];
        return read
          ? [[keyOfRead(read), state.refusal ? { refusal: state.refusal } : { value: state.value ?? null }]]
          : [];
      }),
    );
    return { ...finish(drafts, captured), patches, warnings: [] };
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    // the audit stands without its plan
    const why = error.message;
    return {
      steps: [],
      proofs: [],
      patches,
      warnings: [{ fr: `aucun plan\u00a0: ${why}`, en: `no plan: ${why}` }],
    };
  }
}
