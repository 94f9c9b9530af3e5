import { maskSecrets } from '#lib/mask.ts';
import type { EntryPoint, ProxyConfig, ProxyPlace } from '#model/proxy.ts';
import type { Option } from './option.ts';

/** An entry point, with what it gives to every router that listens on it. */
export interface StaticEntryPoint extends EntryPoint {
  /** Put before the router's own. */
  middlewares: string[];
  /** Certificates of its routers that state none of their own. */
  resolver?: string;
  isDefault: boolean;
}

/** What a static configuration says. Traefik, “Static configuration”. */
export interface StaticConfig {
  entryPoints: StaticEntryPoint[];
  providers: ProxyConfig['providers'];
  /** What the file provider watches, as the running program sees the path. */
  watched: { path: string; isFolder: boolean; at: ProxyPlace }[];
  resolvers: ProxyConfig['resolvers'];
  api?: { isInsecure: boolean; at: ProxyPlace };
  /** The rule of containers that state none: a template. */
  defaultRule?: string;
  /** Version 1 by its options. */
  isOld: boolean;
  blindSpots: ProxyConfig['blindSpots'];
}

const SECTIONS =
  `entrypoints providers certificatesresolvers api experimental serverstransport ping accesslog metrics tracing
  global hostresolver log spiffe ocsp core pilot`.split(/\s+/);
const OLD_SECTIONS =
  'defaultentrypoints docker acme kubernetes consul consulcatalog ecs rancher marathon web'.split(' ');
/** Providers that say of every container whether it is served unless it says otherwise. */
const OF_CONTAINERS = new Set(['docker', 'swarm', 'ecs', 'consulcatalog', 'nomad', 'rancher', 'marathon']);
/** As the names of what they define end. */
const SPELLED = new Map(
  `docker swarm file kubernetesIngress kubernetesCRD kubernetesGateway consulCatalog consul ecs etcd http marathon nomad
   plugin rancher redis rest zooKeeper`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);

const has = (top: Option, names: readonly string[]) =>
  top.entries.filter(([name]) => names.includes(name.toLowerCase())).length;

/** What values of the Helm chart hold, and a static configuration never. */
const OF_CHART =
  'deployment ports service ingressclass ingressroute additionalarguments globalarguments persistence image rbac'.split(
    ' ',
  );

/** Whether options are those of a static configuration: one that only Traefik has, or two that it has among others. */
export const isStatic = (top: Option): boolean => has(top, OF_CHART) === 0 && saysStatic(top);

const saysStatic = (top: Option): boolean =>
  top.get('entryPoints').isTable ||
  top.get('certificatesResolvers').isTable ||
  (top.get('providers').isTable &&
    top.get('providers').entries.some(([name]) => SPELLED.has(name.toLowerCase()))) ||
  (top.get('api').exists &&
    has(top, SECTIONS) >= 2 &&
    (top.get('log').exists || top.get('accessLog').exists));

/** What static options say. Nothing in it is taken for stated that is not. */
export function readStatic(top: Option): StaticConfig {
  const isOld = has(top, OLD_SECTIONS) > 0 && !top.get('providers').exists;
  const read: StaticConfig = {
    entryPoints: [],
    providers: [],
    watched: [],
    resolvers: [],
    isOld,
    blindSpots: [],
  };
  for (const [name, option] of top.get('entryPoints').entries) readEntryPoint(name, option, read);
  if (read.entryPoints.length === 0 && !isOld)
    // pkg/config/static: without any, one called `http` listens on port 80
    read.entryPoints.push(plainEntryPoint('http', 80, top.at));
  readProviders(isOld ? top : top.get('providers'), read);
  readResolvers(top, read);
  readApi(top, read);
  readInternal(top, read);
  return read;
}

const plainEntryPoint = (name: string, port: number, at: ProxyPlace): StaticEntryPoint => ({
  name,
  address: '',
  port,
  protocol: 'tcp',
  isTls: false,
  middlewares: [],
  isDefault: false,
  at,
});

const ADDRESS = /^(?:\[?([0-9a-fA-F:.]*|[\w.-]*)\]?):(\d{1,5})(?:\/(tcp|udp))?$/;

/** An address as an entry point writes it (`:443/udp`, `127.0.0.1:8080`, `[::1]:80`); undefined where it is none. */
export function addressOf(written: string): Pick<EntryPoint, 'address' | 'port' | 'protocol'> | undefined {
  const [, address = '', port, protocol] = ADDRESS.exec(written.trim()) ?? [];
  if (port === undefined || Number(port) > 65_535) return undefined;
  return { address, port: Number(port), protocol: protocol === 'udp' ? 'udp' : 'tcp' };
}

