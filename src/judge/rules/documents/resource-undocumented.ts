import type { Resource } from '#model/resource.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import { declaredInDocs, declaredInRepo, hasPhysicalName } from '../../derived/declared.ts';
import { some, titled } from '../../derived/place.ts';

/** A name that CloudFormation made up, or that the CDK gives to its own stack in every account. */
const GENERATED = /[0-9A-F]{8}-[A-Za-z0-9]{10,14}$|^CDKToolkit$/;

/** What people look for in an emergency, and so what a page should name. Roles and keys follow from them. */
const isWorthAPage = ({ kind, name, provider }: Resource) =>
  (provider === 'aws' || provider === 'cloudflare') &&
  !/^AWS::(IAM|KMS|SSM|SecretsManager|EC2)::|Secret$|Route$/.test(kind) &&
  !GENERATED.test(name);

/** The address that Cloudflare gives to a Worker or a project names it as well. */
const withOwner = (name: string): string[] => {
  const [, owner] = /^([\w-]+)\.(?:[\w-]+\.workers|pages)\.dev$/.exec(name) ?? [];
  return owner === undefined ? [name] : [name, owner];
};

/** What runs and is written nowhere is found again, each time, by whoever is on call. */
export const resourceUndocumented = defineRule({
  id: 'resource-undocumented',
  severity: 'low',
  subject: 'estate',
  title: { fr: 'Ressource utilisée mais non documentée', en: 'Resource used but not documented' },
  risk: {
    fr: 'Qui intervient doit retrouver ces noms dans les workflows, et peut prendre une ressource pour une autre.',
    en: 'Whoever steps in must find these names in the workflows, and can take one resource for another.',
  },
  remedy: {
    fr: 'Ajouter ces noms, par environnement, à la page qui décrit déjà les autres.',
    en: 'Add these names, by environment, to the page that already describes the others.',
  },
  evaluate({ resources, systems, artifacts }) {
    const candidates = resources.filter((one) => isWorthAPage(one) && declaredInRepo(one).length > 0);
    // documents that name no resource at all are not an inventory with holes in it
    const documented = candidates.filter((one) => declaredInDocs(one).length > 0);
    if (documented.length === 0) return notApplicable;
    // a page that names a service names the task definition of the same name with it
    const written = new Set([
      ...resources.flatMap((one) => (declaredInDocs(one).length > 0 ? [one.name.toLowerCase()] : [])),
      // named, if in a way that was not understood: “no document names it” would be false
      ...artifacts.documents.flatMap(({ names = [] }) => names.flatMap(withOwner)),
    ]);
    // a page that lists no log group is no list of log groups with a hole in it
    const listed = new Set(documented.map(({ kind }) => kind));
    const absent = candidates.filter(
      (one) => listed.has(one.kind) && !written.has(one.name.toLowerCase()) && hasPhysicalName(one),
    );
    const bySystem = Map.groupBy(absent, ({ system }) => system ?? '');
    return gaps(
      [...bySystem].flatMap(([id, list]): Gap[] => {
        const evidence = some(list.flatMap((one) => declaredInRepo(one).slice(0, 1)));
        if (!evidence) return [];
        const system = systems.find((one) => one.id === id);
        const owner: Text = system
          ? { fr: code(system.title), en: code(system.title) }
          : { fr: 'Ressources sans système', en: 'Resources of no system' };
        const names = codes(new Set(list.map(({ name }) => name)), 8);
        const pages = codes(
          new Set(documented.flatMap((one) => declaredInDocs(one).map(({ file }) => file))),
          2,
        );
        return [
          {
            key: id,
            systems: system ? [id] : [],
            environments: list.flatMap(({ environments }) => environments),
            resources: list.map((one) => one.id),
            title: titled(owner, 'ressources non documentées', 'resources not documented'),
            message: {
              fr: `Les fichiers du dépôt utilisent ${names.fr}, qu’aucun document ne nomme, alors que ${pages.fr} en nomme d’autres.`,
              en: `Files of the repository use ${names.en}, which no document names, while others are named in ${pages.en}.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});
