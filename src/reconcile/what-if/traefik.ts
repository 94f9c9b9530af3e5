import { shellQuote } from '#lib/shell-quote.ts';
import type { HostContainer, HostState } from '#model/host.ts';
import type { ProxyConfig, ProxyRouter, ProxyServer, ProxyService } from '#model/proxy.ts';
import { code, codes, type Text } from '#model/text.ts';
import type { Effect, WhatIf } from '#model/what-if.ts';
import { addressOf, blockOf, blocksOverlap, isOnHost } from './addresses.ts';
import {
  type Foretold,
  inspected,
  isEngineRead,
  isOpen,
  isUp,
  nothing,
  say,
  seen,
  together,
  unread,
  withFirst,
} from './effect.ts';
import { holdersOf, holds } from './holders.ts';
import { addedRouter, bareName, changedRouter, runningTraefiks, shownRouter } from './routes.ts';

/**
 * What a dynamic file would change of a Traefik that runs, were it the one that its file provider reads: routers that
 * come, go, change or take each other's requests, and what they name that is not there. Traefik documentation, “File
 * provider”, “Routers”.
 */
export function traefikWhatIf(config: ProxyConfig, host: HostState): WhatIf {
  const [file = ''] = config.files;
  const running = runningTraefiks(host);
  const parts = together(running.map((traefik) => applied(config, traefik, host)));
  const none = host.refusals.traefik
    ? []
    : [
        say(
          'aucun Traefik n’a été vu sur l’hôte, ou sa configuration n’a pas été lue',
          'no Traefik was seen on the host, or its configuration was not read',
        ),
      ];
  const unknown = [
    ...unread(
      host,
      'traefik',
      'la configuration de Traefik n’a pas été lue',
      'the configuration of Traefik was not read',
    ),
    ...(running.length === 0 ? none : []),
    ...(config.blindSpots.length > 0
      ? [
          say(
            `une partie du fichier n’est pas comprise\u00a0: ${codes(config.blindSpots.map(({ what }) => what)).fr}`,
            `a part of the file is not understood: ${codes(config.blindSpots.map(({ what }) => what)).en}`,
          ),
        ]
      : []),
    ...(config.routers.length > MOST_ROUTERS
      ? [
          say(
            `${config.routers.length - MOST_ROUTERS} routeurs de plus n’ont pas été regardés`,
            `${config.routers.length - MOST_ROUTERS} more routers were not looked at`,
          ),
        ]
      : []),
    ...parts.unknown,
  ];
  return {
    of: 'traefik',
    file,
    host: host.name,
    isRetired: config.standing === 'retired',
    command: commandOf(file, running),
    effects: parts.effects,
    unknown: [...new Map(unknown.map((text) => [text.en, { text }])).values()],
  };
}

/** A file that is watched is applied as soon as it is there. */
function commandOf(file: string, running: readonly ProxyConfig[]): string {
  const path = running.flatMap(({ providers }) => providers).find(({ name }) => name === 'file')?.path;
  const isFile = path !== undefined && /\.(?:ya?ml|toml)$/.test(path);
  const base = file.slice(file.lastIndexOf('/') + 1);
  const folder = path === undefined ? '/etc/traefik/dynamic' : path.replace(/(?<=.)\/$/, '');
  return `cp ${shellQuote(file)} ${shellQuote(isFile ? path : `${folder}/${base}`)}`;
}

/** Routers of a file past this number are not looked at, which is told. */
const MOST_ROUTERS = 300;

function applied(config: ProxyConfig, traefik: ProxyConfig, host: HostState): Foretold {
  const ofFile = traefik.routers.filter(({ provider }) => provider === 'file');
  const declared = config.routers.slice(0, MOST_ROUTERS).map((router) => ({ ...router, provider: 'file' }));
  const told = nothing();
  for (const router of declared) {
    const there = ofFile.find((one) => bareName(one) === bareName(router));
    const blocked = lacking(config, traefik, router, there);
    told.unknown.push(...blocked.unknown);
    told.effects.push(...blocked.effects);
    if (blocked.effects.some(({ fails }) => fails)) continue;
    if (there) {
      const changes = changedRouter(router, there);
      told.effects.push(...changes);
      if (!changes.some(({ severity }) => severity === 'high')) continue;
      const { effects, unknown } = addedRouter(router, traefik, (one) => one === there);
      told.effects.push(...effects.filter(({ id }) => id === 'route-taken-over'));
      told.unknown.push(...unknown);
      continue;
    }
    const { effects, unknown } = addedRouter(router, traefik, (one) =>
      // those of the file itself come and go with it
      declared.some((other) => one.provider === 'file' && bareName(other) === bareName(one)),
    );
    told.effects.push(...effects);
    told.unknown.push(...unknown);
  }
  const whole = { ...config, routers: declared };
  const lost = lostRouters(whole, traefik, ofFile);
  const answers = config.services
    .slice(0, MOST_ROUTERS)
    .map((service) => unanswered(whole, service, traefik, host));
  return together([told, lost, ...answers]);
}

