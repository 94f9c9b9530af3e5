import { environmentOf } from '#lib/environments.ts';
import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { titled } from '../../derived/place.ts';
import { addressOf } from '../../derived/proxies.ts';

interface Lead {
  config: ProxyConfig;
  router: ProxyRouter;
  /** Its servers, sorted. */
  to: string;
  environments: string;
}

/** Names of sites that any configuration may have. */
const ANYBODYS = /^(?:_|localhost|.*\$.*|.*\{.*|.*__.*|example\.(?:com|org|net)|.*\.example|your.*|~.*|\*)$/;
const LEGACY = /(?:^|[/._-])(?:legacy|old|deprecated|obsolete)(?=$|[/._-])/i;

/** Two files state where one path of one site goes, and do not agree: the one that is in use is known to nobody but its author. */
export const proxyFilesContradict = defineRule({
  id: 'proxy-files-contradict',
  severity: 'medium',
  confidence: 'medium',
  subject: 'estate',
  title: {
    fr: 'Configurations de proxy qui se contredisent',
    en: 'Proxy configurations that contradict each other',
  },
  risk: {
    fr: 'Le même chemin du même site mène à deux endroits selon le fichier\u00a0: déployer le mauvais coupe le service.',
    en: 'The same path of the same site leads to two places depending on the file: deploying the wrong one cuts the service.',
  },
  remedy: {
    fr: 'Établir laquelle est en service et supprimer l’autre, ou la marquer comme hors d’usage.',
    en: 'Establish which one is in use and delete the other, or mark it as out of use.',
  },
  evaluate({ artifacts }) {
    const leads = artifacts.proxies
      .filter(({ source, standing }) => source === 'repo' && standing !== 'reference')
      .flatMap(leadsOf);
    const stated = Map.groupBy(leads, ({ router, environments, config }) =>
      JSON.stringify([
        config.product,
        [...router.match.hosts].sort(),
        router.match.paths,
        portsOf(config, router),
        environments,
      ]),
    );
    return gaps([...stated.values()].flatMap((list) => contradiction(list) ?? []));
  },
});

/** The routers of a configuration of which both the site and the servers are known in full. */
function leadsOf(config: ProxyConfig): Lead[] {
  const named = config.files[0] ?? '';
  const environments = [
    ...new Set(named.split(/[/._-]/).flatMap((word) => environmentOf(word.toLowerCase()) ?? [])),
  ]
    .sort()
    .join(' ');
  return config.routers.flatMap((router): Lead[] => {
    const { target, match } = router;
    const service =
      target.to === 'service' ? config.services.find(({ name }) => name === target.service) : undefined;
    if (
      !service ||
      match.hosts.length === 0 ||
      match.other.length > 0 ||
      match.hosts.some((host) => ANYBODYS.test(host))
    )
      return [];
    if (
      service.servers.length === 0 ||
      service.servers.some(({ host, port }) => host === '' || port === undefined)
    )
      return [];
    return [{ config, router, environments, to: service.servers.map(addressOf).sort().join(', ') }];
  });
}

const portsOf = ({ entryPoints }: ProxyConfig, { entryPoints: names }: ProxyRouter): number[] =>
  [...new Set(entryPoints.filter(({ name }) => names.includes(name)).map(({ port }) => port))].sort(
    (a, b) => a - b,
  );

function contradiction(list: readonly Lead[]): Gap | undefined {
  const [first] = list;
  const other = list.find(({ config, to }) => config !== first?.config && to !== first?.to);
  if (!first || !other) return undefined;
  const path = first.router.match.paths.map(({ value }) => value).join(' ') || '/';
  const site = code(`${first.router.match.hosts.join(' ')} ${path}`);
  const says = ({ config, to }: Lead) => `${code(to)} (${code(config.files[0] ?? '')})`;
  const isOld = [first, other].some(
    ({ config }) => config.standing === 'retired' || LEGACY.test(config.files[0] ?? ''),
  );
  return {
    key: `${first.router.match.hosts.join(' ')} ${path}`,
    title: titled(
      site,
      'deux fichiers y donnent des destinations différentes',
      'two files give it different destinations',
    ),
    message: {
      fr: `${site} mène à ${says(first)} ou à ${says(other)} selon le fichier.`,
      en: `${site} leads to ${says(first)} or to ${says(other)} depending on the file.`,
    },
    evidence: [first.router.at, other.router.at],
    ...(isOld && { severity: 'low' as const }),
  };
}
