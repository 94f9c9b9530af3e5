import type { Resource } from '#model/resource.ts';
import { defineRule, type Gap, gaps, notApplicable, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isSeen, listIn, namesSeen, textIn } from '../../derived/cloudflare.ts';
import { some, titled } from '../../derived/place.ts';

/** What Workers keep data in. */
const STORES: ReadonlySet<string> = new Set([
  'Cloudflare::D1::Database',
  'Cloudflare::KV::Namespace',
  'Cloudflare::R2::Bucket',
]);

/** A Worker that no file knows is reviewed by nobody, and reads what another one keeps. */
export const workerUndeclaredUsesData = defineRule({
  id: 'worker-undeclared-uses-data',
  severity: 'high',
  subject: 'resource',
  kinds: ['Cloudflare::Workers::Script'],
  title: {
    fr: 'Worker que rien ne déclare, lié aux données d’un autre',
    en: 'Worker that nothing declares, bound to the data of another',
  },
  risk: {
    fr: 'Un essai oublié lit ou écrit les données de production sans revue, et reste ouvert quand le Worker déclaré est protégé.',
    en: 'A forgotten trial reads or writes the data of production without review, and stays open where the declared Worker is protected.',
  },
  remedy: {
    fr: 'Retirer ce Worker ou ses liaisons, ou le déclarer dans un dépôt avec la protection qu’il lui faut.',
    en: 'Remove this Worker or its bindings, or declare it in a repository with the protection that it needs.',
  },
  evaluate(script, { resources }) {
    if (script.status !== 'undocumented' || !isSeen(script)) return notApplicable;
    // an account without anything of these files is somebody else's
    const own = resources.filter(
      (one) => STORES.has(one.kind) && one.account === script.account && isDeclaredToo(one),
    );
    if (own.length === 0) return notApplicable;
    const bindings = listIn(script, 'bindings');
    if (!bindings) return unknown({ fr: 'les liaisons n’ont pas été lues', en: 'bindings were not read' });
    const targets = new Set(bindings.flatMap((binding) => textIn(binding, 'to') ?? []));
    const used = own.filter((one) =>
      [...namesSeen(one), one.properties.id].some((name) => typeof name === 'string' && targets.has(name)),
    );
    const evidence = some(script.observed.slice(0, 1));
    if (used.length === 0 || !evidence) return gaps([]);
    const stores = codes(used.map(({ name }) => name));
    const isOpen = script.properties.workersDev === true;
    const found: Gap = {
      ...(!isOpen && { severity: 'medium' }),
      title: titled(
        code(script.name),
        `non déclaré, lié à ${stores.fr}`,
        `undeclared, bound to ${stores.en}`,
      ),
      message: {
        fr: `Aucun fichier lu ne déclare ce Worker, et il est lié à ${stores.fr}, que les fichiers déclarent pour un autre${isOpen ? '\u202f; il répond sur `workers.dev`' : ''}.`,
        en: `No file that was read declares this Worker, and it is bound to ${stores.en}, which the files declare for another${isOpen ? '; it answers on `workers.dev`' : ''}.`,
      },
      resources: [script.id, ...used.map(({ id }) => id)],
      evidence,
    };
    return gaps([found]);
  },
});

const isDeclaredToo = ({ status }: Resource): boolean => status === 'verified' || status === 'drifted';
