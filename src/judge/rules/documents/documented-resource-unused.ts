import type { Document } from '#model/artifacts.ts';
import type { Fact, Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import {
  declaredInDocs,
  declaredInRepo,
  hasPhysicalName,
  infrastructureNotKnown,
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

const spelling = (name: string): string =>
  `-${name
    .toLowerCase()
    .replace(/\.ya?ml$/, '')
    .replaceAll(/[^a-z0-9]+/g, '-')}-`;

/** A full address of a workflow file: most often of another repository. */
const isLinkElsewhere = ({ kind, evidence }: Fact): boolean =>
  kind === 'GitHub::Actions::Workflow' &&
  /github\.com\/[\w.-]+\/[\w.-]+\/(blob|tree|raw|actions)\//.test(evidence.excerpt ?? '');

/** The page gives the workflow's path, and the file is not there: that is told of the page, as of any other path. */
const isAbsentPath = ({ kind, name }: Resource, documents: readonly Document[]): boolean =>
  kind === 'GitHub::Actions::Workflow' &&
  documents.some(({ paths }) => paths.some(({ path, exists }) => !exists && path.endsWith(`/${name}`)));

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
  evaluate(estate) {
    const { resources, artifacts } = estate;
    if (infrastructureNotKnown(estate).length > 0) return notApplicable;
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
        !isAbsentPath(one, artifacts.documents) &&
        inRepo.has(one.kind) &&
        hasPhysicalName(one) &&
        one.facts.every(({ source, sort }) => source === 'docs' && sort === 'declared'),
    );
    return gaps([...Map.groupBy(unused, ({ kind }) => kind)].flatMap(([kind, list]) => gapOf(kind, list)));
  },
});

/** One gap for a kind: a page that is out of date is so for all that it lists. */
function gapOf(kind: Kind, list: readonly Resource[]): Gap[] {
  const places = list.flatMap(declaredInDocs);
  const evidence = some(places);
  const [one] = list;
  if (!evidence || !one) return [];
  const pages = codes(new Set(places.map(({ file }) => file)), 3);
  const { title } = kindOf(kind);
  const names = codes([...new Set(list.map(({ name }) => name))].sort(), 8);
  const several = list.length > 1;
  return [
    {
      key: kind,
      resources: list.map(({ id }) => id),
      environments: list.flatMap(({ environments }) => environments),
      title: several
        ? titled(
            capital(title),
            `${list.length} noms que rien n’utilise`,
            `${list.length} names that nothing uses`,
          )
        : {
            fr: `${code(one.name)}\u00a0: ${title.fr} que rien n’utilise`,
            en: `${code(one.name)}: ${title.en} that nothing uses`,
          },
      message: {
        fr: `${several ? `${names.fr}\u00a0: nommés` : 'Nommé'} dans ${pages.fr}, et par aucun workflow, script ni fichier de configuration, alors que le dépôt en utilise d’autres du même type.`,
        en: `${several ? `${names.en}: named` : 'Named'} in ${pages.en}, and by no workflow, script or configuration file, while the repository uses others of the same kind.`,
      },
      evidence,
    },
  ];
}

const capital = ({ fr, en }: Text): Text => ({
  fr: fr.charAt(0).toUpperCase() + fr.slice(1),
  en: en.charAt(0).toUpperCase() + en.slice(1),
});
