import { kindOf } from '#model/kinds/kinds.ts';
import { defineRule, type Gap, gaps, notApplicable, unknown } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isSeen, listIn, textIn } from '../../derived/cloudflare.ts';
import { lostKindOf } from '../../derived/cloudflare-bindings.ts';
import { some, titled } from '../../derived/place.ts';

/** What is deployed reaches for a database that is gone: the first request that needs it fails. */
export const workerBindingDangling = defineRule({
  id: 'worker-binding-dangling',
  severity: 'high',
  subject: 'resource',
  kinds: ['Cloudflare::Workers::Script'],
  title: {
    fr: 'Liaison d’un Worker vers ce qui n’existe pas',
    en: 'Binding of a Worker to what does not exist',
  },
  risk: {
    fr: 'Chaque requête qui en a besoin échoue, et le prochain déploiement peut être refusé.',
    en: 'Every request that needs it fails, and the next deployment may be refused.',
  },
  remedy: {
    fr: 'Créer la ressource et corriger son identifiant dans la configuration, ou retirer la liaison.',
    en: 'Create the resource and correct its id in the configuration, or remove the binding.',
  },
  references: ['https://developers.cloudflare.com/workers/runtime-apis/bindings/'],
  evaluate(script, estate) {
    const bindings = listIn(script, 'bindings');
    const { account } = script;
    if (!isSeen(script) || account === undefined) return notApplicable;
    if (!bindings) return unknown({ fr: 'les liaisons n’ont pas été lues', en: 'bindings were not read' });
    const evidence = some(script.observed.slice(0, 1));
    if (!evidence) return notApplicable;
    return gaps(
      bindings.flatMap((binding): Gap[] => {
        const [type, name, to] = [textIn(binding, 'type'), textIn(binding, 'name'), textIn(binding, 'to')];
        const kind = lostKindOf(binding, account, estate);
        if (!kind || name === undefined || to === undefined) return [];
        const { title } = kindOf(kind);
        return [
          {
            key: `${type} ${name}`,
            title: titled(
              code(script.name),
              `la liaison ${code(name)} ne mène à rien`,
              `binding ${code(name)} leads to nothing`,
            ),
            message: {
              fr: `Le Worker déployé lie ${code(name)} à ${code(to)} (${title.fr}), que le compte ${code(account)} ne contient pas.`,
              en: `The deployed Worker binds ${code(name)} to ${code(to)} (${title.en}), which account ${code(account)} does not hold.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});
