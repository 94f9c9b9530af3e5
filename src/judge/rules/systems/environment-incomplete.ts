import type { WorkflowSource } from '#model/artifacts.ts';
import { COMPONENT_NAMES } from '#model/component.ts';
import type { System } from '#model/estate.ts';
import { defineRule, type Gap, gaps, notApplicable, unknown, type Verdict } from '#model/rule.ts';
import { code, codes, type Language, type Text } from '#model/text.ts';
import { infrastructureNotKnown } from '../../derived/declared.ts';
import { type IncompleteEnvironment, incompleteEnvironments } from '../../derived/incomplete-environments.ts';
import { some, titled } from '../../derived/place.ts';

/** A deployment that lacks a part fails the day it is run, or runs and is never reached. */
export const environmentIncomplete = defineRule({
  id: 'environment-incomplete',
  severity: 'medium',
  subject: 'system',
  title: { fr: 'Environnement incomplet', en: 'Incomplete environment' },
  risk: {
    fr: 'L’environnement ne peut pas être mis en service, refait ni repris par un autre à partir de ce qui est écrit.',
    en: 'The environment cannot be put into service, rebuilt or taken over from what is written.',
  },
  remedy: {
    fr: 'Déclarer ou documenter chaque composant manquant, ou écrire que l’environnement n’existe pas.',
    en: 'Declare or document each missing component, or write that the environment does not exist.',
  },
  evaluate(system, estate) {
    if (estate.components.every((row) => row.system !== system.id)) return notApplicable;
    const incomplete = incompleteEnvironments(system, estate);
    const sources = [
      ...infrastructureNotKnown(estate),
      ...workflowsElsewhere(system, estate.artifacts.workflows),
    ];
    // what was not read may declare the rest: nothing is known to be absent
    if (incomplete.length > 0 && sources.length > 0) return notRead(sources);
    return gaps(incomplete.flatMap((one) => gapOf(system, one)));
  },
});

function gapOf(system: System, { environment, absent, elsewhere, ...found }: IncompleteEnvironment): Gap[] {
  const evidence = some(found.evidence);
  if (!evidence) return [];
  const named = environment === 'unspecified' ? '' : `, ${code(environment)}`;
  const names = namesOf(absent);
  const others = namesOf(elsewhere);
  const note =
    elsewhere.length === 0
      ? { fr: '', en: '' }
      : {
          fr: ` D’autres environnements du même système ont : ${others.fr}.`,
          en: ` Other environments of the same system have: ${others.en}.`,
        };
  return [
    {
      key: environment,
      environments: [environment],
      systems: [system.id],
      resources: found.resources,
      // what no environment of the system has may be kept outside the repository on purpose
      ...(elsewhere.length === 0 && { severity: 'low' as const }),
      confidence: elsewhere.length > 0 ? 'high' : 'medium',
      title: titled(`${code(system.title)}${named}`, 'environnement incomplet', 'incomplete environment'),
      message: {
        fr: `Aucun fichier lu ne déclare : ${names.fr}.${note.fr}`,
        en: `No file that was read declares: ${names.en}.${note.en}`,
      },
      evidence,
    },
  ];
}

function notRead(sources: readonly string[]): Verdict {
  const names = codes(sources);
  const several = sources.length > 1;
  return unknown({
    fr: `${names.fr} ${several ? 'ne sont pas lus' : 'n’est pas lu'} en entier : des composants y sont peut-être déclarés`,
    en: `${names.en} ${several ? 'are' : 'is'} not read in full: components may be declared there`,
  });
}

/** Workflows of other repositories that the system's own call: what they deploy stands in no file that was read. */
function workflowsElsewhere(system: System, workflows: readonly WorkflowSource[]): string[] {
  const called = workflows
    .filter(({ file }) => system.workflows.includes(file))
    .flatMap(({ jobs }) => jobs.flatMap(({ uses }) => (uses ? [uses.text] : [])));
  return [...new Set(called.filter((text) => !text.startsWith('./')))].sort();
}

/** Components as people call them, in the order of the table. */
function namesOf(components: readonly string[]): Text {
  const list = (lang: Language) =>
    components.map((component) => (COMPONENT_NAMES[component]?.[lang] ?? component).toLowerCase()).join(', ');
  return { fr: list('fr'), en: list('en') };
}
