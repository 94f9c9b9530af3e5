import type { HostState } from '#model/host.ts';
import type { ProxyConfig, ProxyServer, ProxyService } from '#model/proxy.ts';
import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import { idsOfContainer, isUp, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';
import { addressOf, PRODUCTS } from '../../derived/proxies.ts';
import { placeOfServer, routersOf, type ServerPlace, takes } from '../../derived/proxy-targets.ts';

/** A route that is served and whose every server is gone: it answers 502 or 503 to each request. */
export const routerWithoutServer = defineRule({
  id: 'router-without-server',
  severity: 'high',
  subject: 'proxy',
  title: {
    fr: 'Route du proxy en service qui ne mène à aucun serveur',
    en: 'Route of the running proxy that leads to no server',
  },
  risk: {
    fr: 'Chaque requête à cette route échoue (502, 503 ou 504).',
    en: 'Every request to this route fails (502, 503 or 504).',
  },
  remedy: {
    fr: 'Relancer ce qui devait écouter là, corriger l’adresse, ou retirer la route.',
    en: 'Start what was to listen there, correct the address, or remove the route.',
  },
  evaluate(proxy, estate) {
    const host = estate.hosts.find(({ name }) => name === proxy.host);
    if (proxy.source !== 'host' || !host) return notApplicable;
    const led = proxy.services.flatMap((service) => {
      // what the proxy has switched off answers nothing anyway, and is told so
      const routers = routersOf(proxy, service).filter(({ status }) => status !== 'disabled');
      return routers.length > 0 ? [{ service, routers }] : [];
    });
    if (led.length === 0) return notApplicable;
    const found = led.flatMap(({ service, routers }): Gap[] => {
      const lost = lostOf(service, proxy, host);
      if (!lost) return [];
      const names = codes([...new Set(routers.map(({ name }) => name))], 3);
      const places = lost.flatMap(({ place }) => (place.is === 'container' ? [place.container] : []));
      return [
        onHost(host, {
          key: `${service.name}@${service.provider ?? ''}`,
          // a file of the machine may give a name that no network has
          ...(lost.some(({ place }) => place.is === 'nowhere') && { confidence: 'medium' as const }),
          title: titled(
            names,
            `ne mène à aucun serveur sur ${code(host.name)}`,
            `leads to no server on ${code(host.name)}`,
          ),
          message: {
            fr: `${PRODUCTS[proxy.product]} envoie ${names.fr} à ${lost.map(({ server, why }) => `${code(addressOf(server))}, ${why.fr}`).join('\u00a0; ')}.`,
            en: `${PRODUCTS[proxy.product]} sends ${names.en} to ${lost.map(({ server, why }) => `${code(addressOf(server))}, ${why.en}`).join('; ')}.`,
          },
          resources: places.flatMap((one) => idsOfContainer(estate, host, one)),
          evidence: [
            service.at,
            seenOn(
              host,
              places.length > 0 ? 'docker inspect' : 'ss',
              lost.map(({ server }) => addressOf(server)).join(', '),
            ),
          ],
          values: {
            router: `${routers[0]?.name ?? ''}@${routers[0]?.provider ?? ''}`,
            product: proxy.product,
            ...portsOf(lost),
          },
        }),
      ];
    });
    if (found.length > 0) return gaps(found);
    return unreadOn(host, ['listeners', 'containers']) ?? ok;
  },
});

interface Lost {
  server: ProxyServer;
  place: ServerPlace;
  why: Text;
}

/** The servers of a service where each of them is gone; undefined where one may answer. */
function lostOf(service: ProxyService, proxy: ProxyConfig, host: HostState): Lost[] | undefined {
  const servers = service.servers.filter(({ isBackup, isDown }) => !isBackup && !isDown);
  if (servers.length === 0) return undefined;
  const lost = servers.flatMap((server): Lost[] => {
    const place = placeOfServer(server, proxy, host);
    const why = whyLost(place, server, host);
    return why ? [{ server, place, why }] : [];
  });
  return lost.length === servers.length ? lost : undefined;
}

function whyLost(place: ServerPlace, server: ProxyServer, host: HostState): Text | undefined {
  if (place.is === 'container') {
    if (isUp(place.container) || place.container.state === 'paused') return undefined;
    return {
      fr: `du conteneur ${code(place.container.name)}, qui est arrêté`,
      en: `of the container ${code(place.container.name)}, which is stopped`,
    };
  }
  if (place.is === 'nowhere')
    return {
      fr: 'un nom qu’aucun conteneur de ses réseaux ne porte',
      en: 'a name that no container of its networks has',
    };
  if (place.is !== 'host' || host.refusals.listeners || host.listeners.length === 0) return undefined;
  const taken = place.listeners.some((one) => takes(one, server.host) || /^[a-z]/i.test(server.host));
  if (taken) return undefined;
  const near = place.listeners[0];
  return near
    ? {
        fr: `où rien n’écoute\u00a0: le port ${code(place.port)} n’est ouvert que sur ${code(near.address)}`,
        en: `where nothing listens: port ${code(place.port)} is open on ${code(near.address)} alone`,
      }
    : { fr: 'où rien n’écoute', en: 'where nothing listens' };
}

/** Where exactly one port of the host, or one container, is what is missing. */
function portsOf(lost: readonly Lost[]): { port?: number; container?: string; engine?: string } {
  const [only] = lost;
  if (lost.length !== 1 || !only) return {};
  if (only.place.is === 'host') return { port: only.place.port };
  return only.place.is === 'container'
    ? { container: only.place.container.name, engine: only.place.container.engine }
    : {};
}