function readEntryPoint(name: string, option: Option, read: StaticConfig): void {
  // version 1 writes them on one line, too: `--entrypoints=Name:http Address::80`
  const written = option.get('address').text;
  const address = written === undefined ? undefined : addressOf(written);
  if (!address) read.blindSpots.push({ what: `entryPoints.${name}.address`, at: option.at });
  const http = option.get('http');
  const redirect = redirectOf(option);
  const tls = read.isOld ? option.get('tls') : http.get('tls');
  const resolver = tls.get('certResolver').text;
  read.entryPoints.push({
    name,
    address: address?.address ?? '',
    port: address?.port ?? 0,
    protocol: address?.protocol ?? 'tcp',
    isTls: tls.exists && tls.flag !== false,
    ...(redirect && { redirect }),
    middlewares: http.get('middlewares').texts,
    ...(resolver !== undefined && { resolver }),
    isDefault: option.get('asDefault').flag === true,
    at: option.at,
  });
}

/** `to` is an entry point, or a port (`:443`). */
export function redirectOf(option: Option): EntryPoint['redirect'] {
  const target = option.get('http', 'redirections', 'entryPoint');
  const old = option.get('redirect');
  const to = target.get('to').text ?? old.get('entryPoint').text;
  if (to === undefined) return undefined;
  const scheme = target.get('scheme').text ?? (target.exists ? 'https' : undefined);
  const port = /^:(\d{1,5})$/.exec(to)?.[1];
  return {
    ...(scheme !== undefined && { scheme }),
    ...(port === undefined ? { entryPoint: to } : { port: Number(port) }),
  };
}

function readProviders(options: Option, read: StaticConfig): void {
  for (const [written, option] of options.entries) {
    const name = SPELLED.get(written.toLowerCase());
    if (name === undefined || option.flag === false) {
      const isOther = !read.isOld && !/^(?:providersthrottleduration|precedence)$/i.test(written);
      if (isOther && name === undefined)
        read.blindSpots.push({ what: `providers.${written}`, at: option.at });
      continue;
    }
    const directory = option.get('directory').text;
    const path = directory ?? option.get('filename').text;
    const isServed = option.get('exposedByDefault').flag ?? true;
    read.providers.push({
      name,
      at: option.at,
      ...(path !== undefined && { path }),
      ...(OF_CONTAINERS.has(name.toLowerCase()) && { exposedByDefault: isServed }),
    });
    if (name === 'file' && path !== undefined)
      read.watched.push({ path, isFolder: directory !== undefined, at: option.at });
    const rule = /^(?:docker|swarm)$/.test(name) ? option.get('defaultRule').text : undefined;
    if (rule !== undefined) read.defaultRule = rule;
    // which containers it takes is then a matter of their labels
    if (option.get('constraints').exists)
      read.blindSpots.push({ what: `providers.${name}.constraints`, at: option.get('constraints').at });
  }
}

function readResolvers(top: Option, read: StaticConfig): void {
  for (const [name, option] of top.get('certificatesResolvers').entries) {
    const type = option.entries.map(([key]) => key).find((key) => /^(?:acme|tailscale)$/i.test(key));
    read.resolvers.push({ name, type: type?.toLowerCase() ?? 'unknown', at: option.at });
  }
  if (read.isOld && top.get('acme').isTable)
    read.resolvers.push({ name: 'acme', type: 'acme', at: top.get('acme').at });
}

function readApi(top: Option, read: StaticConfig): void {
  const api = top.get('api');
  if (!api.exists || (api.flag === false && !api.isTable)) return;
  // version 1 always serves it on an entry point of its own
  const isInsecure = read.isOld || api.get('insecure').flag === true;
  read.api = { isInsecure, at: api.get('insecure').exists ? api.get('insecure').at : api.at };
}

/** The entry point `traefik` on port 8080 is made where something is served on it. pkg/config/static, SetEffectiveConfiguration. */
function readInternal(top: Option, read: StaticConfig): void {
  const isOn = (...path: string[]) => top.get(...path).exists && top.get(...path).flag !== false;
  const isOwn = (option: Option) => (option.get('entryPoint').text ?? 'traefik') === 'traefik';
  const isNeeded =
    read.api?.isInsecure === true ||
    (isOn('ping') && isOwn(top.get('ping'))) ||
    (isOn('metrics', 'prometheus') && isOwn(top.get('metrics', 'prometheus'))) ||
    top.get('providers', 'rest', 'insecure').flag === true;
  if (isNeeded && !read.entryPoints.some(({ name }) => name === 'traefik'))
    read.entryPoints.push(plainEntryPoint('traefik', 8080, read.api?.at ?? top.get('ping').at));
}

/** An address of another service, without what lets in. */
export const plainUrl = (url: string): string =>
  maskSecrets(url.replace(/^([a-z][a-z0-9+.-]{0,20}:\/\/)[^/@\s]{0,300}@/i, '$1')).slice(0, 300);
