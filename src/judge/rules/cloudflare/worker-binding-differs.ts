import type { Estate } from '#model/estate.ts';
import { isDeployedFrom } from '#model/evidence.ts';
import type { Fact, RelationFact } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isSeen, listIn, namesSeen, textIn } from '../../derived/cloudflare.ts';
import { lostKindOf } from '../../derived/cloudflare-bindings.ts';
import { some, titled } from '../../derived/place.ts';

/** What runs is not bound as its configuration says: a database that is lacking, or another one. */
export const workerBindingDiffers = defineRule({
  id: 'worker-binding-differs',
  severity: 'medium',
  subject: 'resource',
  kinds: ['Cloudflare::Workers::Script'],
  title: {
    fr: 'Liaison déployée qui n’est pas celle de la configuration',
    en: 'Deployed binding that is not that of the configuration',
  },
  risk: {
    fr: 'Le code ne trouve pas ce que la configuration lui promet, ou lit et écrit ailleurs.',
    en: 'The code does not find what the configuration promises it, or reads and writes elsewhere.',
  },
  remedy: {
    fr: 'Déployer de nouveau depuis la configuration, ou la corriger si c’est le compte qui a raison.',
    en: 'Deploy again from the configuration, or correct it if the account is right.',
  },
  references: ['https://developers.cloudflare.com/workers/wrangler/configuration/#bindings'],
  evaluate(script, estate) {
    const bindings = listIn(script, 'bindings');
    const configured = script.facts.filter(isConfiguration);
    if (!isSeen(script) || !bindings || configured.length === 0) return notApplicable;
    const evidence = some([
      ...script.observed.slice(0, 1),
      ...configured.map((fact) => fact.evidence).slice(0, 2),
    ]);
    if (!evidence) return notApplicable;
    const names = new Set(configured.flatMap((fact) => usesOf(fact).map(({ as }) => as)));
    return gaps(
      [...names].flatMap((name): Gap[] => {
        // several configurations of one script: only what all of them say is what was meant to be deployed
        const said = configured.map((fact) => usesOf(fact).find(({ as }) => as === name));
        const [first] = said;
        if (name === undefined || !first || said.some((one) => one?.to.name !== first.to.name)) return [];
        const bound = bindings.find((one) => textIn(one, 'name') === name);
        const to = textIn(bound, 'to');
        if (bound && (to === undefined || isSame(first, to, estate) !== false)) return [];
        // where it leads to nothing at all, that is what is wrong with it
        if (bound && script.account !== undefined && lostKindOf(bound, script.account, estate)) return [];
        const target = shownOf(first, estate);
        const wanted = code(target);
        // without an id the deployment makes what is bound, and there is no name for it
        const led = target === name ? { fr: '', en: '' } : { fr: ` à ${wanted}`, en: ` to ${wanted}` };
        return [
          {
            key: name,
            title: titled(
              code(script.name),
              bound ? `${code(name)} mène ailleurs` : `${code(name)} n’est pas liée`,
              bound ? `${code(name)} leads elsewhere` : `${code(name)} is not bound`,
            ),
            message:
              bound && to !== undefined
                ? {
                    fr: `La configuration lie ${code(name)} à ${wanted}\u00a0; le Worker déployé la lie à ${code(to)}.`,
                    en: `The configuration binds ${code(name)} to ${wanted}; the deployed Worker binds it to ${code(to)}.`,
                  }
                : {
                    fr: `La configuration lie ${code(name)}${led.fr}\u00a0; le Worker déployé n’a pas cette liaison.`,
                    en: `The configuration binds ${code(name)}${led.en}; the deployed Worker has no such binding.`,
                  },
            evidence,
          },
        ];
      }),
    );
  },
});

/** The script’s own declaration in a configuration: a command that deploys it says nothing of bindings. */
const isConfiguration = ({ source, sort, properties, relations }: Fact): boolean =>
  isDeployedFrom(source) &&
  sort === 'declared' &&
  (properties?.workersDev !== undefined || relations?.some(({ as }) => as !== undefined) === true);

const usesOf = ({ relations = [] }: Fact): RelationFact[] =>
  relations.filter(({ type, as }) => type === 'uses' && as !== undefined);

/** What files call it; its id where they call it by the binding alone. */
function shownOf({ to, as }: RelationFact, { resources }: Estate): string {
  if (to.name !== as) return to.name;
  const ids = resources.flatMap(({ kind, facts }) =>
    kind === to.kind
      ? facts.flatMap(({ name, sort, otherNames = [] }) =>
          name === to.name && sort !== 'observed' ? otherNames : [],
        )
      : [],
  );
  return ids[0] ?? to.name;
}

/** Whether what the declaration names is what the account has under this name or id; undefined where nobody can tell. */
function isSame({ to }: RelationFact, seen: string, { resources }: Estate): boolean | undefined {
  if (to.name === seen) return true;
  const declared = resources.filter(
    (one) => one.kind === to.kind && one.facts.some(({ name }) => name === to.name),
  );
  const isKnown = (one: Resource) =>
    namesSeen(one).has(seen) || one.facts.some(({ otherNames = [] }) => otherNames.includes(seen));
  if (declared.some(isKnown)) return true;
  // one that has an id in files, or was seen, is known to be another
  return declared.some((one) => isSeen(one) || one.facts.some(({ otherNames = [] }) => otherNames.length > 0))
    ? false
    : undefined;
}