/** What a router names that Traefik does not have: it is then switched off, whatever it did before. */
function lacking(
  config: ProxyConfig,
  traefik: ProxyConfig,
  router: ProxyRouter,
  there: ProxyRouter | undefined,
): Foretold {
  const told = nothing();
  const severity = there && there.status !== 'disabled' ? 'high' : 'medium';
  const isWhole = traefik.blindSpots.length === 0;
  const effect = (id: Effect['id'], name: string, what: Text): Effect => ({
    id,
    fails: true,
    severity,
    text: say(
      `Le routeur ${code(shownRouter(router))} nomme ${what.fr} ${code(name)}, que Traefik n’a pas\u00a0: il est désactivé.`,
      `Router ${code(shownRouter(router))} names ${what.en} ${code(name)}, which Traefik does not have: it is disabled.`,
    ),
    evidence: withFirst(
      router.at,
      there ? [there.at] : traefik.entryPoints[0] ? [traefik.entryPoints[0].at] : [],
    ),
    affects: [{ kind: 'Traefik::Router', name: shownRouter(router) }],
  });
  const entryPoints = new Set(traefik.entryPoints.map(({ name }) => name));
  for (const name of router.entryPoints)
    if (entryPoints.size > 0 && isWhole && !isOpen(name) && !entryPoints.has(name))
      told.effects.push(effect('entry-point-missing', name, say('le point d’entrée', 'the entry point')));
  for (const name of router.middlewares) {
    const [bare = '', provider = 'file'] = name.split('@');
    const has = (list: readonly { name: string; provider?: string }[], isFile: boolean) =>
      list.some(
        (one) => bareName(one) === bare && (isFile || (one.provider ?? one.name.split('@')[1]) === provider),
      );
    if (
      isOpen(name) ||
      (provider === 'file' && has(config.middlewares, true)) ||
      has(traefik.middlewares, false)
    )
      continue;
    if (!isWhole || config.blindSpots.length > 0)
      told.unknown.push(
        say(
          `si le middleware ${code(name)} est défini ailleurs`,
          `whether middleware ${code(name)} is defined elsewhere`,
        ),
      );
    else told.effects.push(effect('middleware-missing', name, say('le middleware', 'the middleware')));
  }
  return told;
}

/** Running routers that only a file defines, where it is known that this file is the whole of what is read. */
function lostRouters(config: ProxyConfig, traefik: ProxyConfig, ofFile: readonly ProxyRouter[]): Foretold {
  const told = nothing();
  if (config.routers.length >= MOST_ROUTERS) return told;
  const names = new Set(config.routers.map(bareName));
  const gone = ofFile.filter((router) => !names.has(bareName(router)));
  if (gone.length === 0) return told;
  const [file = ''] = config.files;
  const base = file.slice(file.lastIndexOf('/') + 1);
  const path = traefik.providers.find(({ name }) => name === 'file')?.path;
  const isOnlyFile =
    path !== undefined && /\.(?:ya?ml|toml)$/.test(path) && path.slice(path.lastIndexOf('/') + 1) === base;
  const isShared = ofFile.some((router) => names.has(bareName(router)));
  if (!isOnlyFile || !isShared || config.blindSpots.length > 0) {
    const shown = codes(gone.map(shownRouter));
    told.unknown.push(
      say(
        `si ces routeurs de fichier, qui ne sont pas dans celui-ci, resteraient\u00a0: ${shown.fr}`,
        `whether these routers of files, which are not in this one, would stay: ${shown.en}`,
      ),
    );
    return told;
  }
  const [place] = config.routers;
  for (const router of gone)
    told.effects.push({
      id: 'route-lost',
      fails: false,
      severity: 'high',
      text: say(
        `Le routeur ${code(shownRouter(router))}, en service, n’est pas dans le fichier, qui est le seul que Traefik lit (${code(path)})\u00a0: ses requêtes n’ont plus de réponse.`,
        `Router ${code(shownRouter(router))}, in service, is not in the file, which is the only one that Traefik reads (${code(path)}): its requests are answered no longer.`,
      ),
      evidence: withFirst(place?.at ?? { source: 'repo', file, line: 1 }, [router.at]),
      affects: [{ kind: 'Traefik::Router', name: shownRouter(router) }],
    });
  return told;
}

/** Servers of a service that nobody answers for on this host; what stands elsewhere is not told. */
function unanswered(
  config: ProxyConfig,
  service: ProxyService,
  traefik: ProxyConfig,
  host: HostState,
): Foretold {
  const users = config.routers.filter(
    ({ target }) => target.to === 'service' && bareName({ name: target.service }) === bareName(service),
  );
  const [user] = users;
  if (!user) return nothing();
  const same = traefik.services.find((one) => one.provider === 'file' && bareName(one) === bareName(service));
  const known = new Set(same?.servers.map(({ text }) => text));
  const told = nothing();
  for (const server of service.servers.slice(0, 100)) {
    // what leads there already is as it is
    if (known.has(server.text)) continue;
    const wrong = wrongServer(server, traefik, host);
    if (!wrong) continue;
    if ('open' in wrong) {
      told.unknown.push(wrong.open);
      continue;
    }
    told.effects.push({
      id: 'route-unanswered',
      fails: true,
      severity: same ? 'high' : 'medium',
      text: say(
        `Le routeur ${code(shownRouter(user))} mène à ${code(server.text)}, ${wrong.text.fr}\u00a0: ses requêtes échouent (502).`,
        `Router ${code(shownRouter(user))} leads to ${code(server.text)}, ${wrong.text.en}: its requests fail (502).`,
      ),
      evidence: withFirst(service.at, wrong.evidence),
      affects: users.map((router) => ({ kind: 'Traefik::Router', name: shownRouter(router) })),
    });
  }
  return told;
}

