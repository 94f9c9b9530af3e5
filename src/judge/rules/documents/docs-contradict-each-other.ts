import type { Statement } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, type Text } from '#model/text.ts';
import { inDocument, some, titled } from '../../derived/place.ts';

/** Properties of which a thing has one. A service may well have several addresses or images. */
const SINGLE: Partial<Record<Statement['property'], { fr: string; en: string }>> = {
  port: { fr: 'le port', en: 'the port' },
  region: { fr: 'la région', en: 'the region' },
  account: { fr: 'le compte', en: 'the account' },
  'health-path': { fr: 'le chemin de contrôle de santé', en: 'the health check path' },
  cluster: { fr: 'le cluster', en: 'the cluster' },
};

const MOST = 8;

/** One of the pages is wrong, and nobody can tell which without asking. */
export const docsContradictEachOther = defineRule({
  id: 'docs-contradict-each-other',
  severity: 'low',
  confidence: 'medium',
  subject: 'estate',
  title: { fr: 'Documents qui se contredisent', en: 'Documents that contradict each other' },
  risk: {
    fr: 'Une des pages est fausse : qui la suit agit sur la mauvaise ressource ou règle la mauvaise valeur.',
    en: 'One of the pages is wrong: whoever follows it acts on the wrong resource or sets the wrong value.',
  },
  remedy: {
    fr: 'Établir la bonne valeur, corriger la page fausse et ne garder qu’un endroit qui la donne.',
    en: 'Establish the right value, correct the wrong page and keep only one place that states it.',
  },
  evaluate({ artifacts }) {
    const current = artifacts.documents.filter(({ report }) => !report);
    const all = current.flatMap(({ file, statements }) => statements.map((one) => ({ ...one, file })));
    const stated = Map.groupBy(all, ({ subject, property }) => `${subject.trim().toLowerCase()} ${property}`);
    const found = [...stated.values()].flatMap((list) => contradictionIn(list) ?? []);
    return gaps(
      [...Map.groupBy(found, ({ first }) => first.property)].flatMap(([property, list]) =>
        gapOf(property, list),
      ),
    );
  },
});

type Stated = Statement & { file: string };
interface Contradiction {
  first: Stated;
  other: Stated;
  places: [Stated, ...Stated[]];
}

function contradictionIn(list: readonly Stated[]): Contradiction | undefined {
  const byFile = Map.groupBy(list, ({ file }) => file);
  // a page that gives two values lists cases, it does not contradict another
  const single = [...byFile.values()].flatMap((page) =>
    new Set(page.map(({ value }) => value)).size === 1 ? page.slice(0, 1) : [],
  );
  const [first, ...others] = single;
  const other = others.find(({ value }) => value !== first?.value);
  if (single.length < byFile.size || !first || !other) return undefined;
  return { first, other, places: [first, ...others] };
}

/** One gap for a property: pages that disagree on the port of one service disagree on those of its neighbours. */
function gapOf(property: Statement['property'], list: readonly Contradiction[]): Gap[] {
  const name = SINGLE[property];
  const places = some(list.flatMap((one) => one.places.map(({ file, line }) => inDocument(file, line))));
  const [one] = list;
  if (!name || !places || !one) return [];
  const says = ({ value, file }: Stated) => `${code(value)} (${code(file)})`;
  const shown = list
    .slice(0, MOST)
    .map(({ first, other }) => `${code(first.subject)} ${code(first.value)} / ${code(other.value)}`)
    .join(', ');
  const left = list.length - MOST;
  const subjects: Text =
    list.length === 1
      ? { fr: code(one.first.subject), en: code(one.first.subject) }
      : { fr: `${list.length} noms`, en: `${list.length} names` };
  return [
    {
      key: property,
      title: titled(
        subjects,
        `les documents ne s’accordent pas sur ${name.fr}`,
        `the documents disagree on ${name.en}`,
      ),
      message:
        list.length === 1
          ? {
              fr: `Pour ${subjects.fr}, ${name.fr} est ${says(one.first)} ou ${says(one.other)} selon la page.`,
              en: `For ${subjects.en}, ${name.en} is ${says(one.first)} or ${says(one.other)} depending on the page.`,
            }
          : {
              fr: `Selon la page, ${name.fr} diffère : ${shown}${left > 0 ? ` et ${left} autre${left > 1 ? 's' : ''}` : ''}.`,
              en: `Depending on the page, ${name.en} differs: ${shown}${left > 0 ? ` and ${left} more` : ''}.`,
            },
      evidence: places,
    },
  ];
}
