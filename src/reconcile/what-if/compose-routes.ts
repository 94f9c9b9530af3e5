import type { ComposeService } from '#model/artifacts.ts';
import type { HostContainer } from '#model/host.ts';
import type { ProxyConfig, ProxyRouter } from '#model/proxy.ts';
import { code } from '#model/text.ts';
import { isOwn, type Start } from './compose-start.ts';
import { type Foretold, inspected, isUp, nothing, say, unread, withFirst } from './effect.ts';
import { addedRouter, bareName, changedRouter, runningTraefiks, shownRouter } from './routes.ts';

/** Routers of one file's labels that are looked at. */
const MOST_ROUTERS = 300;

/** The running container whose labels define a router. Docker provider: `traefik.http.routers.<name>.rule`. */
const ownerOf = (containers: readonly HostContainer[], name: string): HostContainer[] => {
  const prefix = `traefik.http.routers.${name}.`.toLowerCase();
  return containers.filter(
    (container) =>
      isUp(container) &&
      Object.keys(container.labels).some((label) => label.toLowerCase().startsWith(prefix)),
  );
};

/**
 * What the labels of services would change of the routes that Traefik has.
 * @param services those that would be started or replaced
 */
export function labelEffects(
  start: Start,
  proxies: readonly ProxyConfig[],
  services: readonly ComposeService[],
): Foretold {
  const { file, host } = start;
  const told = nothing();
  const labels = proxies.filter(
    ({ product, source, files }) => product === 'traefik' && source === 'repo' && files[0] === file.file,
  );
  const starting = new Set(services.map(({ name }) => name));
  const routers = labels.flatMap((config) =>
    config.routers.filter((router) => router.provider !== 'file' && starting.has(serviceOf(start, router))),
  );
  if (routers.length === 0) return told;
  const running = runningTraefiks(host).filter(
    ({ providers }) =>
      providers.length === 0 || providers.some(({ name }) => name === 'docker' || name === 'swarm'),
  );
  if (running.length === 0)
    return {
      effects: [],
      unknown: [
        ...unread(
          host,
          'traefik',
          'les routes de Traefik n’ont pas été lues',
          'the routes of Traefik were not read',
        ),
        ...(host.refusals.traefik
          ? []
          : [
              say(
                'le fichier a des labels de Traefik, et aucun Traefik qui suit Docker n’a été vu sur l’hôte',
                'the file has labels of Traefik, and no Traefik that follows Docker was seen on the host',
              ),
            ]),
      ],
    };
  if (routers.length > MOST_ROUTERS)
    told.unknown.push(
      say(
        `${routers.length - MOST_ROUTERS} routeurs de plus n’ont pas été regardés`,
        `${routers.length - MOST_ROUTERS} more routers were not looked at`,
      ),
    );
  for (const traefik of running)
    for (const router of routers.slice(0, MOST_ROUTERS)) {
      const declared = { ...router, provider: 'docker' };
      const { effects, unknown } = labelEffect(start, declared, traefik);
      told.effects.push(...effects);
      told.unknown.push(...unknown);
    }
  return told;
}

/** The service under which a label stands: the last one that begins before it. */
function serviceOf({ file }: Start, { at }: ProxyRouter): string {
  const line = 'line' in at ? at.line : 0;
  const before = file.services.filter((service) => service.line <= line);
  return (
    before.reduce<ComposeService | undefined>(
      (last, one) => (last && last.line > one.line ? last : one),
      undefined,
    )?.name ?? ''
  );
}

function labelEffect(start: Start, router: ProxyRouter, traefik: ProxyConfig): Foretold {
  const there = traefik.routers.find(
    (one) => one.provider === 'docker' && bareName(one) === bareName(router),
  );
  if (!there) return addedRouter(router, traefik);
  const owners = ownerOf(start.host.containers, bareName(router));
  const [other] = owners.filter((container) => !isOwn(start, container));
  const effects = changedRouter(router, there);
  if (!other) return owners.length > 0 ? { effects, unknown: [] } : unsure(there);
  if (effects.length === 0)
    return {
      unknown: [],
      effects: [
        {
          id: 'route-taken-over',
          fails: false,
          severity: 'high',
          text: say(
            `Le routeur ${code(shownRouter(there))} est aussi celui du conteneur ${code(other.name)}\u00a0: Traefik répartit ses requêtes entre les deux.`,
            `Router ${code(shownRouter(there))} is container ${code(other.name)}’s too: Traefik spreads its requests over both.`,
          ),
          evidence: withFirst(router.at, [there.at, inspected(start.host, other)]),
          affects: [
            { kind: 'Traefik::Router', name: shownRouter(there) },
            { kind: 'Docker::Container', name: other.name },
          ],
        },
      ],
    };
  // Traefik documentation, Docker provider: routers of one name with different configurations are all dropped
  return {
    unknown: [],
    effects: [
      {
        id: 'route-lost',
        fails: false,
        severity: 'high',
        text: say(
          `Le routeur ${code(shownRouter(there))} serait défini deux fois, autrement par le conteneur ${code(other.name)}\u00a0: Traefik écarte les deux, et ce qui passait par lui n’a plus de réponse.`,
          `Router ${code(shownRouter(there))} would be defined twice, otherwise by container ${code(other.name)}: Traefik drops both, and what passed through it is answered no longer.`,
        ),
        evidence: withFirst(router.at, [there.at, inspected(start.host, other)]),
        affects: [
          { kind: 'Traefik::Router', name: shownRouter(there) },
          { kind: 'Docker::Container', name: other.name },
        ],
      },
    ],
  };
}

const unsure = (there: ProxyRouter): Foretold => ({
  effects: [],
  unknown: [
    say(
      `quel conteneur définit le routeur ${code(shownRouter(there))} n’a pas été lu`,
      `which container defines router ${code(shownRouter(there))} was not read`,
    ),
  ],
});