type Wrong = { text: Text; evidence: ReturnType<typeof seen>[] } | { open: Text } | undefined;

function wrongServer({ host: name, port, text }: ProxyServer, traefik: ProxyConfig, host: HostState): Wrong {
  if (name === '' || isOpen(text) || isOpen(name)) return undefined;
  const own = host.containers.find((one) => one.name === traefik.runsIn?.container);
  const isContained = own !== undefined && own.networkMode !== 'host';
  const address = addressOf(name === 'localhost' ? '127.0.0.1' : name);
  if (!address) return isContained && own ? wrongName(name, own, host) : undefined;
  const shown = address.toString();
  if (address.range() === 'loopback' && isContained)
    return {
      text: say('qui est pour Traefik son propre conteneur', 'which for Traefik is its own container'),
      evidence: own ? [inspected(host, own)] : [],
    };
  const inNetwork = host.networks.find(({ subnets }) =>
    subnets.some((subnet) => {
      const block = blockOf(subnet);
      return block && blocksOverlap(block, { address, prefix: address.kind() === 'ipv4' ? 32 : 128 });
    }),
  );
  const isGateway = host.networks.some(({ gateways }) => gateways.includes(shown));
  if (isGateway || isOnHost(host, shown) === true)
    return port === undefined ? undefined : wrongPort(shown, port, isContained, host);
  if (!inNetwork || !isEngineRead(host, 'containers')) return undefined;
  const holder = host.containers.find((one) =>
    one.networks.some((joined) => joined.address === shown || joined.addressV6 === shown),
  );
  return holder
    ? undefined
    : {
        text: say(
          `une adresse du réseau ${code(inNetwork.name)} qu’aucun conteneur n’a`,
          `an address of network ${code(inNetwork.name)} that no container has`,
        ),
        evidence: [seen(host, 'docker network inspect', inNetwork.name)],
      };
}

/** The host itself: something has to listen there, on an address that is reached from where Traefik runs. */
function wrongPort(address: string, port: number, isContained: boolean, host: HostState): Wrong {
  const at = addressOf(address);
  if (!at) return undefined;
  const holders = holdersOf(host).filter(({ protocol }) => protocol === 'tcp');
  if (holders.some((holder) => holds(holder, { bound: at, protocol: 'tcp', from: port, to: port })))
    return undefined;
  if (host.refusals.listeners !== undefined) return undefined;
  const [elsewhere] = holders.filter((holder) => holder.port === port);
  return {
    text: elsewhere
      ? say(
          `où rien n’écoute\u00a0: ${code(port)} n’est ouvert que sur ${code(elsewhere.address)}${isContained ? ', que Traefik n’atteint pas depuis son conteneur' : ''}`,
          `where nothing listens: ${code(port)} is open on ${code(elsewhere.address)} only${isContained ? ', which Traefik does not reach from its container' : ''}`,
        )
      : say('où rien n’écoute', 'where nothing listens'),
    evidence: [seen(host, 'ss', elsewhere ? `${elsewhere.address}:${port}` : undefined)],
  };
}

/** A name that Docker's DNS server is asked for: of a container in a network that Traefik is in too. */
function wrongName(name: string, own: HostContainer, host: HostState): Wrong {
  if (!isEngineRead(host, 'containers') || name === 'host.docker.internal') return undefined;
  const networks = new Set(own.networks.map((joined) => joined.name));
  const lower = name.toLowerCase();
  const isNamed = (one: HostContainer) =>
    one.name.toLowerCase() === lower ||
    one.networks.some(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === lower));
  const named = host.containers.filter((one) => isUp(one) && isNamed(one));
  if (named.some((one) => one.networks.some((joined) => networks.has(joined.name)))) return undefined;
  const [other] = named;
  if (other)
    return {
      text: say(
        `un conteneur qui n’est dans aucun réseau de ${code(own.name)}`,
        `a container that is in no network of ${code(own.name)}`,
      ),
      evidence: [inspected(host, other), inspected(host, own)],
    };
  const stopped = host.containers.find(isNamed);
  if (stopped)
    return {
      text: say(
        `un conteneur qui ne tourne pas (${code(stopped.state)})`,
        `a container that does not run (${code(stopped.state)})`,
      ),
      evidence: [inspected(host, stopped)],
    };
  return {
    open: say(
      `qui répond au nom ${code(name)}\u00a0: aucun conteneur de l’hôte ne le porte`,
      `who answers to the name ${code(name)}: no container of the host has it`,
    ),
  };
}
