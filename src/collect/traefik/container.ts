import type { ProxyPlace, ProxyRouter, ProxyServer } from '#model/proxy.ts';
import { labelsOf } from './arguments.ts';
import { type DynamicConfig, type DynamicService, emptyDynamic, readDynamic, targetOf } from './dynamic.ts';
import { type Option, optionFrom } from './option.ts';
import { readRule } from './rule.ts';
import { readOldRule } from './rule-v1.ts';
import { plainUrl } from './static.ts';

/** A container as its labels and its file describe it. */
export interface LabelledContainer {
  service: string;
  project: string;
  at: ProxyPlace;
  labels: readonly { name: string; value: string; at: ProxyPlace }[];
  /** What it listens on; the lowest is taken where no label says one. */
  ports: readonly number[];
}

/** How the provider that reads the labels is set up, as far as it is known. */
export interface ContainerProvider {
  name: 'docker' | 'swarm';
  exposedByDefault?: boolean;
  defaultRule?: string;
}

const PROTOCOLS = ['http', 'tcp', 'udp'] as const;

/** What the labels of one container define; undefined where it is not served. */
export interface ContainerConfig extends DynamicConfig {
  /** Names that no label writes: Traefik makes them of the service and the project that Compose is run with. */
  implied: Set<string>;
}

/**
 * What Traefik makes of the labels of a container: a router without a service leads to the only one, a service without a
 * port to the lowest port, a container without a router is served by its default rule. pkg/provider/docker, config.go and
 * pkg/provider, configuration.go (BuildRouterConfiguration).
 */
export function readContainer(
  container: LabelledContainer,
  provider: ContainerProvider,
): ContainerConfig | undefined {
  const top = optionFrom(labelsOf(container.labels), container.at);
  const enabled = top.get('enable').flag;
  if (enabled === false || (enabled === undefined && provider.exposedByDefault === false)) return undefined;
  const isNew = ['http', 'tcp', 'udp'].some((protocol) => top.get(protocol).isTable);
  if (!isNew && isOldContainer(top)) return readOldContainer(top, container);
  const read: ContainerConfig = { ...readDynamic(top, provider.name), implied: new Set() };
  read.services = read.services.map((service) => withServer(service, top, container));
  const http = (part: string) => top.get('http', part).entries.map(([name]) => name);
  const isOther = top.get('tcp').isTable || top.get('udp').isTable;
  const isServed = enabled === true || provider.exposedByDefault === true;
  const services = http('services');
  if (services.length === 0 && (http('routers').length > 0 || (isServed && !isOther))) {
    read.services.push(impliedService(container, provider.name, top));
    read.implied.add(impliedName(container));
    services.push(impliedName(container));
  }
  if (http('routers').length === 0 && isServed && !isOther) {
    read.routers.push(impliedRouter(container, provider, top));
    read.implied.add(impliedName(container));
  }
  read.routers = read.routers.map((router) => {
    const protocol = PROTOCOLS.find((one) => top.get(one, 'routers', router.name).exists) ?? 'http';
    const own = top.get(protocol, 'services').entries.map(([name]) => name);
    if (protocol !== 'http' && own.length === 0) {
      // one is made for what is no HTTP too
      own.push(impliedName(container));
      if (!read.services.some(({ name }) => name === impliedName(container)))
        read.services.push(impliedService(container, provider.name, top));
      read.implied.add(impliedName(container));
    }
    const rule = top.get(protocol, 'routers', router.name, 'rule');
    const isHere = rule.exists && fileOf(rule.at) === fileOf(container.at);
    const placed = isHere ? { ...router, at: rule.at } : router;
    return protocol === 'http' ? led(placed, services, container, provider) : led(placed, own, container);
  });
  return read;
}

const fileOf = (place: ProxyPlace): string | undefined => ('file' in place ? place.file : undefined);

/** The default name: the service and the project, with what is neither letter nor digit as dashes. */
const impliedName = ({ service, project }: LabelledContainer): string =>
  `${service}-${project}`.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');

const serverAt = ({ service }: LabelledContainer, scheme: string, port: number | undefined): ProxyServer => ({
  scheme,
  host: service,
  ...(port !== undefined && { port }),
  text: port === undefined ? service : `${service}:${port}`,
});

function withServer(service: DynamicService, top: Option, container: LabelledContainer): DynamicService {
  const protocol =
    ['http', 'tcp', 'udp'].find((one) => top.get(one, 'services', service.name).exists) ?? 'http';
  const option = top.get(protocol, 'services', service.name);
  if (service.members.length > 0 || service.servers.length > 0) return service;
  const server = option.get('loadBalancer', 'server');
  const url = server.get('url').text;
  if (url !== undefined) return { ...service, servers: [{ scheme: 'http', host: '', text: plainUrl(url) }] };
  const written = server.get('port');
  const port = written.exists ? written.number : container.ports[0];
  const scheme = server.get('scheme').text ?? protocol;
  return { ...service, servers: [serverAt(container, scheme, port)] };
}

