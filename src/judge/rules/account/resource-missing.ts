import type { Fact } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { declaredInRepo } from '../../derived/declared.ts';
import { some, titled } from '../../derived/place.ts';

/** Whether templates or configurations declare it: what they make is there once they were applied. */
const isOfStack = ({ stackResource, terraform }: Fact): boolean =>
  stackResource !== undefined || terraform !== undefined;

/** What a run makes by itself is not there before its first run, and nothing is wrong with that. */
const isMadeByRuns = ({ facts }: Resource) =>
  facts.some((fact) => fact.verb === 'creates' && !isOfStack(fact));

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
function isNeverApplied(resource: Resource, resources: readonly Resource[]): boolean {
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

/** A name in a file that the account does not hold: whoever relies on it finds nothing there. */
export const resourceMissing = defineRule({
  id: 'resource-missing',
  severity: 'medium',
  subject: 'resource',
  title: {
    fr: 'Ressource déclarée mais absente du compte',
    en: 'Declared resource that the account does not hold',
  },
  risk: {
    fr: 'Ce qui s’appuie sur elle échoue, ou n’a jamais été mis en service.',
    en: 'What relies on it fails, or was never put into service.',
  },
  remedy: {
    fr: 'Créer la ressource, corriger le nom, ou retirer ce qui la nomme.',
    en: 'Create the resource, correct the name, or remove what names it.',
  },
  evaluate(resource, { resources }) {
    if (resource.status !== 'missing') return notApplicable;
    // a tag in a task definition or a script often stands for the one that a deployment puts there
    if (resource.kind === 'Docker::Image') return notApplicable;
    const inRepo = declaredInRepo(resource);
    const evidence = some([...inRepo, ...resource.declared].slice(0, 4));
    if (!evidence || isMadeByRuns(resource) || isNeverApplied(resource, resources)) return notApplicable;
    // the cluster that is missing says it of all that runs in it
    const holder = resources.find(
      (one) => one.kind === 'AWS::ECS::Cluster' && one.name === resource.scope && one.status === 'missing',
    );
    if (holder) return notApplicable;
    const within = resources.filter(({ status, scope }) => status === 'missing' && scope === resource.name);
    const title = kindOf(resource.kind).title;
    const also = codes(
      within.map(({ name }) => name),
      6,
    );
    const required = resource.facts.some(({ verb, sort }) => verb === 'requires' && sort === 'declared');
    return gaps([
      {
        severity: inRepo.length === 0 ? 'low' : required ? 'high' : 'medium',
        title: titled(
          code(resource.name),
          `${title.fr} introuvable dans le compte`,
          `${title.en} not in the account`,
        ),
        message: {
          fr: `Des fichiers nomment ${code(resource.name)} (${title.fr}), qui n’existe pas\u00a0: ${resource.reason?.fr ?? ''}.${within.length > 0 ? ` Manque aussi ce qui en dépend\u00a0: ${also.fr}.` : ''}`,
          en: `Files name ${code(resource.name)} (${title.en}), which does not exist: ${resource.reason?.en ?? ''}.${within.length > 0 ? ` What depends on it is not there either: ${also.en}.` : ''}`,
        },
        resources: [resource.id, ...within.map(({ id }) => id)],
        evidence,
      },
    ]);
  },
});
