import type { Estate } from '#model/estate.ts';
import type { Resource } from '#model/resource.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isSeen } from '../../derived/cloudflare.ts';
import { some, titled } from '../../derived/place.ts';

/** Access guards the Worker's domain, and the same Worker answers on `workers.dev`, which it does not guard. */
export const workerPublicBesideAccess = defineRule({
  id: 'worker-public-beside-access',
  severity: 'medium',
  subject: 'resource',
  kinds: ['Cloudflare::Workers::Script'],
  title: {
    fr: 'Worker joignable sur `workers.dev` à côté d’Access',
    en: 'Worker reachable on `workers.dev` beside Access',
  },
  risk: {
    fr: 'Qui connaît l’adresse `workers.dev` atteint le Worker sans passer par Access.',
    en: 'Whoever knows the `workers.dev` address reaches the Worker without passing Access.',
  },
  remedy: {
    fr: 'Fermer `workers.dev` et les adresses d’aperçu du Worker, ou les placer aussi derrière Access.',
    en: 'Close `workers.dev` and the preview addresses of the Worker, or put them behind Access as well.',
  },
  references: [
    'https://developers.cloudflare.com/workers/configuration/routing/workers-dev/#manage-access-to-workersdev',
  ],
  evaluate(script, estate) {
    const { workersDev, previewUrls } = script.properties;
    const evidence = some(script.observed.slice(0, 1));
    if (!isSeen(script) || !evidence) return notApplicable;
    const seen = script.facts.find(({ sort }) => sort === 'observed')?.properties ?? {};
    if (seen.workersDev !== true && seen.previewUrls !== true) return notApplicable;
    // where files say that it is open, it is a fault of theirs, and told there
    if (isDeclaredOpen(script, estate)) return notApplicable;
    const guards = guardsOf(script, estate);
    if (guards.length === 0 || isGuardedItself(script, estate)) return notApplicable;
    const hosts = codes(guards.map(({ host }) => host));
    const what = [
      ...(workersDev === true ? ['workers.dev'] : []),
      ...(previewUrls === true ? ['preview_urls'] : []),
    ];
    return gaps([
      {
        title: titled(
          code(script.name),
          '`workers.dev` ouvert à côté d’Access',
          '`workers.dev` open beside Access',
        ),
        message: {
          fr: `Access protège ${hosts.fr}, et le même Worker répond aussi hors de ce nom (${codes(what).fr}).`,
          en: `Access guards ${hosts.en}, and the same Worker also answers outside that name (${codes(what).en}).`,
        },
        resources: [script.id, ...guards.map(({ application }) => application.id)],
        evidence,
      },
    ]);
  },
});

const isDeclaredOpen = ({ name }: Resource, { artifacts }: Estate): boolean =>
  artifacts.wranglerConfigs.some(({ environments }) =>
    environments.some((one) => one.script.name === name && (one.workersDev.isOn || one.previewUrls.isOn)),
  );

const domainsOf = ({ properties }: Resource): string[] =>
  Array.isArray(properties.domains) ? properties.domains.map(String) : [];

const applicationsIn = ({ resources }: Estate): Resource[] =>
  resources.filter((one) => one.kind === 'Cloudflare::Access::Application' && isSeen(one));

/** The applications of Access that stand before a domain or a route of the script. */
function guardsOf(script: Resource, estate: Estate): { application: Resource; host: string }[] {
  const { resources, relations } = estate;
  const leading = new Set(
    relations.flatMap(({ from, to, type }) => (to === script.id && type === 'routes-to' ? [from] : [])),
  );
  const hosts = resources.flatMap(({ id, kind, name }) =>
    leading.has(id) && (kind === 'Cloudflare::Workers::Domain' || kind === 'Cloudflare::Workers::Route')
      ? [name.split('/')[0] ?? name]
      : [],
  );
  return applicationsIn(estate).flatMap((application) => {
    const host = domainsOf(application)
      .map((domain) => domain.split('/')[0] ?? domain)
      .find((domain) => hosts.includes(domain));
    return host === undefined ? [] : [{ application, host }];
  });
}

/** Whether Access stands before the address on `workers.dev` too. */
const isGuardedItself = ({ name }: Resource, estate: Estate): boolean =>
  applicationsIn(estate).some((one) =>
    domainsOf(one).some((domain) => domain.endsWith('.workers.dev') && domain.includes(name)),
  );