function impliedService(container: LabelledContainer, provider: string, top: Option): DynamicService {
  return {
    name: impliedName(container),
    provider,
    servers: [serverAt(container, 'http', container.ports[0])],
    members: [],
    errors: [],
    at: top.get('enable').exists ? top.get('enable').at : container.at,
  };
}

function impliedRouter(
  container: LabelledContainer,
  { name, defaultRule }: ContainerProvider,
  top: Option,
): ProxyRouter {
  return {
    name: impliedName(container),
    provider: name,
    entryPoints: [],
    ...ruleOf(defaultRule, container),
    middlewares: [],
    target: targetOf(impliedName(container)),
    errors: [],
    guards: [],
    at: top.get('enable').exists ? top.get('enable').at : container.at,
  };
}

/** Templates of a default rule that need nothing but the container's own names. */
function ruleOf(
  template: string | undefined,
  container: LabelledContainer,
): Pick<ProxyRouter, 'match' | 'rule'> {
  const rule = (template ?? 'Host(`{{ normalize .Name }}`)')
    .slice(0, 2_000)
    .replace(/\{\{-?\s*normalize\s+\.Name\s*-?\}\}/g, impliedName(container))
    .replace(/\{\{-?\s*index\s+\.Labels\s+"com\.docker\.compose\.service"\s*-?\}\}/g, container.service);
  const { match, shown } = readRule(rule);
  return { match, rule: shown };
}

/** A router that states no rule has the default one; one that states no service leads to the only one there is. */
function led(
  router: ProxyRouter,
  services: readonly string[],
  container: LabelledContainer,
  provider?: ContainerProvider,
): ProxyRouter {
  const ruled =
    router.rule === '' && provider ? { ...router, ...ruleOf(provider.defaultRule, container) } : router;
  if (router.target.to !== 'unknown') return ruled;
  const [only, ...more] = services;
  return only === undefined || more.length > 0 ? ruled : { ...ruled, target: targetOf(only) };
}

const isOldContainer = (top: Option): boolean =>
  top.get('frontend').isTable ||
  top.get('port').exists ||
  top.get('backend').exists ||
  top.entries.some(([, option]) => option.get('frontend').isTable);

/** Labels of Traefik 1: one frontend, or one of each segment (`traefik.admin.frontend.rule`). */
function readOldContainer(top: Option, container: LabelledContainer): ContainerConfig {
  const read: ContainerConfig = { ...emptyDynamic('docker'), implied: new Set() };
  const segments: [string, Option][] =
    top.get('frontend').isTable || top.get('port').exists ? [['', top]] : [];
  for (const [name, option] of top.entries)
    if (
      !/^(?:frontend|backend|docker)$/i.test(name) &&
      (option.get('frontend').isTable || option.get('port').exists)
    )
      segments.push([name, option]);
  for (const [segment, option] of segments) {
    const frontend = option.get('frontend');
    const stated = option.get('backend').text ?? top.get('backend').text;
    const name = stated ?? [impliedName(container), segment].filter((part) => part !== '').join('-');
    const written = frontend.get('rule').text;
    const rule = written === undefined ? undefined : readOldRule(written);
    if (stated === undefined) read.implied.add(name);
    const auth = frontend.get('auth');
    const guards = [
      ...(auth.get('basic').exists ? ['basicAuth'] : []),
      ...(auth.get('digest').exists ? ['digestAuth'] : []),
      ...(auth.get('forward').exists ? ['forwardAuth'] : []),
      ...(frontend.get('whiteList', 'sourceRange').exists ? ['ipWhiteList'] : []),
    ];
    const place = frontend.get('rule').exists ? frontend.get('rule').at : option.at;
    read.routers.push({
      name,
      provider: 'docker',
      entryPoints: frontend.get('entryPoints').texts,
      match: rule?.match ?? { hosts: [], paths: [], other: ['traefik.frontend.rule'] },
      rule: rule?.shown ?? '',
      middlewares: [],
      target: { to: 'service', service: name },
      errors: [],
      guards,
      at: place,
    });
    if (rule && !rule.isUnderstood) read.blindSpots.push({ what: `rule of ${name}`, at: place });
    const port = option.get('port').number ?? top.get('port').number ?? container.ports[0];
    const scheme = option.get('protocol').text ?? 'http';
    read.services.push({
      name,
      provider: 'docker',
      servers: [serverAt(container, scheme, port)],
      members: [],
      errors: [],
      at: option.get('port').exists ? option.get('port').at : place,
    });
  }
  return read;
}
