import type { Fact } from '#model/fact.ts';
import type { HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { proxyFacts as factsOf } from '../../proxy-facts.ts';
import { traefikFacts } from '../../traefik/facts.ts';

/** Where packages and images of nginx keep the page that they show at first. */
const FIRST_PAGE =
  /^\/(?:usr\/share\/nginx\/html|var\/www\/html|var\/lib\/nginx\/html|usr\/local\/nginx\/html|srv\/www\/htdocs)\/?$/;
const DEFAULT_NAMES = new Set(['_', 'localhost']);
const PLAIN_NAME = /^[^\u0000-\u001f\u007f]{1,512}$/;

/** What the proxies that run on a host serve: the same facts as those of files, observed. */
export function proxyFacts(state: HostState): Fact[] {
  return state.proxies.flatMap((config) =>
    (config.product === 'traefik' ? factsOfTraefik(config, state) : factsOfOthers(config)).map((fact) => ({
      ...fact,
      account: state.name,
    })),
  );
}

function factsOfTraefik(config: ProxyConfig, state: HostState): Fact[] {
  // what Traefik makes by itself may bear the name of something declared: `api@internal`
  const named = <T extends { name: string; provider?: string }>(list: readonly T[]): T[] =>
    list.map((one) => (one.provider === 'internal' ? { ...one, name: `${one.name}@internal` } : one));
  const facts = traefikFacts(
    {
      ...config,
      routers: named(config.routers),
      services: named(config.services),
      middlewares: named(config.middlewares),
    },
    {
      environmentsOf: () => [],
      statusOf: (name) => (PLAIN_NAME.test(name) ? 'literal' : undefined),
      containerOf: ({ provider, servers }) => {
        const [server] = servers;
        if (provider !== 'docker' && provider !== 'swarm') return undefined;
        const container = state.containers.find(
          ({ name, compose, networks }) =>
            networks.some(({ address, addressV6 }) => [address, addressV6].includes(server?.host)) ||
            [name, compose?.service].includes(server?.host),
        );
        return container?.compose && { name: container.compose.service, scope: container.compose.project };
      },
    },
  );
  return facts.map((fact) => {
    const isOwn =
      fact.properties?.provider === 'internal' ||
      // made where something of its own is served on it
      (fact.kind === 'Traefik::EntryPoint' && fact.name === 'traefik' && fact.properties?.port === 8080);
    return isOwn ? { ...fact, builtIn: true } : fact;
  });
}

function factsOfOthers(config: ProxyConfig): Fact[] {
  const isFirstPage = (name: string): boolean => {
    const own = config.routers.filter((router) => router.name.split(' ')[0] === name);
    return own.every(
      ({ target, rule }) =>
        (target.to === 'files' && FIRST_PAGE.test(target.root)) ||
        // the page that it shows of its own errors
        /50x\.html/.test(rule) ||
        (rule === 'server' && target.to !== 'service'),
    );
  };
  return factsOf(config).map((fact) =>
    fact.kind === 'Nginx::Server' && DEFAULT_NAMES.has(fact.name) && isFirstPage(fact.name)
      ? { ...fact, builtIn: true }
      : fact,
  );
}
