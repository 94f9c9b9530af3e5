import type { Fact, Kind } from '#model/fact.ts';
import { kindOf, resourceId } from '#model/kinds/kinds.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import {
  declaredInDocs,
  declaredInRepo,
  hasPhysicalName,
  infrastructureNotRead,
} from '../../derived/declared.ts';
import { some } from '../../derived/place.ts';

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

const spelling = (name: string): string =>
  `-${name
    .toLowerCase()
    .replace(/\.ya?ml$/, '')
    .replaceAll(/[^a-z0-9]+/g, '-')}-`;

/** A full address of a workflow file: most often of another repository. */
const isLinkElsewhere = ({ kind, evidence }: Fact): boolean =>
  kind === 'GitHub::Actions::Workflow' &&
  /github\.com\/[\w.-]+\/[\w.-]+\/(blob|tree|raw|actions)\//.test(evidence.excerpt ?? '');

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
    fr: 'Vérifier le nom, puis le corriger, le retirer, ou écrire qui le gère en dehors du dépôt.',
    en: 'Check the name, then correct it, remove it, or write who manages it outside the repository.',
  },
  evaluate({ resources, files }) {
    if (infrastructureNotRead(files).length > 0) return notApplicable;
    const deployed = resources.filter(({ kind }) => DEPLOYED.includes(kind));
    // where the repository names nothing of a kind, that kind is deployed from elsewhere
    const inRepo = new Set(deployed.filter((one) => declaredInRepo(one).length > 0).map(({ kind }) => kind));
    const used = deployed.filter((one) => declaredInRepo(one).length > 0);
    // `ses_callback` in a page is `acme-dev-ses-callback` in a workflow: a prefix or an underscore make no other thing
    const isSpeltOtherwise = (one: Resource) =>
      used.some(({ kind, name }) => kind === one.kind && spelling(name).includes(spelling(one.name)));
    const unused = deployed.filter(
      (one) =>
        !isSpeltOtherwise(one) &&
        !one.facts.every(isLinkElsewhere) &&
        inRepo.has(one.kind) &&
        hasPhysicalName(one) &&
        one.facts.every(({ source, sort }) => source === 'docs' && sort === 'declared'),
    );
    return gaps(
      unused.flatMap((one): Gap[] => {
        const places = declaredInDocs(one);
        const evidence = some(places);
        if (!evidence) return [];
        const pages = codes(new Set(places.map(({ file }) => file)), 3);
        const { title } = kindOf(one.kind);
        const name = code(one.name);
        return [
          {
            key: resourceId(one),
            resources: [one.id],
            environments: one.environments,
            title: {
              fr: `${name}\u00a0: ${title.fr} que rien n’utilise`,
              en: `${name}: ${title.en} that nothing uses`,
            },
            message: {
              fr: `Nommé dans ${pages.fr}, et par aucun workflow, script ni fichier de configuration, alors que le dépôt en utilise d’autres du même type.`,
              en: `Named in ${pages.en}, and by no workflow, script or configuration file, while the repository uses others of the same kind.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});
