import type { Report } from '#model/report.ts';
import type { Proof, Step } from './vocabulary.ts';

/** The steps in the order in which they are read, each with its wave: those of one can be done side by side. */
export interface Wave {
  /** From 1. */
  number: number;
  steps: Step[];
}

/** The wave of each step, from 0: one after the last of those that it needs. What a cycle holds stands in its first wave. */
export function waveOf(steps: readonly Step[]): Map<string, number> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const waves = new Map<string, number>();
  const open = new Set<string>();
  const depth = (id: string): number => {
    const known = waves.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return -1;
    open.add(id);
    const needed = (byId.get(id)?.after ?? []).filter((one) => byId.has(one)).map(depth);
    open.delete(id);
    const wave = 1 + Math.max(-1, ...needed);
    waves.set(id, wave);
    return wave;
  };
  for (const { id } of steps) depth(id);
  return waves;
}

/** The steps by wave; inside one, in the order of the plan. */
export function wavesOf(steps: readonly Step[]): Wave[] {
  const waves = waveOf(steps);
  const list: Wave[] = [];
  for (const step of steps) {
    const at = waves.get(step.id) ?? 0;
    list[at] ??= { number: at + 1, steps: [] };
    list[at].steps.push(step);
  }
  return list.filter((wave) => wave !== undefined);
}

/** A step in the drawing: a column for its wave, a row for its chain. */
export interface Slot {
  step: Step;
  column: number;
  row: number;
}

/** Rows of steps that depend on each other; steps of different lanes have nothing to wait for between them. */
export interface Lane {
  rows: number;
  slots: Slot[];
}

/**
 * The steps in lanes. Inside one each row is a chain: a step stands behind the last that it needs where that place is
 * free, else it opens a row. What depends on nothing, and on which nothing depends, shares the last lane.
 */
export function lanesOf(steps: readonly Step[]): Lane[] {
  const waves = waveOf(steps);
  const known = new Set(steps.map(({ id }) => id));
  const lane = new Map(steps.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    while (lane.get(root) !== root) root = lane.get(root) ?? root;
    return root;
  };
  for (const { id, after } of steps)
    for (const one of after) if (known.has(one)) lane.set(rootOf(id), rootOf(one));
  const groups = Map.groupBy(steps, ({ id }) => rootOf(id));
  const single = [...groups.values()].filter(({ length }) => length === 1).flat();
  const chains = [...groups.values()].filter(({ length }) => length > 1);
  const lanes = chains.map((group): Lane => {
    /** The last step of each row. */
    const ends: { id: string; column: number }[] = [];
    const slots = wavesOf(steps)
      .flatMap((wave) => wave.steps)
      .filter((step) => group.includes(step))
      .map((step): Slot => {
        const column = waves.get(step.id) ?? 0;
        const free = ends.flatMap((end, row) =>
          step.after.includes(end.id) && end.column < column ? [{ row, column: end.column }] : [],
        );
        const row = free.sort((a, b) => b.column - a.column)[0]?.row ?? ends.length;
        ends[row] = { id: step.id, column };
        return { step, column, row };
      });
    return { rows: ends.length, slots };
  });
  if (single.length > 0)
    lanes.push({
      rows: single.length,
      slots: single.map((step, row) => ({ step, column: waves.get(step.id) ?? 0, row })),
    });
  return lanes;
}

/** The proofs of a report by where they are read: under their step, at the end of the plan, or as commands to verify. */
export interface ProofPlaces {
  ofSteps: ReadonlyMap<string, Proof>;
  /** Those that can be run and are of no step: they prove the whole. */
  final: readonly Proof[];
  /** The commands that would establish a status. */
  toVerify: readonly Proof[];
}

/** Tells the proofs of a plan from the commands that establish what nobody looked at. */
export function proofPlaces({ plan, proofs }: Pick<Report, 'plan' | 'proofs'>): ProofPlaces {
  const used = new Set(plan.steps.flatMap((step) => step.proofs));
  const free = proofs.filter(({ id }) => !used.has(id));
  const isFinal = ({ check }: Proof) => plan.steps.length > 0 && check !== undefined;
  return {
    ofSteps: new Map(proofs.filter(({ id }) => used.has(id)).map((proof) => [proof.id, proof])),
    final: free.filter(isFinal),
    toVerify: free.filter((proof) => !isFinal(proof)),
  };
}
