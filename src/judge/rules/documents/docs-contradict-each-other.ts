import type { Statement } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { inDocument, titled } from '../../derived/place.ts';

/** Properties of which a thing has one. A service may well have several addresses or images. */
const SINGLE: Partial<Record<Statement['property'], { fr: string; en: string }>> = {
  port: { fr: 'le port', en: 'the port' },
  region: { fr: 'la région', en: 'the region' },
  account: { fr: 'le compte', en: 'the account' },
  'health-path': { fr: 'le chemin de contrôle de santé', en: 'the health check path' },
  cluster: { fr: 'le cluster', en: 'the cluster' },
};

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
    return gaps(
      [...stated].flatMap(([key, list]): Gap[] => {
        const byFile = Map.groupBy(list, ({ file }) => file);
        // a page that gives two values lists cases, it does not contradict another
        const single = [...byFile.values()].flatMap((page) =>
          new Set(page.map(({ value }) => value)).size === 1 ? page.slice(0, 1) : [],
        );
        const [first, ...others] = single;
        const other = others.find(({ value }) => value !== first?.value);
        const property = first && SINGLE[first.property];
        if (single.length < byFile.size || !first || !other || !property) return [];
        const subject = code(first.subject);
        const says = (one: typeof first) => `${code(one.value)} (${code(one.file)})`;
        return [
          {
            key,
            title: titled(
              subject,
              `les documents ne s’accordent pas sur ${property.fr}`,
              `the documents disagree on ${property.en}`,
            ),
            message: {
              fr: `Pour ${subject}, ${property.fr} est ${says(first)} ou ${says(other)} selon la page.`,
              en: `For ${subject}, ${property.en} is ${says(first)} or ${says(other)} depending on the page.`,
            },
            evidence: [
              inDocument(first.file, first.line),
              ...others.map(({ file, line }) => inDocument(file, line)),
            ],
          },
        ];
      }),
    );
  },
});
