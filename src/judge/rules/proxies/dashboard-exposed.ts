import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { HostListener, HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { defineRule, type Gap, gaps, notApplicable, ok, unknown, type Verdict } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isForServer, isInUse } from '../../derived/compose.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { openPortOf, portValues } from '../../derived/host-ports.ts';
import { reachOf, seenOn } from '../../derived/hosts.ts';
import { at, titled } from '../../derived/place.ts';
import { listenersAt } from '../../derived/proxy-targets.ts';
import { isDeclaredTraefik } from '../../derived/traefik.ts';

/** Names that no resolver of the internet knows, and those of a network at home. RFC 6761, RFC 6762, RFC 8375. */
const NOWHERE = /(?:^|\.)(?:localhost|test|example|invalid)$/;
const AT_HOME = /(?:^|\.)(?:local|lan|home|home\.arpa|internal|intranet)$/;
const LOOPBACK = /^(?:127\.|::1$|\[::1\]$|localhost$)/;

/** Whoever reaches it sees every route, server and middleware, and with that what to attack. */
export const dashboardExposed = defineRule({
  id: 'dashboard-exposed',
  severity: 'high',
  subject: 'proxy',
  title: {
    fr: 'Tableau de bord de Traefik ouvert sans authentification',
    en: 'Traefik’s dashboard open without authentication',
  },
  risk: {
    fr: 'Qui l’atteint lit toutes les routes, les adresses internes des services et les empreintes des mots de passe que l’API montre.',
    en: 'Whoever reaches it reads every route, the internal addresses of services, and the password hashes that the API shows.',
  },
  remedy: {
    fr: 'Retirer `api.insecure`, ou ne publier son port que sur `127.0.0.1`\u00a0; mener à `api@internal` par un routeur gardé par `basicAuth`, `forwardAuth` ou `ipAllowList`.',
    en: 'Remove `api.insecure`, or publish its port on `127.0.0.1` only; lead to `api@internal` through a router guarded by `basicAuth`, `forwardAuth` or `ipAllowList`.',
  },
  references: ['https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/'],
  evaluate(config, estate) {
    const { dashboard } = config;
    if (!isDeclaredTraefik(config) || !dashboard?.isOn) return notApplicable;
    if (config.files.some(isForDevelopment)) return notApplicable;
    const verdicts = [onOwnPort(config, estate), throughRouter(config, estate)];
    const found = verdicts.flatMap((one) => (one.is === 'gap' ? one.gaps : []));
    const seen = seenOpen(config, estate);
    const told = found.map((one) => (one.key === 'insecure' && seen ? withSeen(one, seen) : one));
    return found.length > 0 ? gaps(told) : (verdicts.find(({ is }) => is === 'unknown') ?? ok);
  },
});

/** Where a host that was read shows the same dashboard at a port that any address reaches. */
function seenOpen(
  { dashboard }: ProxyConfig,
  { hosts }: Estate,
): { host: HostState; listener: HostListener } | undefined {
  const port = dashboard?.insecurePort;
  if (port === undefined) return undefined;
  for (const host of hosts)
    for (const proxy of host.proxies) {
      if (proxy.product !== 'traefik' || proxy.dashboard?.insecurePort !== port) continue;
      const listener = listenersAt(port, proxy, host).find((one) => reachOf(one).from === 'anywhere');
      if (listener) return { host, listener };
    }
  return undefined;
}

function withSeen(gap: Gap, { host, listener }: { host: HostState; listener: HostListener }): Gap {
  const past = reachOf(listener).because === 'published-past-firewall';
  const name = code(host.name);
  return {
    ...gap,
    severity: 'high',
    message: {
      fr: `${gap.message.fr} Sur ${name}, le port ${code(listener.port)} est ouvert à toute machine qui atteint l’hôte${past ? ', malgré son pare-feu' : ''}.`,
      en: `${gap.message.en} On ${name}, port ${code(listener.port)} is open to any machine that reaches the host${past ? ', past its firewall' : ''}.`,
    },
    evidence: [...gap.evidence, seenOn(host, 'ss', `${listener.address} port ${listener.port}`)],
    values: { host: host.name, ...portValues(openPortOf(listener, host)) },
  };
}

/** The compose service that Traefik runs in, as it was read. */
function containerOf(
  config: ProxyConfig,
  estate: Estate,
): { file: ComposeFile; service: ComposeService } | undefined {
  const { container } = config.runsIn ?? {};
  for (const file of estate.artifacts.composeFiles) {
    const service = config.files.includes(file.file) && file.services.find(({ name }) => name === container);
    if (service) return { file, service };
  }
  return undefined;
}

