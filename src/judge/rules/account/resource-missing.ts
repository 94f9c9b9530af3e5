import type { Estate } from '#model/estate.ts';
import type { Kind } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isNeverApplied, isOfStack } from '../../derived/applied.ts';
import { declaredInRepo } from '../../derived/declared.ts';
import { isOfHost } from '../../derived/hosts.ts';
import { some, titled } from '../../derived/place.ts';

/** What runs on a host for itself: its networks, volumes, services and middlewares are told with it. */
const EXPECTED_ON_HOSTS: ReadonlySet<Kind> = new Set<Kind>([
  'Systemd::Unit',
  'Cron::Job',
  'Compose::Service',
  'Traefik::EntryPoint',
  'Traefik::Router',
  'Nginx::Server',
  'Caddy::Site',
  'HAProxy::Frontend',
]);

const isScript = ({ kind }: Resource) => kind === 'Cloudflare::Workers::Script';

/** What a run makes by itself is not there before its first run, and nothing is wrong with that. */
const isMadeByRuns = ({ facts, id, kind }: Resource, { resources, relations }: Estate) =>
  facts.some((fact) => fact.verb === 'creates' && !isOfStack(fact)) &&
  // on a host it is only said to be missing where something says that it is to be there
  !EXPECTED_ON_HOSTS.has(kind) &&
  // what leads to a Worker is put there with it: where the Worker is, it was
  !relations.some(
    ({ from, to }) =>
      from === id && resources.some((one) => one.id === to && isScript(one) && one.observed.length > 0),
  );

/** A name in a file that the account does not hold: whoever relies on it finds nothing there. */
export const resourceMissing = defineRule({
  id: 'resource-missing',
  severity: 'medium',
  subject: 'resource',
  title: {
    fr: 'Ressource déclarée mais absente du compte ou de l’hôte',
    en: 'Declared resource that the account or the host does not hold',
  },
  risk: {
    fr: 'Ce qui s’appuie sur elle échoue, ou n’a jamais été mis en service.',
    en: 'What relies on it fails, or was never put into service.',
  },
  remedy: {
    fr: 'Créer la ressource, corriger le nom, ou retirer ce qui la nomme.',
    en: 'Create the resource, correct the name, or remove what names it.',
  },
  evaluate(resource, estate) {
    const { resources, relations } = estate;
    if (resource.status !== 'missing') return notApplicable;
    // a tag in a task definition or a script often stands for the one that a deployment puts there
    if (resource.kind === 'Docker::Image') return notApplicable;
    const inRepo = declaredInRepo(resource);
    const evidence = some([...inRepo, ...resource.declared].slice(0, 4));
    if (!evidence || isMadeByRuns(resource, estate) || isNeverApplied(resource, resources))
      return notApplicable;
    // the cluster that is missing says it of all that runs in it
    const holder = resources.find(
      (one) => one.kind === 'AWS::ECS::Cluster' && one.name === resource.scope && one.status === 'missing',
    );
    if (holder) return notApplicable;
    // what is set in a Worker is there once the Worker is
    const script = relations.find(
      ({ from, to, type }) =>
        from === resource.id &&
        type === 'part-of' &&
        resources.some((one) => one.id === to && isScript(one) && one.status === 'missing'),
    );
    if (script) return notApplicable;
    const within = resources.filter(({ status, scope }) => status === 'missing' && scope === resource.name);
    const title = kindOf(resource.kind).title;
    const also = codes(
      within.map(({ name }) => name),
      6,
    );
    const required = resource.facts.some(({ verb, sort }) => verb === 'requires' && sort === 'declared');
    return gaps([
      {
        severity: inRepo.length === 0 ? 'low' : required ? 'high' : 'medium',
        title: titled(
          code(resource.name),
          isOfHost(resource.kind)
            ? `${title.fr} introuvable sur l’hôte`
            : `${title.fr} introuvable dans le compte`,
          isOfHost(resource.kind) ? `${title.en} not on the host` : `${title.en} not in the account`,
        ),
        message: {
          fr: `Des fichiers nomment ${code(resource.name)} (${title.fr}), qui n’existe pas\u00a0: ${resource.reason?.fr ?? ''}.${within.length > 0 ? ` Manque aussi ce qui en dépend\u00a0: ${also.fr}.` : ''}`,
          en: `Files name ${code(resource.name)} (${title.en}), which does not exist: ${resource.reason?.en ?? ''}.${within.length > 0 ? ` What depends on it is not there either: ${also.en}.` : ''}`,
        },
        resources: [resource.id, ...within.map(({ id }) => id)],
        evidence,
      },
    ]);
  },
});
