import type { Fact } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';

/** Whether templates or configurations declare it: what they make is there once they were applied. */
export const isOfStack = ({ stackResource, terraform }: Fact): boolean =>
  stackResource !== undefined || terraform !== undefined;

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);

/** The stacks that make it, else the folders of templates and configurations, each with its environments. */
function stacksOf({ facts, environments }: Resource): string[] {
  return facts.flatMap((fact) => {
    if (!isOfStack(fact) || fact.sort !== 'declared' || !('file' in fact.evidence)) return [];
    const stacks = fact.stackResource?.stacks ?? [];
    if (stacks.length > 0) return stacks.map((name) => `stack ${name}`);
    return [`${fact.terraform?.root ?? folderOf(fact.evidence.file)}\n${environments.join(' ')}`];
  });
}

/** What something in the account proves to be applied: a name that is open, or that several have, proves none. */
function provenBy(resource: Resource): string[] {
  if (resource.status !== 'verified' && resource.status !== 'drifted') return [];
  const stacks = new Set(resource.nameStatus === 'template' ? [] : stacksOf(resource));
  return stacks.size === 1 ? [...stacks] : [];
}

/** What of an estate was applied. */
interface Applied {
  /** The stacks and folders of which something is in the account: the rest of them was meant to be there. */
  there: ReadonlySet<string>;
  /** Those that each file makes, by its path. */
  byFile: ReadonlyMap<string, ReadonlySet<string>>;
}

const known = new WeakMap<readonly Resource[], Applied>();

function appliedIn(resources: readonly Resource[]): Applied {
  const before = known.get(resources);
  if (before) return before;
  const byFile = new Map<string, Set<string>>();
  for (const resource of resources)
    for (const fact of resource.facts)
      if (isOfStack(fact) && 'file' in fact.evidence) {
        const { file } = fact.evidence;
        const stacks = byFile.get(file) ?? new Set<string>();
        for (const stack of stacksOf(resource)) stacks.add(stack);
        byFile.set(file, stacks);
      }
  const applied = { there: new Set(resources.flatMap(provenBy)), byFile };
  known.set(resources, applied);
  return applied;
}

/**
 * Nothing but templates and configurations makes or needs it, and none of their stacks and folders was ever applied.
 */
export function isNeverApplied(resource: Resource, resources: readonly Resource[]): boolean {
  const { there, byFile } = appliedIn(resources);
  const needed = resource.facts
    .filter(({ source }) => source !== 'docs')
    .map((fact) => {
      if (isOfStack(fact)) return new Set(stacksOf(resource));
      return fact.through === undefined && 'file' in fact.evidence
        ? byFile.get(fact.evidence.file)
        : undefined;
    });
  if (needed.length === 0 || needed.some((stacks) => stacks === undefined)) return false;
  return !needed.some((stacks) => [...(stacks ?? [])].some((stack) => there.has(stack)));
}