const publishedAt = (service: ComposeService, port: number) =>
  service.ports.find(
    ({ published, target, address }) =>
      published !== undefined && target === String(port) && !LOOPBACK.test(address ?? ''),
  );

function onOwnPort(config: ProxyConfig, estate: Estate): Verdict {
  const { dashboard } = config;
  if (dashboard?.insecurePort === undefined) return ok;
  const port = dashboard.insecurePort;
  const own = containerOf(config, estate);
  if (!own)
    return config.runsIn?.unit === undefined
      ? unknown({
          fr: 'Le dépôt ne dit pas dans quoi Traefik est lancé.',
          en: 'The repository does not say what Traefik is started in.',
        })
      : gaps([ofPort(config, port, 'high')]);
  if (!isInUse(own.file)) return notApplicable;
  const severity = isForServer(own.file, estate) ? 'high' : 'low';
  if (own.service.networkMode === 'host') return gaps([ofPort(config, port, severity)]);
  const published = publishedAt(own.service, port);
  return published ? gaps([ofPort(config, port, severity, at(own.file.file, published.line))]) : ok;
}

function ofPort(
  config: ProxyConfig,
  port: number,
  severity: Gap['severity'],
  published?: Gap['evidence'][0],
): Gap {
  const place = config.dashboard?.at ?? at(config.files[0] ?? '', 1);
  return {
    key: 'insecure',
    title: titled(
      code(port),
      'tableau de bord de Traefik sans authentification',
      'Traefik’s dashboard without authentication',
    ),
    message: published
      ? {
          fr: `\`api.insecure\` ouvre le tableau de bord et l’API sur le port ${code(port)}, que le fichier Compose publie sur toutes les adresses.`,
          en: `\`api.insecure\` opens the dashboard and the API on port ${code(port)}, which the Compose file publishes on all addresses.`,
        }
      : {
          fr: `\`api.insecure\` ouvre le tableau de bord et l’API sur le port ${code(port)} de l’hôte.`,
          en: `\`api.insecure\` opens the dashboard and the API on port ${code(port)} of the host.`,
        },
    evidence: published ? [place, published] : [place],
    ...(severity && { severity }),
  };
}

function throughRouter(config: ProxyConfig, estate: Estate): Verdict {
  const { dashboard } = config;
  const router = config.routers.find(
    ({ name, target, guards }) =>
      name === dashboard?.router && target.to === 'internal' && guards.length === 0,
  );
  if (!router || !dashboard || dashboard.isGuarded === true) return ok;
  const own = containerOf(config, estate);
  if (own && !isInUse(own.file)) return notApplicable;
  const { hosts } = router.match;
  if (hosts.length > 0 && hosts.every((host) => NOWHERE.test(host))) return ok;
  const isReached = reached(router.entryPoints, config, own?.service);
  if (isReached === false) return ok;
  if (dashboard.isGuarded === 'unknown' || isReached === undefined)
    return unknown({
      fr: `Ce que le routeur ${code(router.name)} demande à qui vient, ou d’où il est joint, n’a pas été lu.`,
      en: `What the router ${code(router.name)} asks of who comes, or where it can be reached from, was not read.`,
    });
  const isAtHome = hosts.length > 0 && hosts.every((host) => AT_HOME.test(host) || NOWHERE.test(host));
  const isServed = own === undefined || isForServer(own.file, estate);
  return gaps([
    {
      key: `router ${router.name}`,
      title: titled(
        code(router.name),
        'tableau de bord de Traefik sans authentification',
        'Traefik’s dashboard without authentication',
      ),
      message: {
        fr: `Le routeur ${code(router.name)} (${code(router.rule)}) mène à \`api@internal\`, et aucun middleware n’y demande rien à qui vient.`,
        en: `The router ${code(router.name)} (${code(router.rule)}) leads to \`api@internal\`, and no middleware asks anything of who comes.`,
      },
      evidence: [router.at],
      ...((isAtHome || !isServed) && { severity: 'low' }),
    },
  ]);
}

/** Whether a request from outside comes to one of these entry points; undefined where that is not known. */
function reached(
  names: readonly string[],
  { entryPoints }: ProxyConfig,
  service: ComposeService | undefined,
): boolean | undefined {
  const own = entryPoints.filter(({ name }) => names.length === 0 || names.includes(name));
  if (own.length === 0 || service === undefined)
    // by its default the entry point of Traefik's own is for the inside
    return names.length > 0 && names.every((name) => name === 'traefik') ? undefined : true;
  if (service.networkMode === 'host') return own.some(({ address }) => !LOOPBACK.test(address));
  return own.some(({ port }) => publishedAt(service, port) !== undefined);
}
