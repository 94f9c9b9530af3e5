import { InputError } from '#lib/input-error.ts';
import type { Step } from '#model/step.ts';

/** Which steps of a plan are taken, and in which order. */
export interface Selection {
  steps: Step[];
  /** Ids of those that nobody asked for, and that others need first. */
  added: string[];
}

/** What of a step its order is made of. */
type Ordered = Pick<Step, 'id' | 'after'>;

/**
 * All steps, each after what it needs, else in the order of the plan.
 * @throws InputError where two steps have one id, a step needs one that is not there, or steps need each other
 */
export function ordered<S extends Ordered>(steps: readonly S[]): S[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  if (byId.size < steps.length) {
    const twice = steps.find((step) => byId.get(step.id) !== step);
    throw new InputError(`the plan has two steps ${twice?.id}: write the report again`);
  }
  const done = new Set<S>();
  const visit = (step: S, way: readonly string[]): void => {
    if (done.has(step)) return;
    if (way.includes(step.id))
      throw new InputError(
        `the steps ${[...way.slice(way.indexOf(step.id)), step.id].join(' → ')} need each other: no order serves them`,
      );
    for (const id of step.after) {
      const needed = byId.get(id);
      if (!needed) throw new InputError(`step ${step.id} needs ${id}, which the plan does not have`);
      visit(needed, [...way, step.id]);
    }
    done.add(step);
  };
  for (const step of steps) visit(step, []);
  return [...done];
}

/**
 * The steps that are asked for, all without any, and those that they need first.
 * @throws InputError as {@link ordered}, and for an id that the plan does not have
 */
export function select(steps: readonly Step[], asked: readonly string[]): Selection {
  const all = ordered(steps);
  if (asked.length === 0) return { steps: all, added: [] };
  const byId = new Map(all.map((step) => [step.id, step]));
  const unknown = asked.find((id) => !byId.has(id));
  if (unknown !== undefined)
    throw new InputError(`${unknown}: no step of this plan; it has ${[...byId.keys()].join(', ') || 'none'}`);
  const taken = new Set<string>();
  const take = (id: string): void => {
    if (taken.has(id)) return;
    taken.add(id);
    for (const needed of byId.get(id)?.after ?? []) take(needed);
  };
  for (const id of asked) take(id);
  return {
    steps: all.filter(({ id }) => taken.has(id)),
    added: all.flatMap(({ id }) => (taken.has(id) && !asked.includes(id) ? [id] : [])),
  };
}
