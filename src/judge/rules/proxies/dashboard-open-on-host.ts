import type { Estate } from '#model/estate.ts';
import type { HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { defineRule, type Gap, gaps, notApplicable, ok, unknown, type Verdict } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { openPortOf, portValues } from '../../derived/host-ports.ts';
import { idsOfContainer, onHost, reachOf, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';
import { PRODUCTS } from '../../derived/proxies.ts';
import { containerOfProxy, listenersAt } from '../../derived/proxy-targets.ts';
import { dashboardExposed } from './dashboard-exposed.ts';

/** Whoever reaches it reads every route and server; some of these let in orders too. */
export const dashboardOpenOnHost = defineRule({
  id: 'dashboard-open-on-host',
  severity: 'high',
  subject: 'proxy',
  title: {
    fr: 'Tableau de bord d’un proxy ouvert sur un hôte',
    en: 'Dashboard of a proxy open on a host',
  },
  risk: {
    fr: 'Qui l’atteint lit toutes les routes et les adresses internes des services\u00a0; l’administration de Caddy et de HAProxy accepte aussi des ordres.',
    en: 'Whoever reaches it reads every route and the internal addresses of services; the administration of Caddy and HAProxy takes orders too.',
  },
  remedy: {
    fr: 'Retirer `api.insecure` ou ne publier son port que sur `127.0.0.1`\u00a0; y mener par une route qui demande un mot de passe ou une adresse.',
    en: 'Remove `api.insecure`, or publish its port on `127.0.0.1` only; lead there by a route that asks for a password or an address.',
  },
  references: ['https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/'],
  evaluate(proxy, estate) {
    const host = estate.hosts.find(({ name }) => name === proxy.host);
    const { dashboard } = proxy;
    if (proxy.source !== 'host' || !host || !dashboard?.isOn) return notApplicable;
    if (isToldOfFile(proxy, estate)) return notApplicable;
    const verdicts = [onOwnPort(proxy, host, estate), throughRouter(proxy, host)];
    const found = verdicts.flatMap((one) => (one.is === 'gap' ? one.gaps : []));
    return found.length > 0 ? gaps(found) : (verdicts.find(({ is }) => is === 'unknown') ?? ok);
  },
});

/** A declaration of the same dashboard is told where it stands, with the patch that closes it. */
const isToldOfFile = ({ dashboard, product }: ProxyConfig, estate: Estate): boolean =>
  product === 'traefik' &&
  estate.artifacts.proxies.some(
    (one) =>
      (dashboard?.insecurePort === undefined
        ? one.dashboard?.router !== undefined && one.dashboard.router === dashboard?.router
        : one.dashboard?.insecurePort === dashboard.insecurePort) &&
      dashboardExposed.evaluate(one, estate).is === 'gap',
  );

function onOwnPort(proxy: ProxyConfig, host: HostState, estate: Estate): Verdict {
  const port = proxy.dashboard?.insecurePort;
  if (port === undefined) return ok;
  const listeners = listenersAt(port, proxy, host);
  if (listeners.length === 0) return unreadOn(host, ['listeners', 'containers']) ?? ok;
  const open = listeners.filter((one) => reachOf(one).from === 'anywhere');
  const [first] = open;
  if (!first)
    return listeners.some((one) => reachOf(one).from === 'unknown')
      ? unknown({
          fr: `d’où le port ${code(port)} est joignable n’a pas pu être établi`,
          en: `from where port ${code(port)} can be reached could not be told`,
        })
      : ok;
  const own = containerOfProxy(proxy, host);
  const product = PRODUCTS[proxy.product];
  const shown = code(first.port);
  const on = codes([...new Set(open.map(({ address }) => address))]);
  return gaps([
    onHost(host, {
      key: 'insecure',
      title: titled(
        shown,
        `tableau de bord de ${product} sans authentification sur ${code(host.name)}`,
        `${product}’s dashboard without authentication on ${code(host.name)}`,
      ),
      message: {
        fr: `Le tableau de bord de ${product} répond sans rien demander sur ${on.fr}, port ${shown}, que toute machine qui atteint l’hôte peut joindre.`,
        en: `The dashboard of ${product} answers without asking anything on ${on.en}, port ${shown}, which any machine that reaches the host can reach.`,
      },
      resources: own ? idsOfContainer(estate, host, own) : [],
      evidence: [
        proxy.dashboard?.at ?? seenOn(host, 'ss'),
        seenOn(host, 'ss', open.map(({ address }) => `${address} port ${first.port}`).join(', ')),
      ],
      values: portValues(openPortOf(first, host)),
    }),
  ]);
}

function throughRouter(proxy: ProxyConfig, host: HostState): Verdict {
  const { dashboard } = proxy;
  const router = proxy.routers.find(
    ({ name, target }) => name === dashboard?.router && target.to === 'internal',
  );
  if (!router || !dashboard || router.guards.length > 0 || dashboard.isGuarded === true) return ok;
  const entryPoints = proxy.entryPoints.filter(
    ({ name, port }) =>
      (router.entryPoints.length === 0 || router.entryPoints.includes(name)) &&
      port !== dashboard.insecurePort,
  );
  const listeners = entryPoints.flatMap(({ port }) => listenersAt(port, proxy, host));
  const open = listeners.find((one) => reachOf(one).from === 'anywhere');
  if (
    dashboard.isGuarded === 'unknown' ||
    (!open && listeners.some((one) => reachOf(one).from === 'unknown'))
  )
    return unknown({
      fr: `ce que le routeur ${code(router.name)} demande à qui vient, ou d’où il est joint, n’a pas été lu`,
      en: `what the router ${code(router.name)} asks of who comes, or where it can be reached from, was not read`,
    });
  if (!open) return ok;
  return gaps([
    onHost(host, {
      key: `router ${router.name}`,
      title: titled(
        code(router.name),
        `tableau de bord de ${PRODUCTS[proxy.product]} sans authentification sur ${code(host.name)}`,
        `${PRODUCTS[proxy.product]}’s dashboard without authentication on ${code(host.name)}`,
      ),
      message: {
        fr: `Le routeur ${code(router.name)} (${code(router.rule)}) mène au tableau de bord, et rien n’y est demandé à qui vient.`,
        en: `The router ${code(router.name)} (${code(router.rule)}) leads to the dashboard, and nothing is asked there of who comes.`,
      },
      evidence: [router.at, seenOn(host, 'ss', `${open.address} port ${open.port}`)],
      values: { router: router.name },
    }) satisfies Gap,
  ]);
}
