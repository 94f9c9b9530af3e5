import type { Kind } from '#model/fact.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import {
  declaredInDocs,
  declaredInRepo,
  hasPhysicalName,
  infrastructureNotRead,
} from '../../derived/declared.ts';
import { some, titled } from '../../derived/place.ts';

/** What a repository that deploys such a thing would name. A page may well describe a network that nobody deploys. */
const DEPLOYED: readonly Kind[] = [
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ECR::Repository',
  'AWS::Lambda::Function',
  'GitHub::Actions::Workflow',
  'GitHub::Actions::Secret',
  'Cloudflare::Workers::Script',
  'Cloudflare::Pages::Project',
];

/** The page describes what was, or what was meant: it cannot be told from what is. */
export const documentedResourceUnused = defineRule({
  id: 'documented-resource-unused',
  severity: 'low',
  confidence: 'medium',
  subject: 'estate',
  title: { fr: 'Ressource documentée mais utilisée nulle part', en: 'Resource documented but used nowhere' },
  risk: {
    fr: 'La page décrit peut-être ce qui n’existe plus, ou ce qui n’a jamais été fait, sans qu’on puisse le distinguer du reste.',
    en: 'The page may describe what is gone, or what was never done, and nothing tells it from the rest.',
  },
  remedy: {
    fr: 'Vérifier chaque nom, puis le corriger, le retirer, ou écrire qui le gère en dehors du dépôt.',
    en: 'Check each name, then correct it, remove it, or write who manages it outside the repository.',
  },
  evaluate({ artifacts, resources, files }) {
    if (infrastructureNotRead(files).length > 0) return notApplicable;
    const deployed = resources.filter(({ kind }) => DEPLOYED.includes(kind));
    // where the repository names nothing of a kind, that kind is deployed from elsewhere
    const inRepo = new Set(deployed.filter((one) => declaredInRepo(one).length > 0).map(({ kind }) => kind));
    const unused = deployed.filter(
      (one) =>
        inRepo.has(one.kind) &&
        hasPhysicalName(one) &&
        one.facts.every(({ source, sort }) => source === 'docs' && sort === 'declared'),
    );
    const named = unused.flatMap((one) => declaredInDocs(one).map((place) => ({ ...one, place })));
    const byPage = Map.groupBy(named, ({ place }) => place.file);
    return gaps(
      artifacts.documents.flatMap(({ file }): Gap[] => {
        const list = byPage.get(file) ?? [];
        const evidence = some(list.map(({ place }) => place));
        if (!evidence) return [];
        const names = codes(new Set(list.map(({ name }) => name)));
        return [
          {
            key: file,
            resources: list.map(({ id }) => id),
            environments: list.flatMap(({ environments }) => environments),
            title: titled(code(file), 'ressources utilisées nulle part', 'resources used nowhere'),
            message: {
              fr: `La page nomme ${names.fr}, qu’aucun workflow, script ni fichier de configuration n’utilise, alors que le dépôt en utilise d’autres du même type.`,
              en: `The page names ${names.en}, which no workflow, script or configuration file uses, while the repository uses others of the same kind.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});
